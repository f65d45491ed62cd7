"""Which figure of each report is the one that is asked for: matched by meaning, words and unit.

What is asked is held against the names of the figures near it, by the retriever's vectors. The name
that fits best, a common one before a rare, is the anchor: figures under other names count where
those are near the question or near the anchor (生产总值增长 for 地区生产总值增长).
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from corpus.documents import Document
from index.search import Searcher
from rag.across.candidates import Match, candidates, share
from rag.across.ranking import size
from rag.language.names import is_verb
from rag.language.synonyms import canonical
from rag.questions import GENERIC, content_words
from rag.targets.comparison import measure
from rag.targets.target import Target
from rag.years import asked_year, is_planned, without_years

_LOOKED_AT = 5  # passages of each report
_SAID = 0.15  # what the share of words said counts beside a cosine
_COMMON = 0.02  # what a name gains for each time it doubles
_NEAR, _ALIKE, _SAME = 0.06, 0.88, 0.93
_LEAST = 0.75  # what names the thing fits better: .8 to 1.15 on 12 indicators of 31 reports
_ALL_SAID, _AS_WELL = 0.6, 0.15
_COUNTED = re.compile("人次|[人名]|户|套|间|平方")
_RATES = re.compile("增[长速幅]|涨幅|降幅|[^效税]率(?!先)|比[重例]|占比|强度|百分|增加多少%")
_AMOUNTS = re.compile(
    "人次|人数|[数总产]量|(?<!零售)总[额值]|[个家亩]数|里程|面积|规模|装机|寿命|多少(?:家|个|人|公里|亩|岁|[亿万])"
)
_MEASURES = re.compile("^的|(?:的?(?:目标|任务|情况|[个家亩人]数|人次|数量家?))+$")

Kind = tuple[str, str]


def matching(
    asked: str, documents: Sequence[Document], searcher: Searcher, like: Target | None = None,
    rate: bool | None = None,
) -> dict[str, Target]:  # fmt: skip
    """Return the figure of each document, by its id, that is the one asked for.

    Those that measure the same as `like`, if there is one; rates alone or none where `rate` tells.
    """
    found = matches(asked, documents, searcher, _kind(like) if like else None, rate)
    return {d: match.target for d, match in found.items()}


def shared(asked: str, documents: Sequence[Document], searcher: Searcher) -> list[Document]:
    """Return the documents that have a figure of which all is said that is asked."""
    found = matches(asked, documents, searcher)
    words = _words(asked)
    return [d for d in documents if d.id in found and share(found[d.id].name, words) >= _ALL_SAID]


def matches(
    asked: str, documents: Sequence[Document], searcher: Searcher, kind: Kind | None = None,
    rate: bool | None = None,
) -> dict[str, Match]:  # fmt: skip
    """Return the figures that are the ones asked for, each with how well it fits.

    Of one `kind` all of them, the kind that most have where none is given. Where no year is asked
    for, nor what is planned, what has been reached comes before what is to be.
    """
    plan = max((d.plan_year or 0 for d in documents), default=0)
    year = asked_year(asked, plan or None)
    reached = not isinstance(year, int) and not is_planned(asked)
    found = _matches(asked, documents, searcher, (kind, rate), -1 if reached else 0)
    if reached and len(found) < 2:
        return _matches(asked, documents, searcher, (kind, rate), 0)
    return found


def _matches(
    asked: str, documents: Sequence[Document], searcher: Searcher,
    sort: tuple[Kind | None, bool | None], shift: int,
) -> dict[str, Match]:  # fmt: skip
    """Return the figures of the asked year, else of the one `shift` from the reports' own."""
    kind, rate = sort
    hits = searcher.best_of_each(asked, [d.id for d in documents], _LOOKED_AT)
    words = _words(asked)
    near = {
        d.id: _of_sort(asked, rate, candidates(asked, d, hits.get(d.id, []), words, shift))
        for d in documents
    }
    names = [match.name for of in near.values() for match in of]
    thing = canonical(_MEASURES.sub("", without_years(asked)))
    fits = _fits(thing, names, words, searcher)
    fitting = {
        d: [replace(m, fit=fits[m.name] + m.fit / 10) for m in of if m.name in fits]
        for d, of in near.items()
    }
    kind = kind or _usual(fitting)
    chosen = {d: [m for m in of if _kind(m.target) == kind] for d, of in fitting.items()}
    best = {d: max(of, key=lambda m: m.fit) for d, of in chosen.items() if of}
    usual = _median([m.target for m in best.values() if not m.summed])
    return {d: _usual_one(m, chosen[d], usual) for d, m in best.items()}


def _words(asked: str) -> list[str]:
    """Return the words that name the thing: what is done to it is said in many ways."""
    told = _MEASURES.sub("", without_years(asked))
    words = [word for word in content_words(told) if word not in GENERIC]
    return [word for word in words if not is_verb(word)] or words


def _of_sort(asked: str, rate: bool | None, found: Sequence[Match]) -> list[Match]:
    """Return rates where a rate is asked for, amounts where those are, else all."""
    rates = bool(_RATES.search(asked)) if rate is None else rate
    if rate is None and not rates and not _AMOUNTS.search(asked):
        return list(found)
    return [match for match in found if ("%" in match.target.unit) == rates]


def _fits(
    thing: str, names: Sequence[str], words: Sequence[str], searcher: Searcher
) -> Mapping[str, float]:
    """Return the names that what is asked may go by, and how well each fits."""
    counted = Counter(names)
    if not counted:
        return {}
    distinct = list(counted)
    *rows, wanted = searcher.names([*distinct, thing])
    vectors = np.array(rows)
    said = np.array([share(name, words) for name in distinct])
    fit = vectors @ wanted + _SAID * said
    common = np.array([math.log2(counted[name]) for name in distinct])
    anchor = int(np.argmax(fit + _COMMON * common))
    if fit[anchor] < _LEAST:
        return {}
    alike = vectors @ vectors[anchor]
    known = f"{thing} {distinct[anchor]}"
    return {
        name: float(fit[i] + alike[i])
        for i, name in enumerate(distinct)
        if (fit[i] >= fit[anchor] - _NEAR or (alike[i] >= _ALIKE and said[i] >= _ALL_SAID))
        and (alike[i] >= _SAME or not _narrowed(name, known))
    }


def _narrowed(name: str, known: str) -> bool:
    """Tell whether a name begins with what is neither asked nor in the anchor: 跨境电商进出口."""
    words = content_words(name)
    first = min((name.find(w) for w in words if w in known and w in name), default=0)
    return any(len(word) > 1 and word not in known for word in content_words(name[:first]))


def _kind(target: Target) -> Kind:
    """Return what a figure measures; of things counted, whether people, homes or others."""
    counted = _COUNTED.search(target.unit)
    return measure(target.unit), counted[0].replace("名", "人") if counted else ""


def _usual(found: Mapping[str, Sequence[Match]]) -> Kind | None:
    """Return the measure that the best figures of most reports have."""
    best = [max(of, key=lambda m: m.fit) for of in found.values() if of]
    counted = Counter(_kind(m.target) for m in best)
    return counted.most_common(1)[0][0] if counted else None


def _usual_one(best: Match, of: Sequence[Match], usual: float) -> Match:
    """Return, of figures that fit alike, the one nearest to the other reports': no sum of years."""
    alike = [m for m in of if m.fit > best.fit - _AS_WELL and m.name == best.name]
    return min(alike, key=lambda m: (m.summed, abs(_size(m.target) - usual), -m.fit))


def _median(targets: Sequence[Target]) -> float:
    sizes = sorted(map(_size, targets))
    return sizes[len(sizes) // 2] if sizes else 0.0


def _size(target: Target) -> float:
    return math.log10(max(1e-6, abs(size(target)[0])))
