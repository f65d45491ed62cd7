"""The people of the desk, for admins: new ones, roles, passwords, locks."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from corpus.errors import InputError
from ui.desk.door import Admin, TheDesk, desk_of
from ui.desk.forms import Form, Typed
from ui.desk.pages import gone_to, page
from ui.desk.roles import Role
from ui.desk.sessions import Who

router = APIRouter(prefix="/people")


@router.get("")
def people(request: Request, who: Admin) -> Response:
    """List everybody, with a form for one more."""
    return _shown(request, who)


@router.post("")
def add(request: Request, desk: TheDesk, who: Admin, typed: Form) -> Response:
    """Add somebody."""
    try:
        name, password = typed.get("name", ""), _twice(typed)
        desk.accounts.add(name, _role(typed), password, who.name)
    except InputError as error:
        return _shown(request, who, 422, str(error), typed)
    return gone_to(request, "/people", "added")


@router.get("/{name}")
def person(request: Request, who: Admin, name: str) -> Response:
    """Show what can be done about somebody."""
    return _person(request, who, name)


@router.post("/{name}/role")
def role(request: Request, desk: TheDesk, who: Admin, name: str, typed: Form) -> Response:
    """Give somebody another role."""
    try:
        desk.accounts.set_role(name, _role(typed), who.name)
    except InputError as error:
        return _person(request, who, name, 422, str(error))
    return gone_to(request, "/people", "role")


@router.post("/{name}/password")
def password(request: Request, desk: TheDesk, who: Admin, name: str, typed: Form) -> Response:
    """Give somebody another password."""
    try:
        desk.accounts.set_password(name, _twice(typed), who.name)
    except InputError as error:
        return _person(request, who, name, 422, str(error))
    return gone_to(request, "/people", "reset")


@router.post("/{name}/unlock")
def unlock(request: Request, desk: TheDesk, who: Admin, name: str) -> Response:
    """Let somebody try again."""
    desk.accounts.unlock(name, who.name)
    return gone_to(request, "/people", "unlocked")


@router.post("/{name}/remove")
def remove(request: Request, desk: TheDesk, who: Admin, name: str, typed: Form) -> Response:
    """Remove somebody, once that was said twice."""
    try:
        if typed.get("again", "") != "yes":
            raise InputError("请勾选“确认移除”，再点“移除”")
        desk.accounts.remove(name, who.name)
    except InputError as error:
        return _person(request, who, name, 422, str(error))
    return gone_to(request, "/people", "removed")


def _shown(
    request: Request, who: Who, status: int = 200, error: str = "", typed: Typed | None = None
) -> Response:
    return page(
        request, "people.html", who, status, error=error, typed=typed or {},
        people=desk_of(request).accounts.all(),
    )  # fmt: skip


def _person(request: Request, who: Who, name: str, status: int = 200, error: str = "") -> Response:
    everybody = desk_of(request).accounts.all()
    found = next((account for account in everybody if account.name == name), None)
    if found is None:
        raise InputError(f"没有“{name}”这个人，请回到人员页核对")
    return page(request, "person.html", who, status, error=error, person=found)


def _role(typed: Typed) -> Role:
    try:
        return Role(typed.get("role", ""))
    except ValueError as error:
        raise InputError("请选一个角色") from error


def _twice(typed: Typed) -> str:
    """Return a new password that was typed twice alike."""
    if typed.get("password", "") != typed.get("password_again", ""):
        raise InputError("两次输入的密码不一样，请重新输入")
    return typed.get("password", "")
