"""Which figure of each report is the one that is asked for: matched by meaning, words and unit.

What is asked is held against the names of the figures near it, by the retriever's vectors. The name
that fits best, a common one before a rare, is the anchor: figures under other names count where
those are near the question or near the anchor (生产总值增长 for 地区生产总值增长).
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from corpus.documents import Document, Span
from index.folding import fold
from index.search import Hit, Searcher
from rag.across.ranking import scale
from rag.language.matching import holds
from rag.language.synonyms import canonical
from rag.questions import GENERIC, content_words
from rag.reader.windows import page
from rag.targets.comparison import measure
from rag.targets.finder import targets_at
from rag.targets.target import Target
from rag.years import asked_year, without_years

_LOOKED_AT = 8  # passages of each report
_NAMED = 6  # figures of each report whose names are compared
_SAID = 0.15  # what the share of words said counts beside a cosine
_COMMON = 0.02  # what a name gains for each time it doubles
_NEAR, _ALIKE = 0.06, 0.88
_ALL_SAID = 0.6
_LEAST = 0.75  # what names the thing fits better: .8 to 1.15 on 12 indicators of 31 reports
_AS_WELL = 0.15
_SCOPE = re.compile(r"^(?:全[省市区国年县]|我[省市区]|地方)|力争|预期|(?:目标|人数|连续)$")
_OF_YEARS = re.compile("五年|十[三四五]五|累计|年均|以来")
_LEAD_CHARS = 60
_COUNTED = re.compile("人次|[人名]|户|套|间|平方")


@dataclass(frozen=True, slots=True)
class Match:
    """A figure of a report that may be the one asked for, and how well it fits.

    `summed` tells that it seems to be of several years where one is asked for.
    """

    target: Target
    fit: float
    summed: bool = False

    @property
    def name(self) -> str:
        """Return the name that is compared."""
        return canonical(_SCOPE.sub("", fold(self.target.indicator)))


def matching(
    asked: str, documents: Sequence[Document], searcher: Searcher, like: Target | None = None
) -> dict[str, Target]:
    """Return the figure of each document, by its id, that is the one asked for.

    Those that measure the same as `like`, if there is one.
    """
    found = matches(asked, documents, searcher, _kind(like) if like else None)
    return {d: match.target for d, match in found.items()}


def shared(asked: str, documents: Sequence[Document], searcher: Searcher) -> list[Document]:
    """Return the documents that have a figure of which all is said that is asked."""
    words = [w for w in content_words(without_years(asked)) if w not in GENERIC]
    found = matches(asked, documents, searcher)
    return [d for d in documents if d.id in found and _share(found[d.id].name, words) >= _ALL_SAID]


def matches(
    asked: str, documents: Sequence[Document], searcher: Searcher,
    kind: tuple[str, str] | None = None,
) -> dict[str, Match]:  # fmt: skip
    """Return the figures that are the ones asked for, each with how well it fits.

    Of one `kind` all of them, the kind that most have where none is given.
    """
    thing = without_years(asked)
    words = [w for w in content_words(thing) if w not in GENERIC]
    hits = searcher.best_of_each(asked, [d.id for d in documents], _LOOKED_AT)
    near = {d.id: _candidates(asked, d, hits.get(d.id, []), words) for d in documents}
    fits = _fits(thing, [m.name for of in near.values() for m in of], words, searcher)
    fitting = {
        d: [replace(m, fit=fits[m.name] + m.fit / 10) for m in of if m.name in fits]
        for d, of in near.items()
    }
    kind = kind or _usual(fitting)
    chosen = {d: [m for m in of if _kind(m.target) == kind] for d, of in fitting.items()}
    best = {d: max(of, key=lambda m: m.fit) for d, of in chosen.items() if of}
    usual = _median([m.target for m in best.values() if not m.summed])
    return {d: _usual_one(m, chosen[d], usual) for d, m in best.items()}


def _usual_one(best: Match, of: Sequence[Match], usual: float) -> Match:
    """Return, of figures that fit alike, the one nearest to the other reports': no sum of years."""
    alike = [m for m in of if m.fit > best.fit - _AS_WELL and m.name == best.name]
    return min(alike, key=lambda m: (m.summed, abs(_size(m.target) - usual), -m.fit))


def _median(targets: Sequence[Target]) -> float:
    sizes = sorted(map(_size, targets))
    return sizes[len(sizes) // 2] if sizes else 0.0


def _size(target: Target) -> float:
    return math.log10(max(1e-6, abs(target.value or 0.0) * scale(target)))


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
        if target.kind == "other":  # what a figure has risen from
            continue
        span = Span(target.figure_start, target.figure_end)
        near = [h.signals.cosine for h in hits if h.start <= span.start and span.end <= h.end]
        if near:
            summed = bool(_OF_YEARS.search(_lead(document, target))) != bool(
                _OF_YEARS.search(asked)
            )
            fit = max(near) + _share(fold(target.indicator), words)
            made.append(Match(target, fit, summed))
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
    if fit[anchor] < _LEAST:
        return {}
    alike = vectors @ vectors[anchor]
    return {
        name: float(fit[i] + alike[i])
        for i, name in enumerate(distinct)
        if fit[i] >= fit[anchor] - _NEAR or alike[i] >= _ALIKE
    }


def _share(name: str, words: Sequence[str]) -> float:
    """Return how much of what is asked a name says."""
    return sum(holds(name, word) for word in words) / (len(words) or 1)


def _lead(document: Document, target: Target) -> str:
    """Return what stands before a figure, and how its paragraph begins: “十四五”时期."""
    leaf = page(document)
    number = leaf.at(target.start)
    paragraph = leaf.sentences[number].paragraph
    first = number
    while first and leaf.sentences[first - 1].paragraph == paragraph:
        first -= 1
    opening = leaf.sentences[first].start
    start = max(leaf.sentences[number].start, target.start - _LEAD_CHARS)
    return f"{document.text[opening : opening + 20]} {document.text[start : target.figure_start]}"


def _kind(target: Target) -> tuple[str, str]:
    """Return what a figure measures; of things counted, whether people, homes or others."""
    counted = _COUNTED.search(target.unit)
    return measure(target.unit), counted[0].replace("名", "人") if counted else ""


def _usual(candidates: Mapping[str, Sequence[Match]]) -> tuple[str, str] | None:
    """Return the measure that the best figures of most reports have."""
    best = [max(of, key=lambda m: m.fit) for of in candidates.values() if of]
    counted = Counter(_kind(m.target) for m in best)
    return counted.most_common(1)[0][0] if counted else None
