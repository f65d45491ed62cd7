from pathlib import Path

import pytest
from starlette.testclient import TestClient

from index.embedders import EmbedderChoice
from rag.assembly import Assembly, Config
from rag.generation.choice import ChatChoice
from tests.scripted import scripted
from ui.web.api import api
from ui.web.desk import Desk


@pytest.fixture
def client(assembly: Assembly) -> TestClient:
    return TestClient(api(assembly, Desk()))


def test_a_question_gets_the_answer_of_the_contract(client: TestClient, assembly: Assembly) -> None:
    reply = client.post("/api/ask", json={"question": "口袋公园新建几个", "history": [["a", "b"]]})
    expected = assembly.assistant().ask("口袋公园新建几个").to_json()
    given = reply.json()
    assert reply.status_code == 200
    assert given["citations"][0]["quote"] == expected["citations"][0]["quote"]
    assert set(given) == set(expected)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"question": ""}, 422),
        ({"question": "问" * 501}, 422),
        ({"question": 5}, 422),
        ({}, 422),
        ({"question": "红烧肉怎么做"}, 200),
    ],
)
def test_bad_questions_are_the_callers_fault(
    client: TestClient, body: dict[str, object], status: int
) -> None:
    assert client.post("/api/ask", json=body).status_code == status


def test_half_characters_in_json_are_refused_in_chinese(client: TestClient) -> None:
    reply = client.post("/api/ask", content=b'{"question": "\\ud83d\\u53e3\\u888b\\u516c\\u56ed"}')
    broken = client.post("/api/ask", content=b'{"question": {"\\ud800": 1}}')
    for refused in (reply, broken):
        assert refused.status_code == 422
        assert refused.json() == {
            "error": '请求的格式不对，应为 {"question": "…"} 或 {"query": "…"}'
        }


def test_who_finds_no_seat_is_told_to_come_back(assembly: Assembly) -> None:
    desk = Desk(seats=1, wait_seconds=0)
    client = TestClient(api(assembly, desk))
    with desk.seat():
        reply = client.post("/api/ask", json={"question": "口袋公园"})
    assert (reply.status_code, reply.json()) == (503, {"error": "现在提问的人太多，请过几秒再试"})
    assert client.post("/api/ask", json={"question": "口袋公园"}).status_code == 200


def test_without_an_index_the_service_says_so(tmp_path: Path, models: Path) -> None:
    assembly = Assembly(Config(tmp_path, EmbedderChoice(models=models)))
    reply = TestClient(api(assembly, Desk())).post("/api/ask", json={"question": "口袋公园"})
    assert reply.status_code == 503
    assert "jinwen index build" in reply.json()["error"]


def test_health_names_the_version(client: TestClient, assembly: Assembly) -> None:
    version = assembly.store.current()
    assert client.get("/api/health").json() == {"status": "ok", "index_version": version}


def test_a_document_can_be_read_with_its_paragraphs(client: TestClient) -> None:
    told = client.get("/api/documents/tianjin-2024").json()
    assert told["title"] == "天津市人民政府工作报告（2024年1月23日）"
    assert told["paragraphs"][1]["text"].startswith("更加注重公共服务领域协同发展。")
    assert "优化生态宜居品质" in [section["heading"] for section in told["sections"]]
    assert client.get("/api/documents/no/such").status_code == 404


def test_a_caller_may_do_without_the_model(assembly: Assembly) -> None:
    with scripted() as served:
        chat = ChatChoice("openai:m", served.address)
        home = Config(assembly.config.home, assembly.config.embedder, chat)
        client = TestClient(api(Assembly(home), Desk()))
        asked = {"question": "今年改造多少公里燃气管网？"}
        plain = client.post("/api/ask", json={**asked, "generate": False}).json()
        assert (plain["mode"], served.requests) == ("extractive", [])
        written = client.post("/api/ask", json=asked).json()
    assert (written["mode"], written["model"]) == ("generative", "openai:m")
    assert written["tokens"] == {"input": 7, "output": 5}
    assert {"first_sentence", "write"} <= written["timings_ms"].keys()
    assert written["citations"][0] == plain["citations"][0]
