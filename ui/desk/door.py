"""Who may open which page: every page but the login asks here.

@router.get("/people")
def people(request: Request, who: Admin) -> Response: ...
"""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request

from ui.desk.desk import Desk
from ui.desk.forms import READS, Form, Typed, is_ours
from ui.desk.roles import Role
from ui.desk.sessions import Who

COOKIE = "jinwen_desk"


class NotSignedInError(Exception):
    """Nobody is signed in, or not any more; `typed` is what the form had."""

    def __init__(self, typed: Typed) -> None:
        super().__init__()
        self.typed = typed


class NotAllowedError(Exception):
    """Somebody's role is not enough."""

    def __init__(self, who: Who) -> None:
        super().__init__()
        self.who = who


class NotOursError(Exception):
    """A form came without the token of its session."""

    def __init__(self, who: Who, typed: Typed) -> None:
        super().__init__()
        self.who, self.typed = who, typed


def desk_of(request: Request) -> Desk:
    """Return the desk that a request is for."""
    desk: Desk = request.app.state.desk
    return desk


def entered(request: Request, least: Role, typed: Typed) -> Who:
    """Return who asks; raises NotSignedInError or NotAllowedError.

    What a page asks by itself, with `quiet`, does not keep a session alive.
    """
    quiet = "quiet" in request.query_params
    who = desk_of(request).entry.who(request.cookies.get(COOKIE, ""), touch=not quiet)
    if who is None:
        raise NotSignedInError(typed)
    if not who.role.may(least):
        raise NotAllowedError(who)
    return who


def signed_in(least: Role) -> Callable[..., Who]:
    """Return the dependency that lets in whoever has this role or more.

    Whatever is no GET changes something, and has to come from a form of the same session.
    """

    def let_in(request: Request, typed: Form) -> Who:
        request.state.who = who = entered(request, least, typed)
        if request.method not in READS and not is_ours(request.cookies[COOKIE], typed):
            raise NotOursError(who, typed)
        return who

    return let_in


TheDesk = Annotated[Desk, Depends(desk_of)]
Reader = Annotated[Who, Depends(signed_in(Role.READER))]
Editor = Annotated[Who, Depends(signed_in(Role.EDITOR))]
Admin = Annotated[Who, Depends(signed_in(Role.ADMIN))]
