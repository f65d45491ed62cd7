"""Quoting a place beside a paste: the verdict on it, the span to quote, and the diff."""

import unicodedata
from typing import NamedTuple

from rapidfuzz.distance import Indel

from corpus.documents import Span
from rag.wording.alignment import changes, conflicts
from rag.wording.characters import is_mark, narrow
from rag.wording.checks import Diff, Match, Verdict
from rag.wording.contrast import contrast
from rag.wording.cuts import cut_figure, ends_early, negation, starts_late
from rag.wording.places import Places
from rag.wording.wordform import Words

_OPENERS = ("Ps", "Pi")


class Quoted(NamedTuple):
    """A match and the verdict on it, and what a reader may need to be told.

    `moved`: the order of items or clauses differs, `altered`: and some words too. `cut_figure`: the
    figure of the source that an exact quote begins or ends within. `negation`: the word right
    before it that makes it mean the opposite. `in_report`: no page furniture.
    """

    verdict: Verdict
    match: Match
    moved: bool = False
    altered: bool = False
    cut_figure: str = ""
    negation: str = ""
    in_report: bool = True


def quoted(places: Places, pasted: Words, span: Span, at: int, to: int) -> Quoted:
    """Return what pasted words, which have `span` with their outer marks, are at a place.

    Nothing but the very same characters is exact. A quote that cuts through a figure, or whose stop
    stands where the source goes on, is never called the same but for its marks.
    """
    source = places.part(at, to)
    outer = _with_marks(pasted, span, source)
    if span.of(pasted.text) == outer.of(source.text):
        return _verbatim(places, places.document(at), outer, span.of(pasted.text))
    if starts_late(pasted, span, source):
        at = places.clause_start(at - 1)
    if ends_early(pasted, span, source):
        to = places.clause_end(to + 1)
    source = places.part(*places.whole_figures(at, to))
    outer = _with_marks(pasted, span, source)
    same = pasted.stream == source.stream and not conflicts(pasted, source)
    found = [] if same else changes(pasted, source)
    alike = Indel.normalized_similarity(pasted.stream, source.stream)
    match = _match(
        places, places.document(at), outer,
        min(round(alike, 4), 0.9999) if found else 1.0,
        contrast(pasted, span, source, outer, found),
    )  # fmt: skip
    moved = any(change.moved for change in found)
    altered = moved and any(change.altered or not change.moved for change in found)
    return Quoted("changed" if found else "exact_ignoring_punctuation", match, moved, altered)


def verbatim(places: Places, text: str, most: int) -> list[Quoted]:
    """Return the places at which a text stands character by character, in order."""
    found: list[Quoted] = []
    for number in places.searched:
        document = places.documents[number]
        at = document.text.find(text)
        while at >= 0 and len(found) < most:
            found.append(_verbatim(places, number, Span(at, at + len(text)), text))
            at = document.text.find(text, at + 1)
    return found


def sentence(places: Places, number: int, similarity: float) -> Match:
    """Return sentence `number` as a match without a diff."""
    at, to = places.bounds(number)
    document = places.document(at)
    whole = places.sentence_at(document, int(places.part(at, to).at[0]))
    span = Span(whole.start, whole.end) if whole else Span(0, 0)
    return _match(places, document, span, round(similarity, 4), ())


def _verbatim(places: Places, number: int, span: Span, text: str) -> Quoted:
    match = _match(places, number, span, 1.0, (Diff("equal", text, text),))
    ends = (places.sentence_at(number, at) for at in (span.start, span.end - 1))
    text = places.documents[number].text
    return Quoted(
        "exact", match, cut_figure=cut_figure(text, span), negation=negation(text, span),
        in_report=any(ends),
    )  # fmt: skip


def _match(
    places: Places, number: int, span: Span, similarity: float, diff: tuple[Diff, ...]
) -> Match:
    document = places.documents[number]
    sentence = places.sentence_at(number, span.start)
    return Match(
        document.id, document.title, sentence.section if sentence else (), span.start, span.end,
        span.of(document.text), similarity, diff, sentence.paragraph + 1 if sentence else 1,
    )  # fmt: skip


def _with_marks(pasted: Words, span: Span, source: Words) -> Span:
    """Return the span of the source words with the outer marks that the paste has there too."""
    start, end = int(source.at[0]), int(source.at[-1]) + 1
    lead = narrow(pasted.text[span.start : int(pasted.at[0])])
    tail = narrow(pasted.text[int(pasted.at[-1]) + 1 : span.end])
    for mark in reversed(lead):
        before = narrow(source.text[start - 1 : start])
        if not before or (before != mark and unicodedata.category(before) not in _OPENERS):
            break
        start -= 1
    for mark in tail:
        after = narrow(source.text[end : end + 1])
        closes = after and is_mark(after) and unicodedata.category(after) not in _OPENERS
        if after != mark and not (closes and is_mark(mark)):
            break
        end += 1
    return Span(start, end)
