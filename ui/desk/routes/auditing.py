"""What was done at the desk, for admins: newest first, by who, by what, by a word."""

from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response

from ui.desk import audit
from ui.desk.door import Admin, TheDesk
from ui.desk.pages import page, page_count, page_number

router = APIRouter(prefix="/audit")


@router.get("")
def listed(request: Request, desk: TheDesk, who: Admin) -> Response:
    """Show a page of the record."""
    asked = {name: request.query_params.get(name, "").strip() for name in ("who", "action", "text")}
    number = page_number(request)
    with desk.database.reading() as connection:
        found, count = audit.entries(connection, **asked, page=number)
    pages = page_count(count, audit.PAGE)
    return page(
        request, "audit.html", who, entries=found, count=count, number=number, pages=pages,
        actions=audit.ACTIONS, asked=asked,
        query=urlencode({name: value for name, value in asked.items() if value}, errors="replace"),
    )  # fmt: skip
