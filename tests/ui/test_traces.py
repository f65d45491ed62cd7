"""A collector of traces, as OpenTelemetry has it: what is sent is read as it reads it."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest

from corpus.errors import InputError
from rag.assembly import Assembly
from tests.serving import serving
from ui.web.access import trace_to
from ui.web.server import application
from ui.web.traces import Traces

pytest.importorskip("opentelemetry.sdk", reason="needs the extra traces")
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
)

GAS = "今年要改造多少公里燃气管网？"
CALLER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


class Collector(ThreadingHTTPServer):
    """Keeps the bodies it is sent."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def spans(self) -> list[Any]:
        """Return all spans, in the order they came."""
        sent = [ExportTraceServiceRequest.FromString(body) for body in self.bodies]
        return [s for r in sent for e in r.resource_spans for c in e.scope_spans for s in c.spans]


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        assert isinstance(self.server, Collector)
        self.server.bodies.append(self.rfile.read(int(self.headers["content-length"])))
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing."""


@pytest.fixture
def collector() -> Iterator[Collector]:
    with Collector() as made:
        thread = Thread(target=made.serve_forever)
        thread.start()
        yield made
        made.shutdown()
        thread.join()


def _traced(assembly: Assembly, traces: Traces | None) -> None:
    trace_to(traces)
    try:
        with serving(application(assembly)) as address:
            asked = {"question": GAS}
            httpx.post(f"{address}api/ask", json=asked, headers={"traceparent": CALLER})
            httpx.get(f"{address}api/nothing")
    finally:
        trace_to(None)
        if traces:
            traces.close()


def test_a_request_is_a_span_of_its_callers_trace_without_what_was_asked(
    assembly: Assembly, collector: Collector
) -> None:
    _traced(assembly, Traces(f"http://127.0.0.1:{collector.server_port}/v1/traces"))
    asked, missing = collector.spans
    told = {a.key: a.value for a in asked.attributes}
    assert asked.name == "POST /api/ask"
    assert asked.trace_id.hex() == CALLER.split("-")[1]
    assert asked.parent_span_id.hex() == CALLER.split("-")[2]
    assert told["http.response.status_code"].int_value == 200
    assert told["jinwen.question_chars"].int_value == len(GAS)
    assert told["jinwen.documents"].array_value.values[0].string_value == "tianjin-2024"
    assert told["jinwen.stage.search_ms"].double_value > 0
    assert asked.end_time_unix_nano > asked.start_time_unix_nano
    statuses = [a.value.int_value for a in missing.attributes if a.key.endswith("status_code")]
    assert statuses == [404]
    assert "燃气".encode() not in b"".join(collector.bodies)


def test_without_a_collector_nothing_is_sent(assembly: Assembly, collector: Collector) -> None:
    _traced(assembly, None)
    assert collector.bodies == []


def test_a_collector_that_is_away_stops_no_answer(
    assembly: Assembly, capfd: pytest.CaptureFixture[str]
) -> None:
    traces = Traces("http://127.0.0.1:1/v1/traces")
    _traced(assembly, traces)
    assert "Traceback" not in capfd.readouterr().err


def test_a_missing_extra_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(__import__("sys").modules, "opentelemetry.sdk.trace", None)
    with pytest.raises(InputError, match=r"请运行 pip install 'jinwen\[traces\]'"):
        Traces("http://127.0.0.1:1")
