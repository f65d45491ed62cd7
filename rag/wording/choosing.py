"""Which of many places each sentence of a paste is taken from: of one report, in order."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from rag.wording.ends import Place
from rag.wording.findings import Finder, Finding


def chosen(finder: Finder, findings: Sequence[Finding]) -> Iterator[Place]:
    """Yield where each finding stands, of many places one that follows the last one's.

    A preferred document goes first, else the one that holds most of the paste.
    """
    low, high = _favourite(finder, findings)
    after = low
    for finding in findings:
        if options := finding.positions:
            inside = options[bisect_left(options, low) : bisect_left(options, high)]
            after = next((p for p in inside if p >= after), (inside or options)[0])
            yield finding.at(after)
        yield from finding.covering


def _favourite(finder: Finder, findings: Sequence[Finding]) -> tuple[int, int]:
    """Return where the document begins and ends that most of the paste is taken from."""
    bases = finder.places.bases
    held = Counter(number for f in findings for number in _documents(finder, f))
    best = max(held, key=lambda n: (finder.prefers(bases[n]), held[n], -n), default=0)
    return bases[best], bases[min(best + 1, len(bases) - 1)]


def _documents(finder: Finder, finding: Finding) -> list[int]:
    positions = finding.positions or [place.at for place in finding.covering]
    return finder.places.documents_of(positions)
