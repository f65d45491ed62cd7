import pytest
from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse
from starlette.testclient import TestClient

from ui.web.guard import MAX_BODY, Guard


def application() -> FastAPI:
    app = FastAPI()

    @app.post("/echo")
    async def echo(request: Request) -> PlainTextResponse:
        return PlainTextResponse(str(len(await request.body())))

    @app.get("/gradio_api/monitoring/summary")
    def monitoring() -> str:
        return "figures"

    return app


@pytest.fixture
def client() -> TestClient:
    return TestClient(Guard(application()))


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_over_the_limit_is_refused_however_it_comes(
    client: TestClient, chunked: bool
) -> None:
    def send(size: int) -> tuple[int, str]:
        body = b"x" * size
        reply = client.post("/echo", content=iter([body[:100], body[100:]]) if chunked else body)
        return reply.status_code, reply.text

    assert send(MAX_BODY) == (200, str(MAX_BODY))
    assert send(MAX_BODY + 1) == (413, "内容太长（最多 256 KB），请缩短后重试")


def test_a_large_body_is_refused_in_the_form_of_where_it_was_sent(client: TestClient) -> None:
    said, large = "内容太长（最多 256 KB），请缩短后重试", b"x" * (MAX_BODY + 1)
    told = client.post("/v1/chat/completions", content=large)
    error = {"message": said, "type": "invalid_request_error", "param": None,
             "code": "request_too_large"}  # fmt: skip
    assert (told.status_code, told.json()) == (413, {"error": error})
    assert client.post("/api/ask", content=large).json() == {"error": said}
    assert client.post("/mcp", content=large).json()["error"]["message"] == said
    assert "frame-ancestors" in told.headers["content-security-policy"]


def test_who_is_turned_away_unread_is_told_that_the_connection_ends(client: TestClient) -> None:
    assert client.post("/echo", content=b"x" * (MAX_BODY + 1)).headers["connection"] == "close"
    assert "connection" not in client.post("/echo", content=b"x").headers


@pytest.mark.parametrize("path", ["/openapi.json", "/docs", "/gradio_api/monitoring/summary"])
def test_closed_routes_do_not_exist(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404
    assert TestClient(application()).get(path).status_code == 200  # the guard closes them


def test_every_reply_carries_the_headers(client: TestClient) -> None:
    for reply in (client.post("/echo", content=b"1"), client.get("/docs")):
        assert "frame-ancestors 'none'" in reply.headers["content-security-policy"]
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert reply.headers["x-frame-options"] == "DENY"
        assert reply.headers["referrer-policy"] == "no-referrer"
