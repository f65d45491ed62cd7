"""The whole application as it is served: page, API and guard together."""

from ipaddress import ip_network
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from rag.assembly import Assembly, Config
from ui.terms import Terms
from ui.web.holding import Holding
from ui.web.server import application

PROXIES = (ip_network("127.0.0.1"),)


@pytest.fixture(scope="module")
def client(assembly: Assembly) -> TestClient:
    return TestClient(
        application(assembly, Terms("/jw/", proxies=PROXIES)), client=("127.0.0.1", 9)
    )


@pytest.mark.parametrize(
    "path",
    ["/gradio_api/file=/etc/hostname", "/gradio_api/proxy=http://127.0.0.1/", "/gradio_api/upload",
     "/gradio_api/monitoring/summary", "/gradio_api/stream/a/b/c", "/openapi.json", "/docs",
     "/api/docs/", "/api/docs/x", "/v1/docs", "/v1/openapi.json"],
)  # fmt: skip
def test_what_gradio_would_serve_to_anyone_is_closed(client: TestClient, path: str) -> None:
    for prefix in ("", "/jw"):
        assert client.get(prefix + path).status_code == 404
        assert client.post(prefix + path).status_code == 404


def test_the_page_and_the_api_answer_with_and_without_the_prefix(client: TestClient) -> None:
    for prefix in ("", "/jw"):
        assert client.get(f"{prefix}/api/health").json()["status"] == "ok"
        page = client.get(f"{prefix}/", headers={"X-Forwarded-Host": "evil.example"})
        assert page.status_code == 200
        assert "evil.example" not in page.text


def test_the_page_is_compressed(client: TestClient) -> None:
    page = client.get("/", headers={"Accept-Encoding": "gzip"})
    assert page.headers["content-encoding"] == "gzip"
    assert int(page.headers["content-length"]) < len(page.content) / 3
    plain = client.get("/", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers


def test_the_api_is_told_of_with_and_without_the_prefix(client: TestClient) -> None:
    for prefix in ("", "/jw"):
        told = client.get(f"{prefix}/api/openapi.json").json()
        assert {"/api/ask", "/v1/chat/completions"} <= told["paths"].keys()
        assert not any("gradio" in path for path in told["paths"])
        assert "<h1>津问 HTTP 接口</h1>" in client.get(f"{prefix}/api/docs").text


def test_chat_clients_are_served_beside_the_page(client: TestClient) -> None:
    for prefix in ("", "/jw"):
        listed = client.get(f"{prefix}/v1/models").json()
        assert [model["id"] for model in listed["data"]] == ["jinwen"]
        body = {"model": "jinwen", "messages": [{"role": "user", "content": "口袋公园新建几个"}]}
        reply = client.post(f"{prefix}/v1/chat/completions", json={**body, "stream": True})
        assert reply.text.endswith("data: [DONE]\n\n")
        assert "content-encoding" not in reply.headers  # a compressed stream would wait


def test_at_the_desk_people_may_be_called_what_is_closed_elsewhere(client: TestClient) -> None:
    told = client.get("/desk/people/docs", follow_redirects=False)
    assert (told.status_code, told.headers["location"]) == (
        303, "/jw/desk/login?next=/people/docs",
    )  # fmt: skip
    assert told.headers["referrer-policy"] == "same-origin"


def test_a_named_proxy_is_believed_about_https(client: TestClient) -> None:
    page = client.get("/desk/login", headers={"x-forwarded-proto": "https"})
    assert "Secure" in page.headers["set-cookie"]
    assert "Secure" not in client.get("/desk/login").headers["set-cookie"]


def test_a_key_that_is_none_is_turned_away_before_every_face(client: TestClient) -> None:
    head = {"authorization": "Bearer jw-no"}
    for path in ("/api/health", "/v1/models", "/mcp", "/jw/v1/models"):
        assert client.get(path, headers=head).status_code == 401
    for path in ("/", "/desk/login"):
        assert client.get(path, headers=head).status_code == 200
    assert client.get("/v1/models", headers={"authorization": "Bearer none"}).status_code == 200


def test_only_a_refusal_for_the_rate_is_held(
    assembly: Assembly, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[Holding] = []

    async def hold(holding: Holding) -> None:
        held.append(holding)

    monkeypatch.setattr(Holding, "_hold", hold)
    (tmp_path / "index").symlink_to(assembly.config.home / "index")
    made = Assembly(Config(tmp_path, assembly.config.embedder))
    client = TestClient(application(made, Terms(per_minute=1)), client=("203.0.113.9", 9))
    search = [client.post("/api/search", json={"query": "公园"}).status_code for _ in range(2)]
    assert (search, len(held)) == ([200, 429], 1)
