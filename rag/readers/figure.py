"""Figures: the quantity of the asked unit that is said of the asked thing, in the asked year."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.documents import Span
from corpus.quantities import Quantity
from rag.evidence import Evidence
from rag.language.figures import EACH, Figure, figures, uncounted
from rag.language.matching import Wanted
from rag.questions import Question, is_year
from rag.quoting import around, focus
from rag.readers import Finding
from rag.slots import dimension_of
from rag.years import Year, clause_year, is_report, plan_year

_STRICT_UNITS = frozenset([*"套户张场站班次床篇页步亩字票", "人次"])
_CUMULATIVE = re.compile(r"累计|总数|家底|存量|总量|至今共|合计")
_INCREASE = re.compile(r"新增|净增|新添|多出来|增设|每年新")
_NOT_MEANT = re.compile(r"不是(?:说)?[^,，()（）。?？]{1,8}")
_NOT_TOTAL = re.compile(r"不是(?:说)?(?:累计|总数|合计)")
_PART = re.compile(r"单(?:算|说|独|看|论|指)|只算|只说|光是?|其中")
_ALONE = re.compile(r"单(?:算|说|独|看|论|指|单)?|只算|只说|光是?|其中|那部分|部分")
SUM = re.compile(r"加起来|加在一起|合起来|合计|总共|一共|共计|(?<!公)共(?=新?增|有)")
_SEVERAL = re.compile(rf"{SUM.pattern}|[各和跟与]|分别")
_BEFORE = re.compile(r"原来|之前|以前|原先|调整前|从多少|由多少")
_HAN = re.compile(r"[一-鿿]")
_FIGURES = re.compile(r"[\d.,%]+[万亿千百]*[一-鿿]?")
_EVIDENCE = 6
_NEAR, _CLEARLY = 0.6, 0.1
_SMALL = 0.5
_LEAN = 0.3  # how much the clause before counts as said of a figure
_ATTACHED, _APART = 0.4, 0.4  # little said of it, much said beside it: it is of another thing


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure of the evidence with how well it fits: what its part says, its clause, its place."""

    evidence: Evidence
    figure: Figure
    said: float
    clause: float
    year: int | None
    score: float
    conflict: bool

    @property
    def span(self) -> Span:
        """Return the figure with its qualifier, in the document's offsets."""
        start, near = self.evidence.span.start, self.figure.quantity.qualified
        return Span(start + near.start, start + near.end)

    @property
    def clause_span(self) -> Span:
        """Return the clause that holds it, in the document's offsets."""
        start, clause = self.evidence.span.start, self.figure.clause
        return Span(start + clause.start, start + clause.end)

    @property
    def text(self) -> str:
        """Return the figure with its qualifier as it stands."""
        return self.span.of(self.evidence.document.text)

    @property
    def each(self) -> str:
        """Return the figure from the word that says it is each one's: 各新增1000家."""
        text, start = self.evidence.document.text, self.clause_span.start
        said = [match.start() for match in EACH.finditer(text, start, self.span.start)]
        return text[said[-1] if said else start : self.span.end]


def candidates(
    question: Question, wanted: Wanted, evidence: Sequence[Evidence], year: Year
) -> list[Candidate]:
    """Return the figures that could be meant, best first; those of another year are left out."""
    found = _all(question, wanted, evidence[:_EVIDENCE])
    return sorted((c for c in found if _of_year(c, year)), key=lambda c: -c.score)


def _all(question: Question, wanted: Wanted, evidence: Sequence[Evidence]) -> Iterator[Candidate]:
    for found in evidence:
        for figure in figures(found.text):
            bonus = unit_bonus(question, figure.quantity)
            if bonus is not None:
                yield candidate(question, wanted, found, figure, bonus)


def candidate(
    question: Question, wanted: Wanted, evidence: Evidence, figure: Figure, bonus: float = 0.0
) -> Candidate:
    """Return a figure of a sentence with how well it fits; `bonus` is for its unit."""
    said = wanted.coverage(figure.said)
    said += _LEAN * (wanted.coverage(f"{figure.lead} {figure.said}") - said)
    clause = next(
        (c for c in evidence.clauses if c.span.start == evidence.span.start + figure.clause.start),
        evidence.best,
    )
    conflict = conflicts(question, figure)
    year = clause_year(evidence.year, clause.folded, evidence.document)
    score = (
        2.5 * said + 0.7 * precision(question, figure) + 1.0 * clause.coverage
        + 1.0 * evidence.place + 8.0 * clause.cosine + bonus
        + 1.0 * ("其中" in figure.own and bool(_PART.search(question.plain)))
        - 1.0 * (figure.before and not _BEFORE.search(question.plain))
    )  # fmt: skip
    return Candidate(evidence, figure, said, clause.coverage, year, score, conflict)


def precision(question: Question, figure: Figure) -> float:
    """Return the share of the characters said of a figure that the question has too."""
    own = set(_HAN.findall(_FIGURES.sub("", figure.own)))
    return len(own & set(question.plain)) / len(own) if own else 0.0


def unit_bonus(question: Question, quantity: Quantity) -> float | None:
    """Return how well a quantity's unit is the asked one; None where it cannot be meant."""
    asked, unit = question.slot, quantity.unit
    if asked.dimension == "rank":
        return 0.5 if quantity.kind == "ordinal" else None
    if quantity.kind == "ordinal" and asked.unit == unit:
        return 0.6  # 建设的是几期
    if quantity.kind in ("date", "ordinal") or is_year(quantity):
        return None
    if asked.unit and asked.unit == unit:
        return 0.6
    if not asked.dimension:
        return 0.2
    same = dimension_of(unit) == asked.dimension
    if asked.dimension in ("count", "people"):
        counts = dimension_of(unit) in ("count", "people")
        return 0.2 if counts and not {asked.unit, unit} & _STRICT_UNITS else None
    return 0.3 if same else None


def conflicts(question: Question, figure: Figure) -> bool:
    """Tell whether a figure is an increase where the total is asked, the other way, or of more."""
    own, asked = figure.verb + figure.own, _NOT_MEANT.sub("", question.plain)
    total, more = bool(_CUMULATIVE.search(asked)), bool(_INCREASE.search(asked))
    if _NOT_TOTAL.search(question.plain) and _CUMULATIVE.search(own):
        return True
    if total and not more and _INCREASE.search(own) and not _CUMULATIVE.search(own):
        return True
    if more and not total and _CUMULATIVE.search(own) and not _INCREASE.search(own):
        return True
    return figure.shared > 1 and bool(_ALONE.search(asked))


def _given(question: Question, quantity: Quantity) -> bool:
    """Tell whether the question itself gives this figure: it cannot be what is asked."""
    return any(q.value == quantity.value and q.unit == quantity.unit for q in question.figures)


def _of_year(candidate: Candidate, year: Year) -> bool:
    if candidate.year is None or year is None:
        return True
    if year == "now":
        return candidate.year != plan_year(candidate.evidence.document)
    return candidate.year == year


def read(
    question: Question, wanted: Wanted, evidence: Sequence[Evidence], year: Year
) -> Finding | None:
    """Return the figure that fits best with its clause, or None where no figure could be meant."""
    everything = candidates(question, wanted, evidence, year)
    found = [c for c in everything if not _given(question, c.figure.quantity)]
    if not found or found[0].said < _SMALL * everything[0].said:
        return None  # nothing, or only the very figure that the question gives
    near = [c for c in found if c.score >= found[0].score - _NEAR]
    if found[0].conflict and found[0].figure.shared > 1 and _ALONE.search(question.plain):
        near = [c for c in near if c.said >= found[0].said]  # its part of what is given for all
    best = next((c for c in near if not c.conflict), found[0])
    if _vague(wanted, evidence) > best.said + _CLEARLY:
        return None
    prose = not is_report(best.evidence.document)  # tells of one thing in many clauses
    apart = not prose and best.said < _ATTACHED and best.evidence.coverage - best.said > _APART
    if best.conflict:
        return None
    quote = around(best.evidence, best.clause_span)
    shown = focus(best.evidence, best.clause_span)
    several = best.figure.each and _SEVERAL.search(question.plain)
    short = best.each if several else best.text
    return Finding(short, (quote,), best.evidence, best.said, sure=not apart, focus=shown)


def _vague(wanted: Wanted, evidence: Sequence[Evidence]) -> float:
    """Return how much of the question is said of something the report does not count (一批)."""
    parts = [part for found in evidence[:_EVIDENCE] for part in uncounted(found.text)]
    return max((wanted.coverage(part) for part in parts), default=0.0)
