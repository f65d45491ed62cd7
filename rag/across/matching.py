"""Which figure of each report is the one that is asked for: matched by meaning, words and unit."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.documents import Document, Span
from index.folding import fold
from index.search import Hit, Searcher
from rag.language.matching import holds
from rag.questions import GENERIC, content_words
from rag.targets.comparison import measure
from rag.targets.finder import targets
from rag.targets.target import Target
from rag.years import asked_year, without_years

_LOOKED_AT = 8  # passages of each report
_LEAST = 0.5


@dataclass(frozen=True, slots=True)
class Match:
    """A figure of a report that may be the one asked for, and how well it fits."""

    target: Target
    fit: float


def matching(
    asked: str, documents: Sequence[Document], searcher: Searcher
) -> dict[str, Target]:
    """Return the figure of each document, by its id, that an indicator asks for."""
    words = [w for w in content_words(without_years(asked)) if w not in GENERIC]
    found = searcher.best_of_each(asked, [d.id for d in documents], _LOOKED_AT)
    candidates = {d.id: _candidates(asked, d, found.get(d.id, []), words) for d in documents}
    kind = _usual(candidates)
    chosen = {d: [m for m in of if _kind(m.target) == kind] for d, of in candidates.items()}
    return {
        d: max(of, key=lambda m: m.fit).target
        for d, of in chosen.items()
        if of and max(m.fit for m in of) >= _LEAST
    }


def _candidates(
    asked: str, document: Document, hits: Sequence[Hit], words: Sequence[str]
) -> list[Match]:
    year = asked_year(asked, document.plan_year) or document.plan_year
    made = []
    for target in targets([document]):
        if target.value is None or (document.plan_year and target.year != year):
            continue
        span = Span(target.figure_start, target.figure_end)
        near = [h for h in hits if h.start <= span.start and span.end <= h.end]
        if near:
            made.append(Match(target, max(h.signals.cosine for h in near) + _said(target, words)))
    return made


def _said(target: Target, words: Sequence[str]) -> float:
    """Return how much of what is asked an indicator's name holds, and how much of it was asked."""
    name = fold(f"{target.indicator}{target.written}")
    return sum(holds(name, word) for word in words) / (len(words) or 1)


def _kind(target: Target) -> tuple[str, bool]:
    return measure(target.unit), "%" in target.unit


def _usual(candidates: dict[str, list[Match]]) -> tuple[str, bool] | None:
    """Return the measure that the best figures of most reports have."""
    best = [max(of, key=lambda m: m.fit) for of in candidates.values() if of]
    counted = Counter(_kind(m.target) for m in best)
    return counted.most_common(1)[0][0] if counted else None
