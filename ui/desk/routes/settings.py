"""What visitors see of the site and what is switched on, for admins."""

from dataclasses import asdict

from fastapi import APIRouter, Request
from fastapi.responses import Response

from corpus.errors import InputError, JinwenError
from ui import site
from ui.asked import DAYS
from ui.desk.desk import Desk
from ui.desk.door import Admin, TheDesk
from ui.desk.failures import FAILURES, told
from ui.desk.forms import Form, Typed
from ui.desk.pages import gone_to, page
from ui.desk.sessions import Who
from ui.site import Site, SiteFile

_NAMES = {"name": "名称", "notice": "公告", "examples": "示例问题", "generation": "语言模型",
          "hints": "检索提示", "logging": "提问记录"}  # fmt: skip
_CHANGED = 409  # the page shows what is set now beside what was typed

router = APIRouter(prefix="/site")


@router.get("")
def settings(request: Request, desk: TheDesk, who: Admin) -> Response:
    """Show the form with what is set now."""
    return _shown(request, desk, who)


@router.post("")
def save(request: Request, desk: TheDesk, who: Admin, typed: Form) -> Response:
    """Save what was typed, unless somebody else has saved since the form was shown."""
    file = _file(desk)
    try:
        wanted, before = _wanted(typed, desk, file.site), file.site
        changed = [_NAMES[k] for k, v in asdict(wanted).items() if v != getattr(before, k)]
        with desk.database.writing() as connection:
            desk.record(connection, who, "site.set", "、".join(changed) or "没有变化")
            file.save(wanted, typed.get("version", ""))
    except FAILURES as error:
        return _shown(request, desk, who, *told(error), typed)
    return gone_to(request, "/site", "saved")


@router.post("/clear")
def clear(request: Request, desk: TheDesk, who: Admin, typed: Form) -> Response:
    """Delete the log of questions."""
    try:
        if typed.get("again", "") != "yes":
            raise InputError("请勾选“确认删除”，再点“清空”")
        with desk.database.writing() as connection:
            desk.record(connection, who, "asked.clear", f"{desk.asked.count()} 条")
            desk.asked.clear()
    except FAILURES as error:
        return _shown(request, desk, who, *told(error))
    return gone_to(request, "/site", "cleared")


def _shown(
    request: Request, desk: Desk, who: Who, status: int = 200, error: str = "",
    typed: Typed | None = None,
) -> Response:  # fmt: skip
    file = _file(desk)
    edition, now = file.edition, file.site
    if typed is not None and status != _CHANGED:  # the form still knows no more than it did
        edition = typed.get("version", "")
    shown = dict(typed) if typed is not None else _as_typed(now)
    chat = desk.assembly.config.chat
    return page(
        request, "site.html", who, status, error=error or file.fault, typed=shown, now=now,
        edition=edition, is_other=status == _CHANGED, chat=chat.name if chat else "",
        hints="、".join(sorted(chat.hints)) if chat else "", limits=site, days=DAYS,
        kept=_kept(desk),
    )  # fmt: skip


def _file(desk: Desk) -> SiteFile:
    return SiteFile(desk.assembly.config.home)


def _kept(desk: Desk) -> int:
    """Return how many questions are kept, -1 where it cannot be told."""
    try:
        return desk.asked.count()
    except JinwenError:
        return -1


def _as_typed(now: Site) -> Typed:
    """Return settings as a form has them."""
    switches = {name: "on" for name in ("generation", "hints", "logging") if getattr(now, name)}
    texts = {"name": now.name, "notice": now.notice, "examples": "\n".join(now.examples)}
    return {**texts, **switches}


def _wanted(typed: Typed, desk: Desk, now: Site) -> Site:
    """Return the site of a form; a switch the form cannot offer stays as it is."""
    chat = desk.assembly.config.chat
    return Site.of({
        "name": typed.get("name", ""), "notice": typed.get("notice", ""),
        "examples": typed.get("examples", "").splitlines(),
        "generation": "generation" in typed if chat else now.generation,
        "hints": "hints" in typed if chat and chat.hints else now.hints,
        "logging": "logging" in typed,
    })  # fmt: skip
