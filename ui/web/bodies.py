"""What the JSON API is sent; a field that is not known fails instead of changing nothing."""

from pydantic import BaseModel, ConfigDict, Field

from index.scope import Scope
from rag.answers import Answer
from rag.feedback import MOST_CHARS, Verdict


class Body(BaseModel):
    """A body without unknown fields."""

    model_config = ConfigDict(extra="forbid")


class Scoped(Body):
    """What limits the documents: places by any of their names, years, ids."""

    places: list[str] = []
    years: list[int] = []
    documents: list[str] = []

    @property
    def scope(self) -> Scope:
        """Return the scope."""
        return Scope(tuple(self.places), tuple(self.years), tuple(self.documents))


class Asked(Scoped):
    """A question and the turns before it, as [question, answer] pairs.

    Without `generate` no language model is used, even where one is set. With `stream` the answer
    is sent as it grows.
    """

    question: str
    history: list[tuple[str, str]] = []
    generate: bool = True
    stream: bool = False


class Wanted(Scoped):
    """What to search for, and how many passages to return."""

    query: str
    k: int = Field(default=10, ge=1, le=100)


class Pasted(Scoped):
    """A text whose wording is checked."""

    text: str


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
