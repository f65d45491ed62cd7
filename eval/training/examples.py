"""The words of this package: a report with its questions, and what the adapters are shown."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from corpus.documents import Document, Span
from index.folding import fold
from index.passages import Passage, context, cut
from rag.reader.windows import Page, Window

NONE, SPAN, YES, NO = range(4)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of one sentence; `spans` are the answers' characters in it, folded.

    `questions` have the answer, `near_misses` are of the same things and have none in the report.
    All are folded.
    """

    sentence: int
    verdict: int
    spans: tuple[Span, ...]
    questions: tuple[str, ...]
    near_misses: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """A document under the name of its place, and what was asked of it."""

    name: str
    document: Document
    asked: Sequence[Asked]

    @cached_property
    def page(self) -> Page:
        """Return the document cut into sentences."""
        return Page(self.document)

    @cached_property
    def passages(self) -> list[list[Passage]]:
        """Return the passages of each sentence: the sentence, then its clauses."""
        grouped: list[list[Passage]] = []
        for passage in cut([self.document])[0]:
            if passage.kind == "clause":
                grouped[-1].append(passage)
            else:
                grouped.append([passage])
        return grouped

    def embedded(self, passage: Passage) -> str:
        """Return the text that an index embeds for a passage, see `index/build`."""
        title = self.document.title
        return fold(f"{context(title, passage.section)}：{passage.text(self.document)}")


@dataclass(frozen=True, slots=True)
class Shown:
    """A question beside a window; `spans` are characters of its sentences put together."""

    question: str
    window: Window
    verdict: int = NONE
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """A question, the text of a passage that answers it, and texts that do not."""

    question: str
    passage: str
    negatives: tuple[str, ...]


@dataclass(slots=True)
class Examples:
    """All that is shown; `pool` are texts that are looked through when it is measured."""

    shown: list[Shown] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    pool: list[str] = field(default_factory=list)
