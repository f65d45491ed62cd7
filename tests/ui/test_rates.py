"""Who asks too often is told when to come back, on each face; over a home without an index."""

from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from index.embedders import EmbedderChoice
from rag.answers import Answer
from rag.assembly import Assembly, Config
from rag.feedback import FeedbackFile
from ui.desk.keys import Keys
from ui.ledger.database import Database
from ui.ratefile import NAME
from ui.web import metrics
from ui.web.api import api
from ui.web.chat import Chat
from ui.web.guard import Guard
from ui.web.keyed import Keyed
from ui.web.later import RateError
from ui.web.mcp.http import Endpoint, add_endpoint
from ui.web.mcp.protocol import protocol
from ui.web.mcp.tools import Tools
from ui.web.opinion import _recorded
from ui.web.rates import Rates
from ui.web.seats import Seats

SAID = "问得太快了（每分钟最多 2 次），请过 30 秒再试"
CHAT = {"model": "jinwen", "messages": [{"role": "user", "content": "口袋公园"}]}
JUDGED = {
    "question": "甲",
    "verdict": "right",
    "answer": Answer("甲", "甲", False, "没有").to_json(),
}
COSTLY: list[tuple[str, Any]] = [
    ("/api/ask", {"question": "口袋公园"}), ("/api/search", {"query": "口袋公园"}),
    ("/api/check", {"text": "口袋公园"}), ("/api/targets", {}), ("/api/compare", {}),
    ("/api/feedback", JUDGED), ("/v1/chat/completions", CHAT),
]  # fmt: skip


@pytest.fixture
def bare(home: Path, models: Path) -> Assembly:
    """A home without an index: what is let in fails at once, with 503."""
    return Assembly(Config(home, EmbedderChoice(models=models)))


@pytest.fixture
def rates(home: Path) -> Rates:
    return Rates(home, 2, lambda: 1_780_000_000.0)


@pytest.fixture
def keys(home: Path) -> Keys:
    return Keys(Database(home / "desk.sqlite"), lambda: 1_780_000_000.0)


@pytest.fixture
def app(bare: Assembly, rates: Rates) -> FastAPI:
    made = api(bare, Seats(), rates)
    add_endpoint(made, Endpoint(protocol(Tools(bare, Seats()), rates), ["testserver"]))
    return made


def visitor(app: FastAPI, keys: Keys, address: str = "203.0.113.9") -> TestClient:
    return TestClient(Guard(Keyed(app, keys)), client=(address, 5000))


@pytest.mark.parametrize(("path", "body"), COSTLY)
def test_what_costs_is_counted(app: FastAPI, keys: Keys, path: str, body: Any) -> None:
    client = visitor(app, keys)
    assert [client.post(path, json=body).status_code == 429 for _ in range(3)] == [0, 0, 1]
    assert visitor(app, keys, "203.0.113.10").post(path, json=body).status_code != 429


def test_whoever_asks_too_often_is_told_when_to_come_back(app: FastAPI, keys: Keys) -> None:
    client, before = visitor(app, keys), metrics.LIMITED.labels("address")._value.get()
    for _ in range(2):
        client.get("/api/table.csv", params={"question": "口袋公园"})
    told = client.post("/api/ask", json={"question": "口袋公园"})
    assert (told.status_code, told.json()) == (429, {"error": SAID})
    assert told.headers["retry-after"] == "30"
    chat = client.post("/v1/chat/completions", json=CHAT)
    assert (chat.status_code, chat.headers["retry-after"]) == (429, "30")
    assert chat.json() == {"error": {
        "message": SAID, "type": "requests", "param": None, "code": "rate_limit_exceeded",
    }}  # fmt: skip
    assert metrics.LIMITED.labels("address")._value.get() == before + 2


def test_what_costs_nothing_is_never_limited(app: FastAPI, keys: Keys, rates: Rates) -> None:
    client = visitor(app, keys)
    for _ in range(2):
        rates.take({"client": ("203.0.113.9", 1)})
    for path in ("/api/health", "/api/ready", "/api/documents", "/v1/models", "/api/openapi.json"):
        assert client.get(path).status_code != 429


def test_a_key_has_a_rate_of_its_own(app: FastAPI, keys: Keys) -> None:
    client = visitor(app, keys)
    head = {"authorization": f"Bearer {keys.add('portal', 3, 'test')}"}
    free = {"authorization": f"Bearer {keys.add('unlimited', 0, 'test')}"}

    def status(**headers: str) -> bool:
        return client.post("/api/targets", json={}, headers=headers).status_code == 429

    assert [status(**head) for _ in range(4)] == [False, False, False, True]
    assert not any(status(**free) for _ in range(10))
    assert [status() for _ in range(3)] == [False, False, True]


def test_a_tool_that_is_called_too_often_says_so_to_the_model(app: FastAPI, keys: Keys) -> None:
    def called(client: TestClient, method: str, **params: Any) -> Any:
        sent = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
        accepted = {"accept": "application/json, text/event-stream"}
        return client.post("/mcp", json=sent, headers=accepted).json()["result"]

    with visitor(app, keys) as client:
        told = [called(client, "tools/call", name="search", arguments={"query": "甲"})
                for _ in range(3)]  # fmt: skip
        assert len(called(client, "tools/list")["tools"]) == 6
    assert [said["isError"] for said in told] == [True] * 3
    texts = [said["content"][0]["text"] for said in told]
    assert ["jinwen index build" in text for text in texts] == [True, True, False]
    assert texts[2] == SAID


def too_often() -> None:
    raise RateError(SAID, 30)


def test_on_the_page_it_is_a_polite_line_and_nothing_is_lost(bare: Assembly) -> None:
    chat = Chat(bare, Seats())
    ((turn,),) = chat.reply("口袋公园", [], admit=too_often)
    assert (turn.question, turn.answer, turn.error) == ("口袋公园", None, SAID)
    kept = chat.restored(["口袋公园", "燃气管网"], too_often)
    assert [(t.question, t.error) for t in kept] == [("口袋公园", SAID), ("燃气管网", SAID)]
    assert chat.restored([], too_often) == []
    file = FeedbackFile.of(bare.config.home)
    assert _recorded(file, kept[:1], ("right", ""), too_often) == SAID


def test_a_file_that_fails_stops_nobody_and_is_counted(
    rates: Rates, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home.mkdir()
    (home / NAME).write_bytes(b"no database" * 500)
    before = metrics.LIMIT_FAULTS._value.get()
    for _ in range(5):
        rates.take({"client": ("203.0.113.9", 1)})
    assert metrics.LIMIT_FAULTS._value.get() == before + 5
    assert capsys.readouterr().err.count("限流暂时不起作用") == 1


def test_without_a_rate_nothing_is_kept(home: Path) -> None:
    rates = Rates(home, 0)
    for _ in range(100):
        rates.take({"client": ("203.0.113.9", 1)})
    assert not home.exists()
