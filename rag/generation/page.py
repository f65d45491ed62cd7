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


@dataclass
class Page:
    """An answer while it is written: lines so far, and which citations they use."""

    draft: Draft
    given: Mapping[int, Citation]
    lines: list[str] = field(default_factory=list)
    said: dict[int, str] = field(default_factory=dict)  # what kept sentences say from each passage
    quoted: set[int] = field(default_factory=set)  # whose quotes are lines
    seen: set[str] = field(default_factory=set)
    shown: dict[int, int] = field(default_factory=dict)  # the model's number: the answer's
    kept: int = 0
    replaced: int = 0
    repeats: int = 0

    def add(self, sentence: Sentence, wrong: str | None) -> bool:
        """Take a sentence, or the quotes it should have kept to; tell whether a line came of it."""
        words = fold(sentence.text)
        if words in self.seen or self._echoes(sentence.text):
            self.repeats += words in self.seen
            return False
        self.seen.add(words)
        if wrong:
            self.replaced += 1
            return self._quote([n for n in sentence.marks if n in self.draft.quotes])
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

    def close(self) -> None:
        """Add the quotes that nothing written renders, so that none of what was found is lost.

        Where a headline answers, a sentence that cites the quote is enough.
        """
        headed = bool(self.draft.heads)
        self._quote([
            n for n, line in self.draft.quotes.items()
            if n not in self.said or not (headed or coverage(line, self.said[n]) >= _RENDERED)
        ])  # fmt: skip

    def answer(self, **changes: object) -> Answer:
        """Return the answer as far as it is written."""
        told = "\n".join([*self.draft.heads, *self.lines, *self.draft.tails])
        used = {**{c.n: c.n for c in self.draft.answer.citations}, **self.shown}
        cited = [
            replace(self._citation(n), n=k)
            for n, k in sorted(used.items(), key=lambda pair: pair[1])
        ]
        cited = [c for c in cited if f"[{c.n}]" in told]
        made = replace(self.draft.answer, answer=told, citations=tuple(cited), mode="generative")
        return replace(made, **changes)  # type: ignore[arg-type]

    def _citation(self, n: int) -> Citation:
        own = {c.n: c for c in self.draft.answer.citations}
        return own[n] if n in own else self.given[n]

    def _number(self, n: int) -> int:
        """Return a passage's number in the answer: those of the draft keep theirs."""
        own = len(self.draft.answer.citations)
        further = [k for k in self.shown.values() if k > own]
        return self.shown.setdefault(n, n if n <= own else own + len(further) + 1)

    def _quote(self, numbers: list[int]) -> bool:
        new = [n for n in numbers if n not in self.quoted]
        self.quoted.update(new)
        for n in new:
            self.shown[n] = n
            self.lines.append(self.draft.quotes[n])
        return bool(new)

    def _echoes(self, text: str) -> bool:
        """Tell whether a sentence has no word that the question does not have."""
        return coverage(text, fold(self.draft.answer.resolved_question)) >= 1.0
