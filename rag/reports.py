"""Which reports a question is asked of: those of the place it names, else those that answer it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from corpus.documents import Document
from index.scope import listing
from rag.across.matching import shared
from rag.answers import Refusal
from rag.binding import Bound, bind
from rag.inquiry import Inquiry, Reading
from rag.outlining import asks_whole
from rag.overview import overview
from rag.questions import Question, understand
from rag.years import asked_year, is_planned, without_years

_SHOWN = 3  # reports that answer together; of more, one has to be named
_WHICH = "收录的 {} 份报告里有好几份谈到这件事，请说明问的是哪个地方，例如“{}{}”。"


def asked_of(
    question: Question, documents: Sequence[Document], inquiry: Inquiry, whole: str = ""
) -> list[Reading]:
    """Return what the reports say that a question is about: one reading, or one a report.

    One that names no place is of the first place that the `whole` text names.
    """
    binding = bind(question.text, documents)
    if not binding.places and (named := bind(whole, documents).places):
        binding = replace(binding, places=named[:1])
    if unclear := binding.unclear:
        return [
            _refused(
                question,
                "which_place",
                f"“{unclear.said}”可能是{_or(unclear.choices)}，请说明是哪一个。",
            )
        ]
    if binding.known:
        return [_of_place(question, bound, binding.text, inquiry) for bound in binding.known]
    if binding.missing and any(d.place for d in documents):
        reading = inquiry.read(question, _ids(documents), binding.missing[0].said)
        if reading.refusal:
            some = len(documents) < len(inquiry.searcher.contents.documents)
            where = "所选的范围里没有" if some else "没有收录"
            said = f"{where}{binding.missing[0].said}的报告。{listing(documents)}"
            return [_refused(question, "no_such_report", said, reading)]
        return [reading]
    if documents and asks_whole(question.text):
        return [overview(question, documents)]
    if not any(d.place or d.plan_year for d in documents):  # not the years of one place
        return [inquiry.read(question, _ids(documents))]
    if len({d.place for d in documents}) > 1:
        return _of_all(question, documents, inquiry)
    return [_newest(question, documents, inquiry)]


def _of_place(question: Question, bound: Bound, text: str, inquiry: Inquiry) -> Reading:
    asked = understand(text) if not bound.part and any(map(str.isalnum, text)) else question
    if not bound.part and asks_whole(asked.text):
        return overview(asked, bound.documents)
    return _newest(asked, bound.documents, inquiry, bound.part)


def _newest(
    question: Question, documents: Sequence[Document], inquiry: Inquiry, part: str = ""
) -> Reading:
    """Return what the documents of one place say: of a series of years the asked one's first.

    What is in no series is read together.
    """
    times = Counter(map(_series, documents))
    reports = [d for d in documents if d.plan_year and times[_series(d)] > 1]
    if not reports:
        return inquiry.read(question, _ids(documents), part)
    groups = [([document.id], asked) for document, asked in _in_order(question, reports)]
    if others := [document.id for document in documents if document not in reports]:
        groups.append((others, question))
    readings: list[Reading] = []
    for ids, asked in groups:
        readings.append(inquiry.read(asked, ids, part))
        if readings[-1].refusal is None:
            return readings[-1]
    return readings[0]


def _series(document: Document) -> str:
    """Return what the papers of a series of years have in common."""
    return document.kind if document.kind == "work_report" else without_years(document.title)


def _in_order(question: Question, documents: Sequence[Document]) -> list[tuple[Document, Question]]:
    """Return reports in the order to read them, each with the question as it is asked of it.

    A year's plans stand in its own report, what it came to in the next one's; 去年 is the year
    before the newest report's, also where an older one is read.
    """
    newest = sorted(documents, key=lambda d: -(d.plan_year or 0))
    year = asked_year(question.plain, newest[0].plan_year) if newest else None
    if len({d.plan_year for d in documents}) < 2 or not isinstance(year, int):
        return [(document, question) for document in newest]
    asked = understand(f"{year}年{without_years(question.text)}")
    first = year if is_planned(question.plain) else year + 1
    ordered = sorted(newest, key=lambda d: abs((d.plan_year or 0) - first))
    return [(d, question if d is newest[0] else asked) for d in ordered]


def _of_all(question: Question, documents: Sequence[Document], inquiry: Inquiry) -> list[Reading]:
    """Return what the reports say that answer; where they are many, which one is asked back."""
    near = inquiry.read(question, _ids(documents))
    if near.refusal in ("off_topic", "not_in_documents") and not near.is_near:
        return [near]
    counted = question.slot.kind == "figure"
    answering = shared(question.plain, documents, inquiry.searcher) if counted else []
    if len({d.place for d in answering}) <= _SHOWN:
        if only := inquiry.searcher.only_in(question.plain, _ids(documents)):
            reading = inquiry.read(question, [only])
            if reading.refusal is None:
                return [reading]
        answering = inquiry.answering(question, _ids(documents))
    if not answering:
        return [near]
    places = list(dict.fromkeys(d.whose for d in answering))
    if len(places) > _SHOWN:
        said = _WHICH.format(len(documents), places[0], question.text)
        return [_refused(question, "which_report", said, near)]
    chosen = sorted(answering, key=lambda d: (places.index(d.whose), -(d.plan_year or 0)))
    grouped = [list(same) for _, same in groupby(chosen, key=lambda d: d.whose)]
    readings = [_newest(question, same, inquiry) for same in grouped]
    return [r for r in readings if r.refusal is None] or readings[:1]


def _refused(question: Question, why: Refusal, told: str, near: Reading | None = None) -> Reading:
    evidence = near.evidence if near else []
    return Reading(question, evidence, [], None, near.confidence if near else 0.0, why, told)


def _or(names: Sequence[str]) -> str:
    return f"{'、'.join(names[:-1])}或{names[-1]}"


def _ids(documents: Sequence[Document]) -> list[str]:
    return [document.id for document in documents]
