"""Showing the same words once that stand in many places, as stock sentences of reports do."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from rag.wording.anchors import likeness
from rag.wording.checks import Match
from rag.wording.places import Places
from rag.wording.quoting import Quoted, sentence

_PROPOSED = (4, 40)  # sentences looked at for each one wanted, the more when many are the same


def folded(places: Places, quotes: Sequence[Quoted], positions: Sequence[int]) -> list[Quoted]:
    """Return the quotes of the same words: the first counts the others, which are folded away.

    But not an exact one, when the first is not. `positions` are all the places of the words, those
    that are not quoted too.
    """
    if not quotes:
        return []
    first, *rest = quotes
    better = () if first.verdict == "exact" else [q for q in rest if q.verdict == "exact"][:1]
    held = [places.documents[places.document(at)].id for at in positions]
    if len(held) < len(quotes):
        held = [quote.match.document_id for quote in quotes]
    return [
        first._replace(match=_counting(first.match, held)),
        *(quote if quote in better else _hidden(quote) for quote in rest),
    ]


def _hidden(quote: Quoted) -> Quoted:
    return quote._replace(match=replace(quote.match, folded=True))


def nearest(places: Places, words: str, most: int) -> list[Match]:
    """Return the sentences that come nearest to words that stand nowhere, nearest first.

    Sentences of the same words are one, with a count.
    """
    distinct: dict[str, Match] = {}
    for times in _PROPOSED:
        numbers = places.propose(words, times * most)
        found = sorted((-likeness(places, words, n) / len(words), n) for n in numbers)
        for like, number in found:
            stream = places.stream[slice(*places.bounds(number))]
            if stream not in distinct and len(distinct) < most:
                distinct[stream] = sentence(places, number, -like)
        if len(distinct) == most or len(numbers) < times * most:
            break
    return [_counting(match, _holders(places, stream)) for stream, match in distinct.items()]


def _holders(places: Places, stream: str) -> list[str]:
    return [places.documents[places.document(at)].id for at in places.find(stream)]


def _counting(match: Match, held: Sequence[str]) -> Match:
    """Return the match with a count of the others; `held` has the document of each, its own too."""
    others = Counter(held)
    others[match.document_id] -= 1
    return replace(match, copies=max(len(held) - 1, 0), copy_reports=len(+others))
