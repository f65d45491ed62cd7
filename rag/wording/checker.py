"""The wording check: does a report say exactly this, where, and if not quite, what differs.

A paste that is one quote or one sentence has the verdict of that. Of several sentences each has its
own in `parts`; the whole is `absent` when all of them are, and `changed` when any is found: even
if every sentence is exact, sentences left out between, stitched or moved make another text.
"""

from collections.abc import Sequence
from dataclasses import replace

from corpus.documents import Document
from corpus.errors import InputError
from rag.wording import remarks
from rag.wording.checks import Check
from rag.wording.covering import merged
from rag.wording.ends import Place
from rag.wording.findings import LISTED, Finder, Finding
from rag.wording.pieces import LEAST, cut, outer_span, word_range
from rag.wording.places import Places
from rag.wording.quoting import Quoted, nearest
from rag.wording.wordform import Words, read

MAX_CHARS = 50_000
_NEAREST = 3


class Checker:
    """Checks pastes against documents; making one reads them all, a check is quick."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._places = Places(documents)
        self._finder = Finder(self._places)

    def check(self, text: str) -> Check:
        """Return the check of a text; raises InputError when it is too short or too long."""
        if len(text) > MAX_CHARS:
            raise InputError(f"文字有 {len(text)} 个字，太长了，请每次核对 {MAX_CHARS} 字以内")
        words = read(text, pasted=True)
        if len(words.stream) < LEAST:
            raise InputError(f"文字太短，请给出至少 {LEAST} 个字（标点和空格不算）")
        whole = self._finder.whole(words)
        if whole.same:
            return _check(text, whole.same, whole.more)
        spans = [word_range(words, span) for span in cut(words)]
        findings = [self._finder.find(words, *span) for span in spans]
        if len(findings) == 1:
            return replace(self._sentence(words, findings[0]), text=text)
        return self._several(words, findings)

    def _sentence(self, words: Words, finding: Finding) -> Check:
        """Return the check of one sentence of the paste."""
        text = outer_span(words, finding.start, finding.end).of(words.text)
        if finding.same:
            return _check(text, finding.same, finding.more)
        if finding.covering:
            return self._made_of(text, words, finding.covering)
        stream = words.stream[finding.start : finding.end]
        return Check(text, "absent", nearest(self._places, stream, _NEAREST), (remarks.NEAREST,))

    def _made_of(self, text: str, words: Words, covering: list[Place]) -> Check:
        """Return the check of a text made from these places; every place when it is from one."""
        if len(covering) > 1:
            matches = tuple(self._finder.quote(words, place).match for place in covering)
            notes = remarks.stitched(len(matches), covering[0].reordered)
            return Check(text, "changed", matches, notes)
        (place,) = covering
        again = self._places.find(self._places.stream[place.at : place.to]) or [place.at]
        quotes = [self._finder.quote(words, place.standing(at)) for at in again[:LISTED]]
        return _check(text, quotes, len(again) - len(quotes))

    def _several(self, words: Words, findings: list[Finding]) -> Check:
        """Return the check of several sentences: each of them, and joined where they follow."""
        parts = tuple(self._sentence(words, finding) for finding in findings)
        blocks = merged(self._places, list(self._finder.chosen(findings)))
        if not blocks:
            near = sorted((m for part in parts for m in part.matches), key=lambda m: -m.similarity)
            return Check(words.text, "absent", tuple(near[:_NEAREST]), (remarks.NEAREST,), parts)
        bounds = [0, *(block.start for block in blocks[1:]), len(words.stream)]
        blocks = [replace(b, start=bounds[k], end=bounds[k + 1]) for k, b in enumerate(blocks)]
        return replace(self._made_of(words.text, words, blocks), parts=parts)


def _check(text: str, quotes: list[Quoted], more: int) -> Check:
    """Return the check of a text with the verdict of the first quote."""
    matches = tuple(quote.match for quote in quotes)
    return Check(text, quotes[0].verdict, matches, remarks.of(text, quotes[0], more))
