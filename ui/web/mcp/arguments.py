"""What each tool takes: typed, described in Chinese, with the limits of the JSON API."""

from typing import Annotated

from pydantic import Field

from rag.questions import MAX_CHARS
from rag.wording.checker import MAX_CHARS as MAX_WORDING
from ui.web import bodies
from ui.web.bodies import Body, Text

MAX_PASSAGE = 10_000  # characters of a document in one reply

Places = Annotated[list[Text], Field(description="只看这些地区，写名称即可，如 天津；不填为全部")]
Years = Annotated[list[int], Field(description="只看这些年份的报告，如 2026；不填为全部")]
Documents = Annotated[
    list[Text], Field(description="只看这些编号的文档（编号见 list_documents）；不填为全部")
]


class Nothing(Body):
    """No arguments."""


class Scoped(bodies.Scoped):
    """What limits the documents."""

    places: Places = Field(default=[])
    years: Years = Field(default=[])
    documents: Documents = Field(default=[])


class Question(Scoped):
    """A question that stands alone."""

    question: Text = Field(description=f"完整的一个问题，{MAX_CHARS} 字以内")


class Query(Scoped):
    """What to search for, and how many passages to return."""

    query: Text = Field(description=f"要找的内容，{MAX_CHARS} 字以内")
    k: int = Field(default=10, ge=1, le=100, description="最多返回几段")


class Wording(Scoped):
    """A text whose wording is checked."""

    text: Text = Field(description=f"要核对的一句话或几段文字，{MAX_WORDING} 字以内")


class Listing(Scoped):
    """A page of the targets."""

    start: int = Field(default=0, ge=0, description="从第几条开始，0 是第一条")
    count: int = Field(default=100, ge=1, le=1000, description="最多返回几条")


class Span(Nothing):
    """A stretch of one document."""

    document: Text = Field(description="文档的编号")
    start: int = Field(ge=0, description="从第几个字开始，0 是第一个字")
    end: int = Field(ge=1, description=f"到第几个字之前，一次最多 {MAX_PASSAGE} 字")
