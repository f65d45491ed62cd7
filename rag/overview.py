"""What a report says as a whole: of one its outline, of several the question which is meant."""

from collections.abc import Sequence

from corpus.documents import Document
from index.scope import listing
from rag.answers import Refusal
from rag.inquiry import Reading
from rag.outlining import outlined
from rag.questions import Question
from rag.years import asked_year, plan_year

_FLAT = "《{}》没有分级的小标题，列不出各部分；请直接问其中的一件事。"

_REVIEW = "工作回顾讲了什么"  # what a report says of the year before


def overview(question: Question, documents: Sequence[Document]) -> Reading:
    """Return the outline of the report that is meant, or why there is none."""
    reports = [d for d in documents if plan_year(d)] or list(documents)
    report = _meant(question, reports)
    if report is None:
        return _refused(question, "which_report", _which(reports))
    year, plan = asked_year(question.plain, plan_year(report)), plan_year(report)
    if plan is None or year in (None, "now", plan):
        found = outlined(question.plain, report, whole=True)
    else:
        found = outlined(_REVIEW, report) if year == plan - 1 else None
        if found is None:
            return _refused(question, "other_year", listing(reports))
    if found is None:
        return _refused(question, "not_in_documents", _FLAT.format(report.title))
    return Reading(question, [], [], found, 1.0, None)


def _meant(question: Question, reports: Sequence[Document]) -> Document | None:
    """Return the report of the asked year, else the newest; None where several may be meant."""
    newest = max(reports, key=lambda d: plan_year(d) or 0)
    of_one = len({d.whose for d in reports}) == 1 and len({plan_year(d) for d in reports}) == len(
        reports
    )
    if not of_one:
        return None
    year = asked_year(question.plain, plan_year(newest))
    return next((d for d in reports if plan_year(d) == year), newest)


def _which(reports: Sequence[Document]) -> str:
    place = next((d.place for d in reports if d.place), "")
    named = f"请说明是哪个地方的，例如“{place}的报告讲了什么？”。" if place else ""
    return f"收录的有 {len(reports)} 份，{named or '请先选定一份再问。'}{listing(reports)}"


def _refused(question: Question, why: Refusal, told: str) -> Reading:
    return Reading(question, [], [], None, 0.0, why, told)
