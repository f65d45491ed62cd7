"""What comes over a bare socket: half, slow, too much or nonsense; nobody else notices."""

import json
import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event
from typing import Any

import httpx
import pytest

from corpus.documents import Document
from rag.assembly import Assembly, Config
from rag.generation.choice import ChatChoice
from tests.scripted import Handler, scripted
from tests.serving import serving
from ui.web.api import api
from ui.web.guard import App, Guard, Receive, Scope, Send
from ui.web.seats import Seats

QUESTION = "今年要改造多少公里燃气管网？"
OLD, NEW = (
    Document("r", "临江市人民政府工作报告", f"今年改造燃气管网{n}公里。", plan_year=2026)
    for n in (623, 777)
)
Place = tuple[str, int]


class Watched:
    """An application whose exceptions are kept: each would be a traceback in the log."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._app(scope, receive, send)
        except Exception as error:
            RAISED.append(error)
            raise


RAISED: list[Exception] = []


@pytest.fixture(autouse=True)
def _nothing_is_raised() -> Iterator[None]:
    yield
    raised, RAISED[:] = list(RAISED), []
    assert raised == []


@pytest.fixture(scope="module")
def seats() -> Seats:
    return Seats(count=1, wait_seconds=0)  # whoever took it for nothing would be noticed at once


@pytest.fixture(scope="module")
def address(assembly: Assembly, seats: Seats) -> Iterator[str]:
    with serving(Watched(Guard(api(assembly, seats)))) as address:
        yield address


def test_the_control_what_is_raised_is_noticed() -> None:
    async def careless(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            raise ValueError("no care")

    with serving(Watched(careless)) as address:
        assert httpx.get(address).status_code == 500
    assert [str(RAISED.pop())] == ["no care"]


def _connected(address: str) -> socket.socket:
    url = httpx.URL(address)
    return socket.create_connection((url.host, url.port or 80), timeout=30)


def _said(connection: socket.socket) -> bytes:
    """Return all that a server says until it closes."""
    told = b""
    while piece := connection.recv(65536):
        told += piece
    return told


def _is_served(address: str) -> bool:
    reply = httpx.post(f"{address}api/ask", json={"question": QUESTION}, timeout=60)
    return reply.status_code == 200 and reply.json()["short_answer"] == "623公里"


HALF = {
    "nothing": b"",
    "half a request line": b"POST /api/a",
    "half of the headers": b"POST /api/ask HTTP/1.1\r\nHost: x\r\nContent-Le",
    "a body that does not end": b"POST /api/ask HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\n{",
    "chunks that do not end": b"POST /api/ask HTTP/1.1\r\nHost: x\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n5\r\n{\"que",
}  # fmt: skip


@pytest.mark.parametrize("sent", HALF.values(), ids=list(HALF))
def test_who_never_finishes_takes_nobodys_seat(address: str, seats: Seats, sent: bytes) -> None:
    with closing(_connected(address)) as slow:
        slow.sendall(sent)
        assert _is_served(address)
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # a reset
    assert _is_served(address)
    assert seats.in_use == 0


NO_HTTP = "这不是合格的 HTTP 请求，请检查请求行和请求头后重试"
NONSENSE = {
    "no http": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 hello\r\n\r\n",
    "no version": b"GET /api/health\r\n\r\n",
    "a negative length": b"POST /api/ask HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    "two lengths": b"POST /api/ask HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n"
    b"Content-Length: 6\r\n\r\n{}",
    "a broken chunk": b"POST /api/ask HTTP/1.1\r\nHost: x\r\n"
    b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    "a broken chunk of a HEAD": b"HEAD /api/health HTTP/1.1\r\nHost: x\r\n"
    b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    "a megabyte of headers": b"GET /api/health HTTP/1.1\r\nHost: x\r\n"
    + b"".join(b"X-%d: %s\r\n" % (n, b"y" * 1000) for n in range(1000)) + b"\r\n",
    "one header of a megabyte": b"GET /api/health HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 1_000_000,
}  # fmt: skip


@pytest.mark.parametrize("sent", NONSENSE.values(), ids=list(NONSENSE))
def test_what_is_no_request_is_refused(
    address: str, sent: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(_connected(address)) as connection:
        try:
            connection.sendall(sent)
            said = _said(connection)
        except (ConnectionResetError, BrokenPipeError):
            said = b""  # closed before all of it was sent
    assert said == b"" or said.startswith(b"HTTP/1.1 400 ")
    assert said == b"" or said.decode().endswith("\r\n\r\n" + NO_HTTP)
    assert _is_served(address)
    assert [record for record in caplog.records if record.name == "asyncio"] == []  # a traceback


def test_what_is_no_http_is_told_so_in_chinese(address: str) -> None:
    with closing(_connected(address)) as connection:
        connection.sendall(NONSENSE["no version"])
        assert _said(connection).decode().endswith("\r\n\r\n" + NO_HTTP)


@pytest.mark.parametrize(
    "kind", ["", "text/plain", "application/xml", "multipart/form-data", "x", "application/json;="]
)
def test_another_content_type_is_told_how_to_ask(address: str, kind: str) -> None:
    for path in ("api/ask", "v1/chat/completions"):
        reply = httpx.post(f"{address}{path}", content=b"<a/>", headers={"content-type": kind})
        error = reply.json()["error"]
        said = error if path == "api/ask" else error["message"]
        assert reply.status_code == 422
        assert said.startswith("请求的格式不对")
        assert "\n" not in said


def test_a_body_without_an_end_is_refused_as_soon_as_it_is_too_long(address: str) -> None:
    head = b"POST /api/ask HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    with closing(_connected(address)) as connection:
        connection.sendall(head + (b"10000\r\n" + b"x" * 0x10000 + b"\r\n") * 5)
        said = connection.recv(65536)
    assert said.startswith(b"HTTP/1.1 413 ")
    assert _is_served(address)


@contextmanager
def _changing(assembly: Assembly, home: Path) -> Iterator[tuple[str, Seats, Event, Event]]:
    """Serve a home of its own with a model that waits between two words: begun, go on."""
    begun, go_on = Event(), Event()

    def slow(handler: Handler, asked: dict[str, Any]) -> None:
        handler.begin_stream()
        handler.send_piece({"content": "今年改造燃气"})
        begun.set()
        go_on.wait(30)
        handler.send_piece({"content": "管网623公里[1]。"})
        handler.send_piece({}, "stop")

    with scripted() as model:
        model.script = slow
        chat = ChatChoice("openai:m", model.address)
        made, seats = Assembly(Config(home, assembly.config.embedder, chat)), Seats(1, 0)
        made.upkeep().replace([OLD])
        with serving(Watched(Guard(api(made, seats)))) as address:
            yield address, seats, begun, go_on


def _api(address: str) -> tuple[str, dict[str, Any]]:
    return f"{address}api/ask", {"question": QUESTION, "stream": True}


def _v1(address: str) -> tuple[str, dict[str, Any]]:
    said = [{"role": "user", "content": QUESTION}]
    return f"{address}v1/chat/completions", {"model": "jinwen", "messages": said, "stream": True}


@pytest.mark.parametrize("asked", [_api, _v1])
def test_an_index_changed_in_the_middle_of_a_stream_changes_no_answer(
    assembly: Assembly, home: Path, asked: Callable[[str], tuple[str, dict[str, Any]]]
) -> None:
    with _changing(assembly, home) as (address, seats, begun, go_on):
        url, body = asked(address)
        with httpx.stream("POST", url, json=body, timeout=60) as reply:
            assert begun.wait(60)
            Assembly(Config(home, assembly.config.embedder)).upkeep().replace([NEW])
            go_on.set()
            lines = [line for line in reply.iter_lines() if line.startswith("data: {")]
        told = json.loads(lines[-1].removeprefix("data: "))
        whole = told.get("jinwen", told)
        assert (whole["mode"], whole["short_answer"]) == ("generative", "623公里")
        assert whole["index_version"].startswith("000001-")
        assert [c["quote"] for c in whole["citations"]] == ["今年改造燃气管网623公里。"]
        after = httpx.post(f"{address}api/ask", json={"question": QUESTION, "generate": False})
        assert after.json()["short_answer"] == "777公里"
        assert seats.in_use == 0


@pytest.mark.parametrize("asked", [_api, _v1])
def test_who_hangs_up_in_the_middle_of_a_stream_leaves_no_seat_taken(
    assembly: Assembly, home: Path, asked: Callable[[str], tuple[str, dict[str, Any]]]
) -> None:
    with _changing(assembly, home) as (address, seats, begun, go_on):
        url, body = asked(address)
        with httpx.stream("POST", url, json=body, timeout=60):
            assert begun.wait(60)
        go_on.set()
        for _ in range(3):
            plain = {"question": QUESTION, "generate": False}
            assert httpx.post(f"{address}api/ask", json=plain).status_code == 200
        assert seats.in_use == 0
