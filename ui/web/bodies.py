"""What the JSON API is sent; a field that is not known fails instead of changing nothing."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from index.scope import Scope
from rag.answers import Answer
from rag.feedback import MOST_CHARS, Verdict


def readable(text: str) -> str:
    """Return a text with a ? for each half of a character: JSON can carry one, no reply can."""
    return text.encode(errors="replace").decode()


Text = Annotated[str, AfterValidator(readable)]


class Body(BaseModel):
    """A body without unknown fields."""

    model_config = ConfigDict(extra="forbid")


class Scoped(Body):
    """What limits the documents: places by any of their names, years, ids."""

    places: list[Text] = []
    years: list[int] = []
    documents: list[Text] = []

    @property
    def scope(self) -> Scope:
        """Return the scope."""
        return Scope(tuple(self.places), tuple(self.years), tuple(self.documents))


class Asked(Scoped):
    """A question and the turns before it, as [question, answer] pairs.

    Without `generate` no language model is used, even where one is set. With `stream` the answer
    is sent as it grows.
    """

    question: Text
    history: list[tuple[Text, Text]] = []
    generate: bool = True
    stream: bool = False


class Wanted(Scoped):
    """What to search for, and how many passages to return."""

    query: Text
    k: int = Field(default=10, ge=1, le=100)


class Pasted(Scoped):
    """A text whose wording is checked."""

    text: Text


class Listed(Scoped):
    """Which targets, or rows of a comparison, are listed: a page of them."""

    start: int = Field(default=0, ge=0)
    count: int = Field(default=100, ge=1, le=1000)


class Judged(Body):
    """What somebody thinks of an answer, given as it was returned, and of the turns before it."""

    question: str = Field(max_length=MOST_CHARS)
    answer: Answer
    verdict: Verdict
    comment: str = Field(default="", max_length=MOST_CHARS)
    history: list[tuple[str, str]] = Field(default=[], max_length=30)
