"""Every route of the desk, found from the route table: who is let in, and who is not."""

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from starlette.routing import BaseRoute, Mount, Route
from starlette.testclient import TestClient

from tests.ui.desk.conftest import NAMES, PASSWORD, Clock, Visitor, token_in
from ui.desk.desk import Desk
from ui.desk.roles import Role
from ui.desk.sessions import IDLE_SECONDS, WHOLE_SECONDS, form_token
from ui.web.guard import Guard

Entering = Callable[[Role], Visitor]
OPEN = {"/desk", "/desk/login", "/desk/assets/{name}"}  # these show nothing of the desk
# Who may open what; what is not here is for everybody who is signed in.
LEAST = {
    "/desk/people": Role.ADMIN, "/desk/people/{name}": Role.ADMIN, "/desk/audit": Role.ADMIN,
    "/desk/site": Role.ADMIN, "/desk/versions/{name}/rollback": Role.ADMIN,
    "/desk/asked": Role.EDITOR, "/desk/asked/case": Role.EDITOR,
    "/desk/documents/one/remove": Role.EDITOR,
}  # fmt: skip


def _leaves(routes: list[BaseRoute], before: str = "") -> Iterator[tuple[str, str]]:
    for route in routes:
        if isinstance(route, Mount):
            yield from _leaves(list(route.routes), before + route.path)
        elif isinstance(route, Route):
            for method in sorted(route.methods or ()):
                yield method, before + route.path
        elif hasattr(route, "original_router"):  # FastAPI keeps routers as they were included
            yield from _leaves(_within(route), before)


def _within(route: Any) -> list[BaseRoute]:
    return list(route.original_router.routes)


def routes(app: FastAPI) -> list[tuple[str, str]]:
    """Return method and path of each route under /desk, with a name put in."""
    found = [(m, p) for m, p in _leaves(app.routes) if p == "/desk" or p.startswith("/desk/")]
    assert len(found) > 20
    return found


def _asked(client: TestClient, method: str, path: str) -> httpx.Response:
    address = path.replace("{name}", NAMES[Role.READER]).replace("{path:path}", "nothing/here")
    return client.request(method, address, follow_redirects=False)


def _is_closed(reply: httpx.Response) -> bool:
    """Tell whether a reply is the way to the login or the login itself, and no more."""
    if reply.status_code in (303, 307):
        return reply.headers["location"].startswith("/desk/login")
    if reply.request.method == "HEAD":
        return reply.status_code in (401, 405)
    return reply.status_code == 401 and "<title>登录 ·" in reply.text and "王管" not in reply.text


def _tokens(desk: Desk, clock: Clock, visitor: Visitor) -> dict[str, str]:
    """Return cookies that let nobody in: none, wrong ones, ended ones."""
    ended = {}
    for why, seconds in (("idle", IDLE_SECONDS), ("old", WHOLE_SECONDS)):
        ended[why] = desk.entry.sign_in(NAMES[Role.ADMIN], PASSWORD, "test")
        clock.now += seconds
    visitor.enter(NAMES[Role.ADMIN])
    ended["out"] = visitor.client.cookies["jinwen_desk"]
    assert visitor.get("/people").status_code == 200
    visitor.post("/logout", page="/people")
    return {"none": "", "wrong": "x" * 43, "lone": "\\ud800", **ended}


def test_without_a_valid_session_every_route_is_the_login(
    whole: FastAPI, desk: Desk, clock: Clock, visitor: Visitor
) -> None:
    for why, token in _tokens(desk, clock, visitor).items():
        client = TestClient(Guard(whole), cookies={"jinwen_desk": token} if token else None)
        for method, path in routes(whole):
            if path not in OPEN:
                assert _is_closed(_asked(client, method, path)), (why, method, path)
    assert {account.name for account in desk.accounts.all()} == set(NAMES.values())


def test_open_routes_show_nothing_of_the_desk(whole: FastAPI) -> None:
    client = TestClient(Guard(whole))
    assert client.get("/desk", follow_redirects=False).headers["location"] == "/desk/"
    for path in ("/desk/login", "/desk/assets/tokens.css", "/desk/assets/desk.css"):
        assert client.get(path).status_code == 200
        assert not any(name in client.get(path).text for name in NAMES.values())
    for name in ("..%2Fpages.py", "layout.html", "desk.css.bak"):
        reply = client.get(f"/desk/assets/{name}", follow_redirects=False)
        assert reply.status_code in (303, 404)


@pytest.mark.parametrize("role", list(Role))
def test_each_role_opens_its_pages_and_no_others(
    whole: FastAPI, entering: Entering, role: Role
) -> None:
    client = entering(role).client
    for method, path in routes(whole):
        if method != "GET" or path in OPEN:
            continue
        reply = _asked(client, method, path)
        allowed = role.may(LEAST.get(path, Role.READER))
        expected = {200, 303, 404} if allowed else {403}
        assert reply.status_code in expected, (method, path)
        assert not _is_closed(reply), path


@pytest.mark.parametrize("role", list(Role))
def test_no_form_counts_without_its_token(
    whole: FastAPI, desk: Desk, entering: Entering, role: Role
) -> None:
    visitor = entering(role)
    own = visitor.client.cookies["jinwen_desk"]
    with desk.database.reading() as connection:
        before = connection.execute("SELECT count(*) FROM audit").fetchone()[0]
    for method, path in routes(whole):
        if method in ("GET", "HEAD") or path in OPEN:
            continue
        for wrong in ("", "0" * 64, form_token(own + "x")):
            address = path.replace("{name}", NAMES[Role.READER])
            data = {"form_token": wrong, "role": "admin", "again": "yes"}
            files = {"files": ("a.txt", b"text")} if path == "/desk/uploads" else None
            reply = visitor.client.request(
                method, address, data=data, files=files, follow_redirects=False
            )
            assert reply.status_code == 403, (method, path)
    with desk.database.reading() as connection:
        assert connection.execute("SELECT count(*) FROM audit").fetchone()[0] == before
    assert visitor.post("/logout", page="/password").status_code == 303  # with the token it does


def test_nothing_outside_the_desk_shows_desk_data(whole: FastAPI, visitor: Visitor) -> None:
    asked = 0
    for method, path in _leaves(whole.routes):
        if path.startswith("/desk") or method != "GET" or "{" in path or "heartbeat" in path:
            continue
        asked += 1
        text = visitor.client.get(path, follow_redirects=False).text
        assert not any(name in text for name in (*NAMES.values(), "desk.sqlite", "argon2")), path
    assert asked > 10
    for path in ("/desk.sqlite", "/var/desk.sqlite", "/static/../desk.sqlite"):
        assert b"SQLite format" not in visitor.client.get(path).content


def test_a_stricter_policy_holds_at_the_desk(visitor: Visitor) -> None:
    policy = visitor.client.get("/desk/login").headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "unsafe-inline" in visitor.client.get("/api/health").headers["content-security-policy"]
    page = visitor.client.get("/desk/login")
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["x-frame-options"] == "DENY"
    assert token_in(page.text)
