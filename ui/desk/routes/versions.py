"""The versions of the index: what changed from one to the next, and the way back, for admins."""

from functools import lru_cache
from threading import Lock

from fastapi import APIRouter, Request
from fastapi.responses import Response

from corpus.errors import InputError, StoreError
from corpus.identity import NAMES
from index.changes import Changes, changes
from index.upkeep import roll_back
from index.versions import Versions
from ui.desk.desk import Desk
from ui.desk.door import Admin, Editor, Reader, TheDesk
from ui.desk.facts import KINDS
from ui.desk.failures import FAILURES, told
from ui.desk.forms import Form
from ui.desk.history import known, listed
from ui.desk.pages import gone_to, page
from ui.desk.sessions import Who

_SHOWN = 100  # paragraphs of a document
_COMPARING = Lock()  # a cache alone lets all who ask at once work the same out
_LABELS = {**NAMES, "note": "说明"}

router = APIRouter(prefix="/versions")


@router.get("")
def versions(request: Request, desk: TheDesk, who: Reader) -> Response:
    """List the versions, newest first."""
    store = desk.assembly.store
    found = [listed(desk, name) for name in reversed(store.names())]
    return page(request, "versions.html", who, versions=found, current=store.pointed())


@router.get("/{name}")
def version(request: Request, desk: TheDesk, who: Reader, name: str) -> Response:
    """Show what changed from another version to this one; without `from`, from the one before."""
    shown = listed(desk, name)
    before = request.query_params.get("from", "") or shown.before
    store, found, compared, fault = desk.assembly.store, None, None, ""
    if before:
        known(desk, before)
        try:
            with _COMPARING:
                found = _changes(store, before, name)
            compared = desk.golden.compared(before, name)
        except StoreError as error:
            fault = str(error)
    return page(
        request, "version.html", who, version=shown, before=before, found=found, error=fault,
        others=[n for n in reversed(store.names()) if n != name], compared=compared,
        progress=desk.golden.progress(before, name), current=store.pointed(),
        most=_SHOWN, labels=_LABELS, kinds=KINDS,
    )  # fmt: skip


@router.post("/{name}/answers")
def answers(request: Request, desk: TheDesk, who: Editor, name: str, typed: Form) -> Response:
    """Begin to compare the answers of two versions."""
    before = typed.get("from", "")
    known(desk, name)
    known(desk, before)
    with desk.database.writing() as connection:
        desk.record(connection, who, "golden.ask", f"{before} → {name}", "已开始")
        desk.golden.begin(before, name)
    return gone_to(request, f"/versions/{name}?from={before}&quiet=1")


@router.get("/{name}/rollback")
def rollback(request: Request, desk: TheDesk, who: Admin, name: str) -> Response:
    """Ask once more before going back."""
    if name == desk.assembly.store.pointed():
        raise InputError("这就是使用中的版本，不用回退")
    return _asked_again(request, desk, who, name)


@router.post("/{name}/rollback")
def back(request: Request, desk: TheDesk, who: Admin, name: str, typed: Form) -> Response:
    """Make a version the one in use, unless another came into use since that was asked."""
    store, now = desk.assembly.store, desk.assembly.store.pointed()
    known(desk, name)
    try:
        if typed.get("again", "") != "yes":
            raise InputError("请勾选“确认回退”，再点“回到这个版本”")
        if typed.get("version", "") != now:
            raise InputError("使用中的版本刚刚换了，请看清楚再决定")
        with desk.database.writing() as connection:
            before = f"原来是 {now or '（没有）'}"
            desk.record(connection, who, "version.rollback", name, before)
            roll_back(store, name)
    except FAILURES as error:
        return _asked_again(request, desk, who, name, *told(error))
    return gone_to(request, "/versions", "back")


@lru_cache(maxsize=4)
def _changes(store: Versions, before: str, after: str) -> Changes:
    """Return what changed, worked out once: a version never changes, and a page asks again."""
    return changes(store, before, after)


def _asked_again(
    request: Request, desk: Desk, who: Who, name: str, status: int = 200, error: str = ""
) -> Response:
    current = desk.assembly.store.pointed()
    return page(
        request, "rollback.html", who, status, error=error, version=listed(desk, name),
        current=current, now=listed(desk, current) if current else None,
    )  # fmt: skip
