import json
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from index.embedders import EmbedderChoice
from rag.answers import Answer
from rag.assembly import Assembly, Config
from rag.feedback import FeedbackFile
from rag.generation.choice import ChatChoice
from tests.scripted import scripted
from ui.web.api import api
from ui.web.seats import Seats
from ui.web.server import application


@pytest.fixture
def client(assembly: Assembly) -> TestClient:
    return TestClient(api(assembly, Seats()))


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


HALF = [
    ("ask", b'{"question": "\\ud83d\\u53e3\\u888b\\u516c\\u56ed"}'),
    ("ask", b'{"question": "\\u516c\\u56ed", "history": [["\\ud800", "\\udfff"]]}'),
    ("check", b'{"text": "\\u53e3\\u888b\\u516c\\u56ed\\ud800"}'),
    ("search", b'{"query": "\\ud800\\u516c\\u56ed"}'),
    ("search", b'{"query": "\\u516c\\u56ed", "places": ["\\ud800"]}'),
]


@pytest.mark.parametrize(("route", "body"), HALF)
def test_half_a_character_in_json_breaks_no_reply(
    client: TestClient, route: str, body: bytes
) -> None:
    head = {"content-type": "application/json"}
    reply = client.post(f"/api/{route}", content=body, headers=head)
    assert reply.status_code == 200
    assert reply.text.encode().decode() == reply.text
    broken = client.post("/api/ask", content=b'{"question": {"\\ud800": 1}}', headers=head)
    assert broken.status_code == 422
    assert broken.json()["error"].startswith('请求的格式不对，应为 {"question": "…"}')


def test_who_finds_no_seat_is_told_to_come_back(assembly: Assembly) -> None:
    seats = Seats(count=1, wait_seconds=0)
    client = TestClient(api(assembly, seats))
    with seats.seat():
        reply = client.post("/api/ask", json={"question": "口袋公园"})
    said = "现在提问的人太多，有 1 个问题在等，请过 5 秒再试"
    assert (reply.status_code, reply.json()) == (503, {"error": said})
    assert reply.headers["retry-after"] == "5"
    assert (seats.waiting, seats.in_use) == (0, 0)
    assert client.post("/api/ask", json={"question": "口袋公园"}).status_code == 200


def test_without_an_index_the_service_says_so(tmp_path: Path, models: Path) -> None:
    assembly = Assembly(Config(tmp_path, EmbedderChoice(models=models)))
    reply = TestClient(api(assembly, Seats())).post("/api/ask", json={"question": "口袋公园"})
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
        client = TestClient(api(Assembly(home), Seats()))
        asked = {"question": "今年改造多少公里燃气管网？"}
        plain = client.post("/api/ask", json={**asked, "generate": False}).json()
        assert (plain["mode"], served.requests) == ("extractive", [])
        written = client.post("/api/ask", json=asked).json()
    assert (written["mode"], written["model"]) == ("generative", "openai:m")
    assert written["tokens"] == {"input": 7, "output": 5}
    assert {"first_sentence", "write"} <= written["timings_ms"].keys()
    assert written["citations"][0] == plain["citations"][0]


def test_a_stream_gives_the_answer_as_it_grows_and_ends_with_the_whole(
    assembly: Assembly,
) -> None:
    asked = {"question": "今年改造多少公里燃气管网？", "stream": True}
    with scripted() as served:
        chat = ChatChoice("openai:m", served.address)
        home = Config(assembly.config.home, assembly.config.embedder, chat)
        reply = TestClient(api(Assembly(home), Seats())).post("/api/ask", json=asked)
    events = [e.removeprefix("event: ").split("\ndata: ") for e in reply.text.split("\n\n") if e]
    names, told = [name for name, _ in events], [json.loads(data) for _, data in events]
    assert names == ["answer"] * (len(names) - 1) + ["done"]
    assert len(names) > 2
    assert (told[0]["mode"], told[-1]["mode"]) == ("extractive", "generative")
    assert told[-1] == told[-2] != told[0]


def test_what_is_wrong_is_told_before_a_stream_begins(client: TestClient) -> None:
    reply = client.post("/api/ask", json={"question": "", "stream": True})
    assert (reply.status_code, list(reply.json())) == (422, ["error"])


@pytest.fixture
def several(provinces: Assembly) -> TestClient:
    return TestClient(api(provinces, Seats()))


def test_a_scope_limits_every_route(several: TestClient) -> None:
    asked = {"question": "今年GDP增长目标是多少", "places": ["陕西"]}
    assert several.post("/api/ask", json=asked).json()["short_answer"] == "增长5.5%—6%"
    wanted = {"query": "城镇新增就业", "places": ["湖北"], "years": [2025]}
    hits = several.post("/api/search", json=wanted).json()["hits"]
    assert {hit["document_id"] for hit in hits} == {"hubei-2025"}
    pasted = {"text": "城镇新增就业70万人", "documents": ["hubei"]}
    matches = several.post("/api/check", json=pasted).json()["matches"]
    assert [match["document_id"] for match in matches] == ["hubei"]
    listed = several.post("/api/targets", json={"places": ["湖南"], "count": 2}).json()
    assert len(listed["targets"]) == 2 < listed["total"]
    assert {target["place"] for target in listed["targets"]} == {"湖南省"}


@pytest.mark.parametrize("route", ["ask", "search", "check", "targets"])
def test_an_unknown_field_is_refused_not_ignored(several: TestClient, route: str) -> None:
    body = {"question": "甲", "query": "甲", "text": "甲", "place": ["陕西"]}
    known = {"ask": "question", "search": "query", "check": "text"}.get(route)
    sent = {key: value for key, value in body.items() if key in (known, "place")}
    reply = several.post(f"/api/{route}", json=sent)
    assert reply.status_code == 422
    assert "不能有别的项" in reply.json()["error"]


def test_documents_are_listed_with_what_they_are(several: TestClient) -> None:
    found = {d["id"]: d for d in several.get("/api/documents").json()["documents"]}
    assert (found["chaoyang"]["place"], found["chaoyang"]["year"]) == ("北京市朝阳区", 2026)


def test_a_table_can_be_taken_along(several: TestClient) -> None:
    asked = {"question": "湖南和湖北今年城镇新增就业目标分别是多少"}
    reply = several.get("/api/table.csv", params=asked)
    lines = reply.text.removeprefix("\ufeff").splitlines()
    assert lines[0] == "地区,年份,写法,数值,上限,单位,原文"
    assert lines[1].startswith("湖南省,2026,70万人,70")
    book = several.get("/api/table.xlsx", params=asked)
    assert book.content[:2] == b"PK"
    assert several.get("/api/table.csv", params={"question": "湖南今年"}).status_code == 404


def test_a_judgement_is_kept_with_the_very_answer(assembly: Assembly, tmp_path: Path) -> None:
    (tmp_path / "index").symlink_to(assembly.config.home / "index")
    client = TestClient(api(Assembly(Config(tmp_path, assembly.config.embedder)), Seats()))
    answer = client.post("/api/ask", json={"question": "口袋公园新建几个"}).json()
    judged = {"question": "口袋公园新建几个", "answer": answer, "verdict": "wrong_figure"}
    full = {**judged, "comment": " 少了 ", "history": [["a", "b"]]}
    assert client.post("/api/feedback", json=full).json() == {"status": "ok"}
    (kept,) = FeedbackFile(tmp_path / "feedback.jsonl")
    assert (kept.verdict, kept.comment, kept.history) == ("wrong_figure", "少了", (("a", "b"),))
    assert kept.answer == answer


@pytest.mark.parametrize(
    "wrong",
    [{"verdict": "bad"}, {"comment": "字" * 1001}, {"question": "字" * 1001}, {"more": 1},
     {"answer": {"question": "甲"}}, {"answer": "甲"}, {"history": [["a", "b"]] * 31}],
)  # fmt: skip
def test_a_judgement_that_is_none_is_not_kept(
    assembly: Assembly, tmp_path: Path, wrong: dict[str, object]
) -> None:
    client = TestClient(api(Assembly(Config(tmp_path, assembly.config.embedder)), Seats()))
    answer = Answer("甲", "甲", False, "没有").to_json()
    sound = {"question": "甲", "answer": answer, "verdict": "right", "comment": "字" * 1000}
    reply = client.post("/api/feedback", json={**sound, **wrong})
    assert reply.status_code == 422
    assert "comment（最多 1000 字）" in reply.json()["error"]
    assert not (tmp_path / "feedback.jsonl").exists()
    assert client.post("/api/feedback", json=sound).status_code == 200


def test_a_judgement_that_cannot_be_saved_is_told(assembly: Assembly, tmp_path: Path) -> None:
    (tmp_path / "feedback.jsonl").mkdir()
    client = TestClient(api(Assembly(Config(tmp_path, assembly.config.embedder)), Seats()))
    answer = Answer("甲", "甲", False, "没有").to_json()
    reply = client.post(
        "/api/feedback", json={"question": "甲", "answer": answer, "verdict": "right"}
    )
    assert (reply.status_code, reply.json()) == (503, {"error": "没能保存，请稍后再试"})


def test_ready_is_who_has_an_index_and_models(
    client: TestClient, assembly: Assembly, tmp_path: Path, models: Path
) -> None:
    version = assembly.store.current()
    assert client.get("/api/ready").json() == {"status": "ready", "index_version": version}
    bare = Assembly(Config(tmp_path, EmbedderChoice(models=models)))
    reply = TestClient(api(bare, Seats())).get("/api/ready")
    assert (reply.status_code, "jinwen index build" in reply.json()["error"]) == (503, True)
    (tmp_path / "index").symlink_to(assembly.config.home / "index")
    unmodelled = Assembly(Config(tmp_path, EmbedderChoice(models=tmp_path / "none", model="甲")))
    assert TestClient(api(unmodelled, Seats())).get("/api/ready").status_code == 503


def test_a_passage_is_read_by_its_offsets(client: TestClient) -> None:
    asked = client.post("/api/ask", json={"question": "口袋公园新建几个"}).json()
    cited = asked["citations"][0]
    where = {"document": cited["document_id"], "start": cited["start"], "end": cited["end"]}
    told = client.get("/api/passages", params=where).json()
    assert (told["text"], told["page"]) == (cited["quote"], cited["page"])
    assert told["path"] == [cited["title"], *cited["section"]]


@pytest.mark.parametrize(
    ("where", "status", "said"),
    [
        ({"document": "none", "start": 0, "end": 1}, 404, "没有这份文档"),
        ({"document": "tianjin-2024", "start": 5, "end": 5}, 422, "改正 start 和 end"),
        ({"document": "tianjin-2024", "start": -1, "end": 5}, 422, "改正 start 和 end"),
        ({"document": "tianjin-2024", "start": 0, "end": 10**9}, 422, "改正 start 和 end"),
        ({"document": "tianjin-2024", "start": "甲", "end": 5}, 422, "后两项是整数"),
    ],
)
def test_a_passage_that_is_nowhere_is_told(
    client: TestClient, where: dict[str, str | int], status: int, said: str
) -> None:
    reply = client.get("/api/passages", params=where)
    assert reply.status_code == status
    assert said in reply.json()["error"]


def test_targets_stand_side_by_side(several: TestClient) -> None:
    told = several.post("/api/compare", json={"places": ["湖南", "湖北"], "years": [2026]}).json()
    rows = {row["indicator"]: row["documents"] for row in told["rows"]}
    assert all(set(row) <= set(told["documents"]) and len(row) > 1 for row in rows.values())
    (jobs,) = [row for name, row in rows.items() if "城镇新增就业" in name]
    written = {d: [t["written"] for t in found] for d, found in jobs.items()}
    assert "70万人" in written["hunan"]
    page = several.post("/api/compare", json={"places": ["湖南", "湖北"], "count": 1}).json()
    assert len(page["rows"]) == 1 <= page["total"]
    assert several.post("/api/compare", json={"places": ["湖南"]}).json()["rows"] == []


def test_unknown_routes_are_told_of_in_chinese(assembly: Assembly) -> None:
    client = TestClient(application(assembly))  # with the page, which has all other paths
    for method, path in (("GET", "none"), ("GET", "ask"), ("PUT", "search"), ("DELETE", "")):
        reply = client.request(method, f"/api/{path}")
        assert (reply.status_code, reply.json()) == (
            404, {"error": "没有这个接口，接口和用法见 /api/docs"},
        )  # fmt: skip
