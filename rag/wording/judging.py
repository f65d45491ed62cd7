"""Judging a paste by what was found of it: the verdict, the matches and the remarks.

A paste that is one quote or one sentence has the verdict of that. Of several sentences each has its
own in `parts`; the whole is `absent` when all of them are, and `changed` when any is found: even
if every sentence is exact, sentences left out between, stitched or moved make another text.
"""

from collections.abc import Sequence
from dataclasses import replace

from rag.wording import remarks
from rag.wording.checks import Check
from rag.wording.choosing import chosen
from rag.wording.copies import folded
from rag.wording.covering import merged
from rag.wording.ends import Place
from rag.wording.findings import LISTED, Finder, Finding
from rag.wording.pieces import cut, outer_span, word_range
from rag.wording.quoting import Quoted
from rag.wording.wordform import Words

_NEAREST = 3


class Judge:
    """Judges the words of one paste by what a finder finds of them."""

    def __init__(self, finder: Finder, words: Words) -> None:
        self._finder = finder
        self._words = words

    def check(self) -> Check:
        """Return the check of the paste.

        Where the very words stand only in another report than the preferred ones, and these have
        something near, that is what is judged and the other only told of.
        """
        text = self._words.text
        whole = self._finder.whole(self._words)
        foreign = bool(whole.same) and self._finder.is_foreign(whole)
        if whole.same and not foreign:
            return self._same(text, whole.same)
        spans = [word_range(self._words, span) for span in cut(self._words)]
        findings = [self._finder.find(self._words, *span) for span in spans]
        if foreign and all(map(self._finder.is_foreign, findings)):
            return _told(_of(text, whole.same), remarks.NOT_PREFERRED)
        if len(findings) > 1:
            return _beside(self._several(findings), whole.same)
        return replace(self._sentence(findings[0]), text=text)

    def _sentence(self, finding: Finding) -> Check:
        """Return the check of one sentence of the paste."""
        text = outer_span(self._words, finding.start, finding.end).of(self._words.text)
        if finding.same:
            found = self._same(text, finding.same)
        elif finding.covering:
            found = _beside(self._made_of(text, finding.covering), finding.elsewhere)
        else:
            stream = self._words.stream[finding.start : finding.end]
            near = self._finder.nearest(stream, _NEAREST)
            return Check(text, "absent", near, (remarks.NEAREST,))
        foreign = self._finder.is_foreign(finding)
        return _told(found, remarks.NOT_PREFERRED) if foreign else found

    def _same(self, text: str, quotes: list[Quoted]) -> Check:
        """Return the check of the very words, told when only another report has them verbatim."""
        first, *rest = (quote for quote in quotes if not quote.match.folded)
        others = [q for q in rest if q.match.document_id != first.match.document_id]
        told = remarks.elsewhere(others)
        found = _of(text, quotes)
        return replace(found, notes=(*found.notes, *told))

    def _made_of(self, text: str, covering: list[Place]) -> Check:
        """Return the check of a text made from these places; every place when it is from one."""
        quote = self._finder.quote
        if len(covering) > 1:
            matches = tuple(quote(self._words, place).match for place in covering)
            notes = remarks.stitched(len(matches), all(place.reordered for place in covering))
            return Check(text, "changed", matches, notes)
        (place,) = covering
        again = self._finder.again(place)
        quotes = [quote(self._words, place.standing(at)) for at in again[:LISTED]]
        return _of(text, folded(self._finder.places, quotes, again))

    def _several(self, findings: list[Finding]) -> Check:
        """Return the check of several sentences: each of them, and joined where they follow."""
        text = self._words.text
        parts = tuple(map(self._sentence, findings))
        blocks = merged(self._finder.places, list(chosen(self._finder, findings)))
        if not blocks:
            near = sorted((m for part in parts for m in part.matches), key=lambda m: -m.similarity)
            return Check(text, "absent", tuple(near[:_NEAREST]), (remarks.NEAREST,), parts)
        bounds = [0, *(block.start for block in blocks[1:]), len(self._words.stream)]
        blocks = [replace(b, start=bounds[k], end=bounds[k + 1]) for k, b in enumerate(blocks)]
        return replace(self._made_of(text, blocks), parts=parts)


def _of(text: str, quotes: Sequence[Quoted]) -> Check:
    """Return the check of a text with the verdict of the first quote."""
    matches = tuple(quote.match for quote in quotes)
    return Check(text, quotes[0].verdict, matches, remarks.of(text, quotes[0]))


def _beside(check: Check, elsewhere: Sequence[Quoted]) -> Check:
    """Return the check with the quotes of the very words that are in another report."""
    matches = (*check.matches, *(quote.match for quote in elsewhere))
    return replace(check, matches=matches, notes=(*check.notes, *remarks.elsewhere(elsewhere)))


def _told(check: Check, note: str) -> Check:
    return replace(check, notes=(*check.notes, note))
