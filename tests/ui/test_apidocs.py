import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from rag.assembly import Assembly
from rag.targets.tables import XLSX
from ui.web.api import api
from ui.web.apidocs import page
from ui.web.seats import Seats


@pytest.fixture
def app(assembly: Assembly) -> FastAPI:
    return api(assembly, Seats())


def test_every_route_of_ours_is_told_of(app: FastAPI) -> None:
    told = TestClient(app).get("/api/openapi.json").json()
    assert set(told["paths"]) == {
        "/api/ask", "/api/feedback", "/api/search", "/api/check", "/api/targets", "/api/compare",
        "/api/table.{form}", "/api/documents", "/api/documents/{document_id}", "/api/passages",
        "/api/health", "/api/ready", "/v1/chat/completions", "/v1/models", "/v1/models/{model}",
    }  # fmt: skip
    for path, method, kinds in (
        ("/api/ask", "post", {"application/json", "text/event-stream"}),
        ("/v1/chat/completions", "post", {"application/json", "text/event-stream"}),
        ("/api/table.{form}", "get", {"text/csv", XLSX}),
    ):
        assert told["paths"][path][method]["responses"]["200"]["content"].keys() == kinds
    schemas = told["components"]["schemas"]
    assert schemas["Asked"]["required"] == ["question"]
    assert {"answered", "citations", "short_answer"} <= schemas["Answer"]["properties"].keys()
    assert schemas["Wished"]["required"] == ["model", "messages"]


def test_the_page_shows_each_route_and_needs_nothing_from_elsewhere(app: FastAPI) -> None:
    client = TestClient(app)
    shown = client.get("/api/docs").text
    for path, methods in client.get("/api/openapi.json").json()["paths"].items():
        for method, operation in methods.items():
            heading = f"<h2>{operation['summary']}　<code>{method.upper()} {path}</code></h2>"
            assert heading in shown
    assert "<tr><td><code>question</code><td>string<td>是</tr>" in shown
    assert "http:" not in shown
    assert "https:" not in shown
    assert "<script" not in shown


def test_the_page_escapes_what_it_tells(app: FastAPI) -> None:
    told = TestClient(app).get("/api/openapi.json").json()
    told["paths"]["/api/ready"]["get"]["summary"] = "<b>甲"
    assert "&lt;b&gt;甲" in page(told)
    assert "<b>甲" not in page(told)
