"""Which figure of each report is the one that is asked for: matched by meaning, words and unit.

What is asked is held against the names of the figures near it, by the retriever's vectors. The name
that fits best, a common one before a rare, is the anchor: figures under other names count where
those are near the question or near the anchor (生产总值增长 for 地区生产总值增长).
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.documents import Document, Span
from index.folding import fold
from index.search import Hit, Searcher
from rag.language.matching import holds
from rag.language.synonyms import canonical
from rag.questions import GENERIC, content_words
from rag.targets.comparison import measure
from rag.targets.finder import targets_at
from rag.targets.target import Target
from rag.years import asked_year, without_years

_LOOKED_AT = 8  # passages of each report
_NAMED = 4  # figures of each report whose names are compared
_SAID = 0.15  # what the share of words said counts beside a cosine
_COMMON = 0.02  # what a name gains for each time it doubles
_NEAR, _ALIKE = 0.06, 0.88
_SCOPE = re.compile(r"^(?:全[省市区国年县]|我[省市区]|地方)|力争|预期|目标$|人数$")
_YEARLY = "年均"


@dataclass(frozen=True, slots=True)
class Match:
    """A figure of a report that may be the one asked for, and how well it fits."""

    target: Target
    fit: float

    @property
    def name(self) -> str:
        """Return the name that is compared."""
        return canonical(_SCOPE.sub("", fold(self.target.indicator)))


def matching(
    asked: str, documents: Sequence[Document], searcher: Searcher
) -> dict[str, Target]:
    """Return the figure of each document, by its id, that is the one asked for."""
    thing = without_years(asked)
    words = [w for w in content_words(thing) if w not in GENERIC]
    hits = searcher.best_of_each(asked, [d.id for d in documents], _LOOKED_AT)
    near = {d.id: _candidates(asked, d, hits.get(d.id, []), words) for d in documents}
    fits = _fits(thing, [m.name for of in near.values() for m in of], words, searcher)
    fitting = {
        d: [Match(m.target, fits[m.name] + m.fit / 100) for m in of if m.name in fits]
        for d, of in near.items()
    }
    kind = _usual(fitting)
    chosen = {d: [m for m in of if _kind(m.target) == kind] for d, of in fitting.items()}
    return {d: max(of, key=lambda m: m.fit).target for d, of in chosen.items() if of}


def _candidates(
    asked: str, document: Document, hits: Sequence[Hit], words: Sequence[str]
) -> list[Match]:
    """Return the figures of the asked year in the passages found, the likeliest few."""
    year = asked_year(asked, document.plan_year)
    wanted = year if isinstance(year, int) else document.plan_year
    made = []
    for target in targets_at(document, (Span(h.start, h.end) for h in hits)):
        if target.value is None or (document.plan_year and target.year != wanted):
            continue
        if _YEARLY in target.indicator and _YEARLY not in asked:
            continue
        span = Span(target.figure_start, target.figure_end)
        near = [h.signals.cosine for h in hits if h.start <= span.start and span.end <= h.end]
        if near:
            made.append(Match(target, max(near) + _share(fold(target.indicator), words)))
    return sorted(made, key=lambda m: -m.fit)[:_NAMED]


def _fits(
    thing: str, names: Sequence[str], words: Sequence[str], searcher: Searcher
) -> Mapping[str, float]:
    """Return the names that what is asked may go by, and how well each fits."""
    counted = Counter(names)
    if not counted:
        return {}
    distinct = list(counted)
    vectors = np.array([searcher.vector(name) for name in distinct])
    said = np.array([_share(name, words) for name in distinct])
    fit = vectors @ searcher.vector(canonical(thing)) + _SAID * said
    common = np.array([math.log2(counted[name]) for name in distinct])
    anchor = int(np.argmax(fit + _COMMON * common))
    alike = vectors @ vectors[anchor]
    return {
        name: float(fit[i] + alike[i])
        for i, name in enumerate(distinct)
        if fit[i] >= fit[anchor] - _NEAR or alike[i] >= _ALIKE
    }


def _share(name: str, words: Sequence[str]) -> float:
    """Return how much of what is asked a name says."""
    return sum(holds(name, word) for word in words) / (len(words) or 1)


def _kind(target: Target) -> tuple[str, bool]:
    return measure(target.unit), "%" in target.unit


def _usual(candidates: Mapping[str, Sequence[Match]]) -> tuple[str, bool] | None:
    """Return the measure that the best figures of most reports have."""
    best = [max(of, key=lambda m: m.fit) for of in candidates.values() if of]
    counted = Counter(_kind(m.target) for m in best)
    return counted.most_common(1)[0][0] if counted else None
