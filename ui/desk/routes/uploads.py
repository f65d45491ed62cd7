"""Uploading documents, and what became of each upload."""

from contextlib import suppress
from pathlib import Path

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from corpus.errors import InputError, StoreError
from corpus.library import shipped
from corpus.loaders.formats import format_of
from ui.desk.desk import Desk
from ui.desk.door import COOKIE, NotOursError, Reader, TheDesk, desk_of, entered
from ui.desk.forms import Typed, is_ours
from ui.desk.pages import gone_to, page, page_count, page_number
from ui.desk.receiving import MOST_A_FILE, MOST_IN_ALL, Received, receive
from ui.desk.roles import Role
from ui.desk.sessions import Who

_JOBS = 20

router = APIRouter(prefix="/uploads")


@router.get("")
def uploads(request: Request, who: Reader) -> Response:
    """Show the form and the uploads, newest first."""
    return _shown(request, who)


def _editor(request: Request) -> Who:
    """Return who uploads; the form's token comes with the body and is looked at there."""
    request.state.who = who = entered(request, Role.EDITOR, {})
    return who


@router.post("")
async def upload(request: Request, desk: TheDesk, who: Who = Depends(_editor)) -> Response:  # noqa: B008
    """Take files in as they come and queue them; whoever was signed out meanwhile is told."""
    replaces = request.query_params.get("replaces", "")

    def allow(typed: Typed) -> None:
        if not is_ours(request.cookies[COOKIE], typed):
            raise NotOursError(who, {})

    folder = await run_in_threadpool(desk.incoming.new)
    try:
        received = await receive(
            request.headers.get("content-type", ""), request.headers.get("content-length", ""),
            request.stream(), folder, allow,
        )  # fmt: skip
        allow(received.fields)
        await run_in_threadpool(_queue, request, desk, received, folder.name, replaces)
    except InputError as error:
        desk.incoming.drop(folder)
        status = getattr(error, "status", 422)
        return await run_in_threadpool(_shown, request, who, status, str(error))
    except BaseException:
        desk.incoming.drop(folder)
        raise
    return gone_to(request, "/uploads")


def _queue(request: Request, desk: Desk, received: Received, folder: str, replaces: str) -> None:
    who = entered(request, Role.EDITOR, {})  # uploading may have taken longer than the session
    if not received.files:
        refused = "；".join(received.refused.values())
        raise InputError(refused or "还没有选文件，请先选文件再上传")
    if replaces and len(received.files) + len(received.refused) > 1:
        raise InputError("替换一份文档只能选一个文件，请重新选择")
    if replaces and format_of(Path(received.files[0])) == "jsonl":
        raise InputError("jsonl 里一行是一份文档，不能用来替换；请换成一份文档的文件，或直接上传它")
    if replaces in {document.id for document in shipped()}:
        raise InputError("随附报告不能替换，请直接上传新的文档")
    desk.settle()
    number = desk.jobs.add(who.name, folder, received.files, received.refused, replaces)
    desk.worker.submit(number)


def _shown(request: Request, who: Who, status: int = 200, error: str = "") -> Response:
    desk = desk_of(request)
    with suppress(StoreError):  # where nothing can be written there still is something to read
        desk.settle()
    number = page_number(request)
    jobs = desk.jobs.latest(_JOBS, (number - 1) * _JOBS)
    return page(
        request, "uploads.html", who, status, error=error, jobs=jobs, number=number,
        pages=page_count(desk.jobs.count(), _JOBS), is_open=any(j.state.is_open for j in jobs),
        may_upload=who.role.may(Role.EDITOR), most_a_file=MOST_A_FILE, most_in_all=MOST_IN_ALL,
    )  # fmt: skip
