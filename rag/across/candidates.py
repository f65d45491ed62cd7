"""The figures of one report that may be the one asked for: of the asked year, in what was found."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.documents import Document, Span
from index.folding import fold
from index.search import Hit
from rag.language.matching import holds
from rag.language.synonyms import canonical
from rag.reader.windows import Page, page
from rag.targets.finder import targets_at
from rag.targets.target import FALLS, Target
from rag.years import asked_year

_PART = 0.5
_NAMED = 4  # figures of each report whose names are compared
_LEAD_CHARS, _OPENING_CHARS, _VERB_CHARS, _BACK = 60, 20, 12, 40
_SCOPE = re.compile(
    r"^(?:[一-鿿]{2,4}(?:年景|口径|条件)下?|全[省市区国年县]|全社会|我[省市区]|地方|预计|实现)+"
    "|力争|预期(?!寿命)|创(?:历史)?新高"
    r"|(?:目标|人数|连续|数量?|较)$|(?<=进出口)总[值额]"
)
# What comes to more, the longer it is counted; 森林覆盖率 does not.
_FLOWS = re.compile("增[长速加](?![到至])|新[增建]|完成|累计|改造|建成|接待|引进|落地|培育|实现")
_TIMES = re.compile("五年|十[三四五]五|一年(?!期)|去年|今年|20[0-9][0-9]年")
_OF_YEARS = re.compile("五年|十[三四五]五|累计|年均|以来|(?<![较比])2020年")


@dataclass(frozen=True, slots=True)
class Match:
    """A figure of a report that may be the one asked for, and how well it fits.

    `name` is what it is of, in full words; `summed` tells that it seems to be of
    several years where one is asked for.
    """

    target: Target
    fit: float
    name: str
    summed: bool = False


def candidates(
    asked: str, document: Document, hits: Sequence[Hit], words: Sequence[str], shift: int
) -> list[Match]:
    """Return the figures of the asked year in the passages found, the likeliest few.

    Where none is asked for, those of the year `shift` from the report's own.
    """
    plan = document.plan_year
    year = asked_year(asked, plan)
    wanted = year if isinstance(year, int) else plan and plan + shift
    several = bool(_OF_YEARS.search(asked))
    made = []
    for target in targets_at(document, (Span(hit.start, hit.end) for hit in hits)):
        unfit = target.value is None or target.kind == "other"  # what a figure has risen from
        near = [h.signals.cosine for h in hits if _inside(target, h)]
        if unfit or not near or (plan and target.year != wanted):
            continue
        summed = bool(_OF_YEARS.search(_lead(document, target))) != several
        fresh = "新增" in target.quote and "新增" not in asked  # what is new is not all there is
        if summed and plan and target.year and target.year < plan and _is_flow(document, target):
            continue  # what five years have come to is not the last one's
        target = fallen(document, target)
        name = canonical(_SCOPE.sub("", fold(target.indicator)))
        if target.written.startswith(FALLS):
            name = re.sub("|".join(FALLS), "增长", name)
        made.append(Match(target, max(near) + share(name, words), name, summed or fresh))
    return sorted(made, key=lambda m: -m.fit)[:_NAMED]


def fallen(document: Document, target: Target) -> Target:
    """Return a rate that falls with the word that says so: 下降5.4% is no growth of 5.4%."""
    before = document.text[max(0, target.figure_start - 2) : target.figure_start]
    if "%" not in fold(target.unit) or before not in FALLS:
        return target
    start = target.figure_start - len(before)
    return replace(target, written=f"{before}{target.written}", figure_start=start)


def share(name: str, words: Sequence[str]) -> float:
    """Return how much of what is asked a name says, 0 to 1; parts of words do not count."""
    return sum(held for word in words if (held := holds(name, word)) > _PART) / (len(words) or 1)


def _is_flow(document: Document, target: Target) -> bool:
    """Tell whether a figure counts what was done or how much something grew, not what there is."""
    start = max(target.start, target.figure_start - _VERB_CHARS)
    return bool(_FLOWS.search(document.text[start : target.figure_start]))


def _inside(target: Target, hit: Hit) -> bool:
    return hit.start <= target.figure_start and target.figure_end <= hit.end


def _lead(document: Document, target: Target) -> str:
    """Return what stands before a figure, and the time that the part around it begins with."""
    leaf = page(document)
    number = leaf.at(target.start)
    start = max(leaf.sentences[number].start, target.start - _LEAD_CHARS)
    return f"{_opening(leaf, number)} {document.text[start : target.figure_start]}"


def _opening(leaf: Page, number: int) -> str:
    """Return the time that the nearest paragraph before (or with) a sentence begins with."""
    section, text = leaf.sentences[number].section[:1], leaf.document.text
    for back in range(number, max(-1, number - _BACK), -1):
        sentence = leaf.sentences[back]
        if sentence.section[:1] != section:
            break
        first = back == 0 or leaf.sentences[back - 1].paragraph != sentence.paragraph
        opening = text[sentence.start : sentence.start + _OPENING_CHARS]
        if first and (told := _TIMES.search(opening)):
            return told[0]
    return ""
