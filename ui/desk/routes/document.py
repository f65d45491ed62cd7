"""One document: what it is, what it says, and taking it away."""

from collections.abc import Callable
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import Response

from corpus.documents import Document
from corpus.errors import CorpusError, StoreError
from corpus.library import shipped
from index.upkeep import Change
from ui.desk import audit
from ui.desk.desk import Desk
from ui.desk.door import Editor, Reader, TheDesk
from ui.desk.facts import KINDS, changes, facts_of, version_of
from ui.desk.failures import FAILURES, told
from ui.desk.forms import Form, Typed
from ui.desk.pages import gone_to, page, page_count, page_number
from ui.desk.patience import patiently
from ui.desk.receiving import MOST_A_FILE, MOST_IN_ALL
from ui.desk.roles import Role
from ui.desk.sessions import Who
from ui.desk.text import PARAGRAPHS, headings, paragraphs

_BUSY_SECONDS, _AGAIN_SECONDS = 5.0, 0.25
_OUTDATED = "您打开这一页之后，别人改过这份文档；您填的还在下面，核对后再点“保存”"

router = APIRouter(prefix="/documents/one")


@router.get("")
def document(request: Request, desk: TheDesk, who: Reader) -> Response:
    """Show what a document is."""
    return _shown(request, who, _document(request, desk))


@router.post("")
def save(request: Request, desk: TheDesk, who: Editor, typed: Form) -> Response:
    """Set what a document is, unless somebody else did since the form was made."""
    with desk.changing:
        found = _document(request, desk)
        if typed.get("version") != version_of(found):
            return _shown(request, who, found, 409, _OUTDATED, typed)
        try:
            fresh = changes(found, typed)
            if fresh:
                change = _patiently(lambda: desk.assembly.upkeep().set(found.id, fresh))
        except FAILURES as error:
            status, why = told(error)
            status = 422 if isinstance(error, CorpusError) else status
            return _shown(request, who, found, status, why, typed)
    outcome = "、".join(f"{name}：{value}" for name, value in fresh.items())
    try:
        told_of = audit.with_version(outcome, change.version) if fresh else "没有变化"
        _record(desk, who, "document.set", found.id, told_of)
    except StoreError as error:
        why = f"已经改好，但没能记入操作记录：{error}"
        return _shown(request, who, _document(request, desk), 503, why, typed)
    return gone_to(request, f"/documents/one?id={quote(found.id, safe='')}", "saved")


@router.get("/text")
def text(request: Request, desk: TheDesk, who: Reader) -> Response:
    """Show a page of what a document says."""
    found, number = _document(request, desk), page_number(request)
    lines = paragraphs(found)
    return page(
        request, "text.html", who, document=found, headings=headings(lines), number=number,
        paragraphs=lines[(number - 1) * PARAGRAPHS : number * PARAGRAPHS],
        pages=page_count(len(lines), PARAGRAPHS),
    )  # fmt: skip


@router.get("/remove")
def ask(request: Request, desk: TheDesk, who: Editor) -> Response:
    """Ask once more."""
    return page(request, "remove.html", who, document=_document(request, desk))


@router.post("/remove")
def remove(request: Request, desk: TheDesk, who: Editor) -> Response:
    """Take a document out of the index."""
    found = _document(request, desk)
    try:
        change = _patiently(lambda: desk.assembly.upkeep().remove(found.id))
    except (StoreError, OSError) as error:
        status, why = told(error)
        return page(request, "remove.html", who, status, document=found, error=why)
    try:
        outcome = audit.with_version("成功", change.version)
        _record(desk, who, "document.remove", found.id, outcome)
    except StoreError as error:
        why = f"已经移除，但没能记入操作记录：{error}"
        return page(request, "error.html", who, 503, error=why, kept=[])
    return gone_to(request, "/documents", "removed")


def _document(request: Request, desk: Desk) -> Document:
    identity = request.query_params.get("id", "")
    found = {d.id: d for d in desk.assembly.documents()}.get(identity)
    if found is None:
        raise CorpusError(f"没有文档“{identity[:80]}”，可能已被移除，请回到文档列表")
    return found


def _shown(
    request: Request, who: Who, found: Document, status: int = 200, error: str = "",
    typed: Typed | None = None,
) -> Response:  # fmt: skip
    ours = {document.id for document in shipped()}
    return page(
        request, "document.html", who, status, error=error, document=found, kinds=KINDS,
        facts=facts_of(found), typed=typed or {}, version=version_of(found),
        may_edit=who.role.may(Role.EDITOR), kind=KINDS[found.kind], is_shipped=found.id in ours,
        may_replace=found.id not in ours and found.format != "jsonl",
        most_a_file=MOST_A_FILE, most_in_all=MOST_IN_ALL,
    )  # fmt: skip


def _patiently(change: Callable[[], Change]) -> Change:
    return patiently(change, _BUSY_SECONDS, _AGAIN_SECONDS)


def _record(desk: Desk, who: Who, action: str, subject: str, outcome: str) -> None:
    with desk.database.writing() as connection:
        desk.record(connection, who, action, subject, outcome)
