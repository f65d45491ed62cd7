import json
from asyncio import CancelledError
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from rag.assembly import Assembly
from rag.generation.choice import ChatChoice
from tests.scripted import scripted
from ui.settings import Settings
from ui.terms import Terms
from ui.web.access import Access, log_to
from ui.web.accessfile import AccessLog
from ui.web.chat import Chat
from ui.web.guard import Receive, Scope, Send
from ui.web.seats import Seats
from ui.web.server import application

GAS = "今年要改造多少公里燃气管网？"


@pytest.fixture(scope="module")
def client(assembly: Assembly) -> TestClient:
    allowed = Settings().metrics_from
    return TestClient(
        application(assembly, Terms(metrics_from=allowed)), client=("127.0.0.1", 5000)
    )


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    log_to(AccessLog(tmp_path / "access.jsonl"))
    yield tmp_path / "access.jsonl"
    log_to(None)


def _lines(log: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]


def _figures(client: TestClient) -> dict[str, float]:
    rows = client.get("/metrics").text.splitlines()
    return {r.rpartition(" ")[0]: float(r.rpartition(" ")[2]) for r in rows if r[0] != "#"}


def test_a_request_is_a_line_with_the_route_and_not_the_path(client: TestClient, log: Path) -> None:
    body = client.get("/api/documents/tianjin-2024", headers={"Accept-Encoding": "identity"})
    client.get("/desk/versions/000001", follow_redirects=False)
    client.get("/config?secret=1")
    client.get("/no/such/thing")
    client.post("/api/search", content=b"x" * 300_000)
    told = [(r["method"], r["route"], r["status"]) for r in _lines(log)]
    assert told == [
        ("GET", "/api/documents/{document_id:path}", 200), ("GET", "/desk/versions/{name}", 303),
        ("GET", "page", 200), ("GET", "page", 404), ("POST", "none", 413),
    ]  # fmt: skip
    assert _lines(log)[0]["bytes"] == len(body.content)
    assert set(_lines(log)[0]) == {"time", "method", "route", "status", "ms", "bytes"}


def test_of_a_question_only_its_length_and_what_became_of_it_is_told(
    client: TestClient, assembly: Assembly, log: Path
) -> None:
    client.post("/api/ask", json={"question": GAS})
    client.post("/api/ask", json={"question": "红烧肉怎么做"})
    list(Chat(assembly, Seats()).reply(GAS, []))
    found, refused, page = _lines(log)
    version = assembly.store.current()
    told = {"question_chars": len(GAS), "mode": "extractive", "refusal": None,
            "documents": ["tianjin-2024"], "index_version": version}  # fmt: skip
    assert {name: found[name] for name in told} == told
    assert {name: page[name] for name in told} == told
    assert (found["route"], page["route"]) == ("/api/ask", "page question")
    assert (refused["refusal"], refused["documents"]) == ("off_topic", [])
    assert "燃气" not in log.read_text(encoding="utf-8")
    assert "红烧" not in log.read_text(encoding="utf-8")


def test_without_a_log_nothing_is_written(client: TestClient, log: Path) -> None:
    log_to(None)
    client.get("/api/health")
    assert not log.exists()


def test_the_figures_count_requests_refusals_and_stages(
    client: TestClient, assembly: Assembly
) -> None:
    before = _figures(client)
    for question in (GAS, "红烧肉怎么做", "红烧肉怎么做"):
        client.post("/api/ask", json={"question": question})
    client.get("/config")
    after = _figures(client)
    grown = {row: n - before.get(row, 0) for row, n in after.items() if n != before.get(row, 0)}
    assert grown['jinwen_requests_total{route="/api/ask",status="200"}'] == 3
    assert grown['jinwen_requests_total{route="page",status="200"}'] == 1
    assert grown['jinwen_answers_total{mode="extractive"}'] == 1
    assert grown['jinwen_refusals_total{reason="off_topic"}'] == 2
    assert grown['jinwen_stage_seconds_count{stage="search"}'] == 3
    assert grown['jinwen_stage_seconds_count{stage="read"}'] == 3
    assert after[f'jinwen_index_info{{version="{assembly.store.current()}"}}'] == 1
    assert (after["jinwen_seats"], after["jinwen_seats_in_use"]) == (4, 0)
    assert after["jinwen_model_faults_total"] == 0
    assert not [row for row in after if "_created" in row]


def test_seats_in_use_are_counted() -> None:
    seats = Seats(2)
    with seats.seat(), seats.seat(waits=True):
        assert seats.in_use == 1
    assert seats.in_use == 0


@pytest.mark.parametrize(
    ("address", "status"),
    [("127.0.0.1", 200), ("::1", 200), ("::ffff:127.0.0.1", 200), ("10.1.2.3", 200),
     ("192.168.0.1", 404), ("::ffff:8.8.8.8", 404), ("testclient", 404)],
)  # fmt: skip
def test_only_named_addresses_read_the_figures(
    assembly: Assembly, monkeypatch: pytest.MonkeyPatch, address: str, status: int
) -> None:
    monkeypatch.setenv("JINWEN_METRICS_FROM", "127.0.0.1, ::1 10.0.0.0/8")
    app = application(assembly, Terms("/jw", Settings().metrics_from))
    client = TestClient(app, client=(address, 5000))
    reply = client.get("/metrics")
    assert reply.status_code == status
    assert ("jinwen_seats" in reply.text) == (status == 200)
    assert client.get("/jw/metrics").status_code == 404


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])
def test_what_came_through_a_proxy_does_not_read_them(client: TestClient, header: str) -> None:
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", headers={header: "127.0.0.1"}).status_code == 404


@pytest.mark.parametrize(("fault", "status"), [(ValueError, 500), (CancelledError, 499)])
async def test_what_breaks_and_who_leaves_is_told_too(
    log: Path, fault: type[BaseException], status: int
) -> None:
    async def breaking(scope: Scope, receive: Receive, send: Send) -> None:
        raise fault

    async def unused(*_: object) -> Any:
        raise AssertionError

    scope = {"type": "http", "method": "GET", "path": "/"}
    with pytest.raises(fault):
        await Access(breaking)(scope, unused, unused)
    assert [(r["status"], r["route"]) for r in _lines(log)] == [(status, "none")]


def test_calls_of_a_model_that_failed_are_counted(assembly: Assembly) -> None:
    with scripted() as model:
        chat = ChatChoice("openai:m", model.address)
        made = Assembly(replace(assembly.config, chat=chat))
        client = TestClient(application(made, Settings().terms()), client=("::1", 5000))
        assert client.post("/api/ask", json={"question": GAS}).json()["mode"] == "generative"
        assert _figures(client)["jinwen_model_faults_total"] == 0
        model.script = lambda handler, asked: handler.status(500)
        assert client.post("/api/ask", json={"question": GAS}).json()["mode"] == "extractive"
        assert _figures(client)["jinwen_model_faults_total"] == 1
        made.close()
