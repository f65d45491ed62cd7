"""A desk on a home of its own, with one person of each role, and browsers without a screen."""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from rag.assembly import Assembly, Config
from ui.desk.app import desk_app
from ui.desk.desk import Desk
from ui.desk.roles import Role
from ui.web.guard import Guard
from ui.web.server import mounted

PASSWORD = "长长的一句口令-2026"
NAMES = {Role.READER: "刘看", Role.EDITOR: "陈编", Role.ADMIN: "王管"}


class Clock:
    """A clock that goes on when it is told to; it starts in 2026."""

    def __init__(self) -> None:
        self.now = 1_780_000_000.0

    def __call__(self) -> float:
        return self.now


class Visitor:
    """A browser of the desk: keeps cookies, sends forms with what the page hid in them."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def get(self, path: str) -> httpx.Response:
        return self.client.get(f"/desk{path}", follow_redirects=False)

    def post(self, path: str, page: str | None = None, **typed: str) -> httpx.Response:
        """Send the form of `page` (default: the page that is sent to), as a person would."""
        form_token = token_in(self.get(path if page is None else page).text)
        data = {"form_token": form_token, **typed}
        return self.client.post(f"/desk{path}", data=data, follow_redirects=False)

    def enter(self, name: str, password: str = PASSWORD) -> httpx.Response:
        return self.post("/login", name=name, password=password)


def token_in(html: str) -> str:
    found = re.search(r'name="form_token" value="([0-9a-f]+)"', html)
    return found[1] if found else ""


def said(reply: httpx.Response) -> str:
    """Return what the page tells in its note, "" where it tells nothing."""
    found = re.search(r'<p class="note [a-z]+" role="(?:alert|status)">(.*?)</p>', reply.text)
    return unescape(found[1]) if found else ""


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def bare(assembly: Assembly, home: Path, clock: Clock, url: str) -> Iterator[Desk]:
    """A desk nobody has an account at."""
    shutil.copytree(assembly.config.home, home)
    made = Assembly(Config(home, assembly.config.embedder))
    made.config = replace(made.config, index_url=url)  # the index stays in the home
    desk = Desk(made, clock=clock)
    yield desk
    desk.database.close()


@pytest.fixture
def desk(bare: Desk) -> Desk:
    for role, name in NAMES.items():
        bare.accounts.add(name, role, PASSWORD, "test")
    return bare


@pytest.fixture
def app(desk: Desk) -> FastAPI:
    return around(desk)


@pytest.fixture
def whole(desk: Desk) -> FastAPI:
    """The desk beside all that is served with it: the API and Gradio's own routes."""
    return mounted(desk.assembly, desk)


def around(desk: Desk) -> FastAPI:
    """Return an application with the desk alone, which is there in no time."""
    app = FastAPI()
    app.mount("/desk", desk_app(desk))
    return app


@pytest.fixture
def visitor(app: FastAPI) -> Visitor:
    return Visitor(TestClient(Guard(app)))


@pytest.fixture
def entering(app: FastAPI) -> Callable[[Role], Visitor]:
    """Return somebody of a role who has signed in."""

    def enter(role: Role) -> Visitor:
        visitor = Visitor(TestClient(Guard(app)))
        assert visitor.enter(NAMES[role]).status_code == 303
        return visitor

    return enter
