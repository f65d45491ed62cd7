"""An answer while it is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from index.folding import fold
from rag.answers import Answer, Citation
from rag.drafts import Draft
from rag.generation.judging import coverage
from rag.generation.sentences import Sentence

_MOST_SENTENCES = 8
_MOST_REPEATS = 2
_RENDERED = 0.95  # of the content words of a quote must be said for it to be left out
_REPLACED = "语言模型写的话有 {} 句与引文不符，已略去或换成原文。"


@dataclass
class Page:
    """An answer while it is written; at every moment it is whole, and nothing found is lost."""

    draft: Draft
    given: Mapping[int, Citation]
    lines: list[str] = field(default_factory=list)
    said: dict[int, str] = field(default_factory=dict)  # what kept sentences say from each passage
    quoted: set[int] = field(default_factory=set)  # whose quotes are lines
    seen: set[str] = field(default_factory=set)
    further: dict[int, int] = field(default_factory=dict)  # passages beyond the draft's: numbers
    kept: int = 0
    replaced: int = 0
    repeats: int = 0

    def add(self, sentence: Sentence, wrong: str | None) -> bool:
        """Take a sentence, or the quotes it should have kept to; tell whether a line came of it."""
        words = fold(sentence.text)
        marked = f"{words}{sentence.marks}"  # what failed may come again with other marks
        again = not self.seen.isdisjoint((words, marked))
        if again or self._echoes(sentence.text):
            self.repeats += again
            return False
        self.seen.add(marked if wrong else words)
        if wrong:
            self.replaced += 1
            return self._quote(sentence.marks)
        for n in sentence.marks:
            self.said[n] = f"{self.said.get(n, '')}{words}"
        marks = "".join(f"[{self._number(n)}]" for n in sentence.marks)
        self.lines.append(f"{sentence.text}{marks}")
        self.kept += 1
        return True

    @property
    def full(self) -> bool:
        """Tell whether enough was written, or only the same again."""
        return self.kept + self.replaced >= _MOST_SENTENCES or self.repeats >= _MOST_REPEATS

    def answer(self) -> Answer:
        """Return the answer as it stands; the one by extraction while no sentence was kept."""
        draft = self.draft
        warned = [_REPLACED.format(self.replaced)] if self.replaced else []
        warnings = (*draft.answer.warnings, *warned)
        if not self.kept:
            return replace(draft.answer, warnings=warnings)
        told = "\n".join([*draft.heads, *self.lines, *self._unsaid(), *draft.tails])
        further = [replace(self.given[n], n=k) for n, k in self.further.items()]
        cited = tuple(c for c in (*draft.answer.citations, *further) if f"[{c.n}]" in told)
        return replace(
            draft.answer, answer=told, citations=cited, mode="generative", warnings=warnings
        )

    def _unsaid(self) -> list[str]:
        """Return the quotes that nothing written renders.

        Where a headline answers, a sentence that cites the quote is enough.
        """
        return [line for n, line in self.draft.quotes.items() if not self._is_said(n)]

    def _is_said(self, n: int) -> bool:
        if n in self.quoted or n not in self.said:
            return n in self.quoted
        rendered = coverage(self.draft.quotes[n], self.said[n]) >= _RENDERED
        return bool(self.draft.heads) or rendered

    def _number(self, n: int) -> int:
        """Return a passage's number in the answer: those of the draft keep theirs."""
        own = len(self.draft.answer.citations)
        return n if n <= own else self.further.setdefault(n, own + len(self.further) + 1)

    def _quote(self, numbers: tuple[int, ...]) -> bool:
        new = [n for n in numbers if n in self.draft.quotes and not self._is_said(n)]
        self.quoted.update(new)
        self.lines.extend(self.draft.quotes[n] for n in new)
        return bool(new)

    def _echoes(self, text: str) -> bool:
        """Tell whether a sentence has no word that the question does not have."""
        return coverage(text, fold(self.draft.answer.resolved_question)) >= 1.0
