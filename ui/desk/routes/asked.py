"""What was asked and refused or disliked, for editors, and cases made of it."""

from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response

from ui.asked import DAYS
from ui.asked.groups import DISLIKED
from ui.cases import FILE, CaseFile, expected
from ui.desk.door import Editor, TheDesk
from ui.desk.failures import FAILURES, told
from ui.desk.forms import Form
from ui.desk.kinds import KINDS, REFUSALS
from ui.desk.pages import gone_to, page, page_count, page_number
from ui.site import SiteFile

COUNT = 50  # questions on a page

router = APIRouter(prefix="/asked")


@router.get("")
def asked(request: Request, desk: TheDesk, who: Editor) -> Response:
    """Show a page of the questions; where none are kept, how that is switched on."""
    home = desk.assembly.config.home
    if not SiteFile(home).site.logging:
        return page(request, "asked.html", who, is_kept=False, days=DAYS)
    log, kind = desk.asked, request.query_params.get("kind", "")
    log.hear(desk.feedback)
    number = page_number(request)
    groups, total = log.groups(kind, (number - 1) * COUNT, COUNT)
    return page(
        request, "asked.html", who, is_kept=True, groups=groups, total=total, number=number,
        pages=page_count(total, COUNT), kind=kind, kinds=log.kinds(), labels=KINDS, days=DAYS,
        query=urlencode({"kind": kind} if kind else {}, errors="replace"),
        cases=set(CaseFile(home).questions()), disliked=DISLIKED,
    )  # fmt: skip


@router.get("/case")
def case(request: Request, who: Editor) -> Response:
    """Show the form that makes a case of a question."""
    typed = {"question": request.query_params.get("question", "")}
    return page(request, "case.html", who, typed=typed, refusals=REFUSALS, file=FILE)


@router.post("/case")
def add(request: Request, desk: TheDesk, who: Editor, typed: Form) -> Response:
    """Make a case of a question."""
    try:
        made = expected(typed, desk.assembly.documents())
        with desk.database.writing() as connection:
            desk.record(connection, who, "case.add", made.question)
            CaseFile(desk.assembly.config.home).append(made)
    except FAILURES as error:
        status, line = told(error)
        return page(
            request, "case.html", who, status, error=line, typed=typed, refusals=REFUSALS, file=FILE
        )
    return gone_to(request, "/asked", "case")
