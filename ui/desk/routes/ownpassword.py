"""One's own password."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from corpus.errors import InputError
from ui.addresses import visitor_of
from ui.desk.desk import Desk
from ui.desk.door import COOKIE, Reader, TheDesk
from ui.desk.forms import Form, Typed
from ui.desk.pages import gone_to, page
from ui.desk.sessions import Who

router = APIRouter(prefix="/password")


@router.get("")
def own(request: Request, who: Reader) -> Response:
    """Show the form."""
    return page(request, "password.html", who)


@router.post("")
def change(request: Request, desk: TheDesk, who: Reader, typed: Form) -> Response:
    """Change it, which ends all sessions of this person."""
    try:
        _change(request, desk, who, typed)
    except InputError as error:
        return page(request, "password.html", who, 422, error=str(error))
    reply = gone_to(request, "/login", "password")
    reply.delete_cookie(COOKIE, path=desk.root)
    return reply


def _change(request: Request, desk: Desk, who: Who, typed: Typed) -> None:
    if typed.get("password", "") != typed.get("password_again", ""):
        raise InputError("两次输入的新密码不一样，请重新输入")
    address = visitor_of(request.scope)
    if not desk.entry.knows(who, typed.get("password_now", ""), address):
        raise InputError("现在的密码不对，请重新输入")
    desk.accounts.set_password(who.name, typed.get("password", ""), who.name)
