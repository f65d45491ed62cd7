"""Who comes in with a key, without one, and with what is none; over a small application."""

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from ui.desk.keys import Keys
from ui.ledger.database import NAME, Database
from ui.web.guard import Guard
from ui.web.keyed import NEEDED, WRONG, Keyed, key_of

ASK, CHAT, MCP = "/api/ask", "/v1/chat/completions", "/mcp"


async def _told(request: Request) -> PlainTextResponse:
    key = key_of(request.scope)
    return PlainTextResponse(key.name if key else "nobody")


def _application() -> Starlette:
    app = Starlette()
    app.add_route("/{path:path}", _told, ["GET", "POST"])
    return app


@pytest.fixture
def keys(home: Path) -> Keys:
    return Keys(Database(home / NAME), lambda: 1_780_000_000.0)


@pytest.fixture
def open_to_all(keys: Keys) -> TestClient:
    return TestClient(Guard(Keyed(_application(), keys)))


@pytest.fixture
def closed(keys: Keys) -> TestClient:
    return TestClient(Guard(Keyed(_application(), keys, needed=True)))


def bearing(token: str, scheme: str = "Bearer ") -> dict[str, str]:
    return {"authorization": f"{scheme}{token}"}


def test_a_key_tells_who_asks_until_it_is_removed(open_to_all: TestClient, keys: Keys) -> None:
    token = keys.add("portal", 5, "test")
    for path in (ASK, CHAT, MCP):
        assert open_to_all.post(path, headers=bearing(token)).text == "portal"
        assert open_to_all.post(path, headers=bearing(token, "bearer  ")).text == "portal"
    keys.remove("portal", "test")
    for path in (ASK, CHAT, MCP):
        assert open_to_all.post(path, headers=bearing(token)).status_code == 401


@pytest.mark.parametrize("sent", ["Bearer jw-", "Bearer jw-short", "Bearer JW-x", "jw-x", "Jw-x",
                                  "Bearer jw-" + "a" * 43])  # fmt: skip
def test_a_key_that_is_none_is_never_nobody(open_to_all: TestClient, sent: str) -> None:
    head = {"authorization": sent}
    told = open_to_all.post(ASK, headers=head)
    assert (told.status_code, told.json()) == (401, {"error": WRONG})
    assert told.headers["www-authenticate"] == "Bearer"
    error = {"message": WRONG, "type": "invalid_request_error", "param": None,
             "code": "invalid_api_key"}  # fmt: skip
    assert open_to_all.post(CHAT, headers=head).json() == {"error": error}
    assert open_to_all.post(MCP, headers=head).json() == {
        "jsonrpc": "2.0", "id": None, "error": {"code": -32000, "message": WRONG},
    }  # fmt: skip
    assert open_to_all.get("/api/health", headers=head).status_code == 401
    assert open_to_all.get("/", headers=head).text == "nobody"  # the page knows no keys


@pytest.mark.parametrize(
    "sent", ["", "Bearer", "Bearer ", "Bearer EMPTY", "Bearer none", "Bearer sk-x", "Basic and3"]
)
def test_what_is_no_key_of_ours_is_nobody(open_to_all: TestClient, sent: str) -> None:
    head = {"authorization": sent} if sent else {}
    assert open_to_all.post(CHAT, headers=head).text == "nobody"


def test_where_a_key_is_needed_only_the_page_is_open(closed: TestClient, keys: Keys) -> None:
    for path in (ASK, CHAT, MCP, "/api/documents", "/api/search", "/v1/models", "/api/healthy"):
        for head in ({}, bearing("EMPTY")):
            told = closed.post(path, headers=head)
            assert (told.status_code, NEEDED in told.json().__str__()) == (401, True)
    assert closed.post("/api/documents/x").status_code == 401
    for path in ("/", "/gradio_api/queue/join", "/desk/login", "/api/health", "/api/ready",
                 "/api/documents/tianjin-2024", "/api/table.csv"):  # fmt: skip
        assert closed.get(path).text == "nobody"
    assert closed.post(ASK, headers=bearing(keys.add("portal", 5, "test"))).text == "portal"


def test_where_keys_cannot_be_looked_up_nobody_comes_in_with_one(
    open_to_all: TestClient, keys: Keys, home: Path
) -> None:
    token = keys.add("portal", 5, "test")
    for file in home.glob("desk.sqlite-*"):
        file.unlink()
    (home / NAME).write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    told = open_to_all.post(CHAT, headers=bearing(token))
    assert (told.status_code, told.json()["error"]["code"]) == (503, "unavailable")
    assert "已损坏" in told.json()["error"]["message"]
    assert open_to_all.post(CHAT).text == "nobody"
