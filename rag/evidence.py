"""Which sentences may answer: the best passages gathered by sentence, with how well each fits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from corpus.documents import Document, Span
from corpus.sentences import clauses, sentences
from index.folding import fold
from index.search import Hit
from rag.language.matching import Wanted
from rag.years import Year, is_report, plan_year, spoken_year

PASSAGES = 60  # looked through for one question
_SENTENCES = 8
_UNDER_HEADING = 3
_OF_YEAR = 1.0
_QUESTION = 3.0  # a sentence that asks itself does not answer
# How much each signal says, from a logistic regression of "holds the evidence" among the sentences
# of one question, on CMRC trial, DRCD dev and our own questions together (768 + 353 questions: the
# best sentence is right for 88, 86 and 96 %; cosine alone 82, 80 and 85 %).
_COSINE, _SENTENCE, _PLACE = 55.0, 4.5, 1.0
_UNDER = 6.0  # a heading that is what the question asks about speaks for all under it


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a sentence; `span` is the document's, `coverage` of the question's words."""

    span: Span
    folded: str
    coverage: float
    cosine: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that may answer, where it stands, and how well it and its clauses fit."""

    document: Document
    section: tuple[str, ...]
    span: Span
    folded: str
    clauses: tuple[Clause, ...]
    cosine: float
    coverage: float
    place: float
    deviation: float
    margin: float
    everyday: bool
    year: int | None
    score: float

    @property
    def text(self) -> str:
        """Return the sentence as it stands in the document."""
        return self.span.of(self.document.text)

    @property
    def best(self) -> Clause:
        """Return the clause that fits best."""
        return max(self.clauses, key=lambda c: _COSINE * c.cosine + _SENTENCE * c.coverage)


def gather(
    wanted: Wanted, ranked: Iterable[Hit], documents: Mapping[str, Document]
) -> list[Evidence]:
    """Return the sentences of the best passages, best first."""
    grouped: dict[tuple[str, Span], list[Hit]] = {}
    for hit in islice(ranked, PASSAGES):
        for span in _meant(hit, documents[hit.document_id]):
            grouped.setdefault((hit.document_id, span), []).append(hit)
    found = [_candidate(wanted, documents[d], span, hits) for (d, span), hits in grouped.items()]
    best = sorted(found, key=lambda c: -c.score)[:_SENTENCES]
    return [_evidence(wanted, candidate) for candidate in best]


def _meant(hit: Hit, document: Document) -> list[Span]:
    """Return the sentence a passage is from; for a heading those under it."""
    if hit.kind != "heading":
        return [sentence_at(document, hit.block.start, hit.block.end, hit.start)]
    below = _sentences(document.text[hit.end : hit.block.end])
    return [Span(hit.end + span.start, hit.end + span.end) for span in below[:_UNDER_HEADING]]


def for_year(evidence: list[Evidence], asked: Year, plan: int | None) -> list[Evidence]:
    """Return what may answer for the asked year, sentences of that year first.

    A clause may speak of another year than its sentence, so the report's own two years stay.
    """
    if plan is None or not isinstance(asked, int):
        return evidence
    kept = [e for e in evidence if e.year in (None, asked) or asked in (plan, plan - 1)]
    return sorted(kept, key=lambda e: -(e.score + _OF_YEAR * (e.year == asked)))


def near(evidence: Sequence[Evidence], report: float, prose: float) -> list[Evidence]:
    """Return the sentences within a distance of the best score: other prose than reports rambles.

    Distances are in scores; reports string many measures together, and a list or a name is told
    apart from the others by its clause, not its sentence.
    """
    if not evidence:
        return []
    most = report if is_report(evidence[0].document) else prose
    return [e for e in evidence if e.score >= evidence[0].score - most]


def sentence_at(document: Document, start: int, end: int, at: int) -> Span:
    """Return the sentence of the block `start` to `end` that holds the offset `at`."""
    for span in _sentences(document.text[start:end]):
        if start + span.start <= at < start + span.end:
            return Span(start + span.start, start + span.end)
    return Span(start, end)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence with its score, before its clauses are looked at: most go no further."""

    document: Document
    span: Span
    hits: list[Hit]
    folded: str
    cosine: float
    coverage: float
    place: float
    score: float


def _candidate(wanted: Wanted, document: Document, span: Span, hits: list[Hit]) -> _Candidate:
    section, title = hits[0].section, _titled(document.title)
    folded, cosine = _folded(span.of(document.text)), max(hit.signals.cosine for hit in hits)
    coverage = wanted.coverage(folded + title)  # what is in the title is said in all of it
    place = wanted.coverage(f"{folded}{title} {_folded(' '.join(section))}")
    headed = wanted.coverage(_folded(section[-1])) if section else 0.0
    score = (
        _COSINE * cosine + _SENTENCE * coverage + _PLACE * place
        + _UNDER * max(0.0, headed - 0.5) - _QUESTION * folded.endswith("?")
    )  # fmt: skip
    return _Candidate(document, span, hits, folded, cosine, coverage, place, score)


def _evidence(wanted: Wanted, found: _Candidate) -> Evidence:
    document, span, hits = found.document, found.span, found.hits
    text, section, title = span.of(document.text), hits[0].section, _titled(document.title)
    parts = tuple(
        Clause(
            Span(span.start + part.start, span.start + part.end), folded,
            wanted.coverage(folded + title), _cosine(hits, span.start + part.start),
        )
        for part, folded in _clauses(text)
    )  # fmt: skip
    return Evidence(
        document, section, span, found.folded, parts, found.cosine, found.coverage, found.place,
        max(hit.signals.cosine_deviation for hit in hits),
        max(hit.signals.margin for hit in hits),
        bool(hits[0].signals.everyday),
        spoken_year(section, text, plan_year(document)),
        found.score,
    )  # fmt: skip


def _cosine(hits: list[Hit], at: int) -> float:
    """Return the cosine of the shortest passage that holds the offset; the sentence's if none."""
    holding = [hit for hit in hits if hit.start <= at < hit.end]
    whole = min(hit.signals.cosine for hit in hits)
    return min(holding, key=lambda h: h.end - h.start).signals.cosine if holding else whole


@lru_cache(maxsize=20_000)
def _sentences(block: str) -> tuple[Span, ...]:
    return tuple(sentences(block, Span(0, len(block))))


@lru_cache(maxsize=20_000)
def _clauses(sentence: str) -> tuple[tuple[Span, str], ...]:
    spans = clauses(sentence, Span(0, len(sentence)))
    return tuple((span, fold(span.of(sentence))) for span in spans)


@lru_cache(maxsize=20_000)
def _folded(text: str) -> str:
    return fold(text)


@lru_cache(maxsize=1_000)
def _titled(title: str) -> str:
    return f" {fold(title)}"
