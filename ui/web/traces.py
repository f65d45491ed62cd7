"""Traces for OpenTelemetry, where a collector is named; without one nothing is loaded or sent.

A span a request or question of the page, with what the access log has of it: never what was asked.
"""

from collections.abc import Mapping
from logging import getLogger
from time import time_ns
from typing import Any

from corpus.errors import InputError

_NAMES = {"method": "http.request.method", "route": "http.route",
          "status": "http.response.status_code"}  # fmt: skip
_FAILED = 500
_END_SECONDS = 2.0


class Traces:
    """Spans sent to a collector by OTLP over HTTP, in batches and off the way of answers."""

    def __init__(self, url: str) -> None:
        try:
            from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
            from opentelemetry.sdk.resources import Resource
            from opentelemetry.sdk.trace import TracerProvider
            from opentelemetry.sdk.trace.export import BatchSpanProcessor
        except ImportError as error:
            raise InputError(
                "设了 JINWEN_TRACES 但没有装 OpenTelemetry，请运行 pip install 'jinwen[traces]'"
            ) from error
        getLogger("opentelemetry").setLevel("CRITICAL")  # a collector that is away is no traceback
        self._provider = TracerProvider(resource=Resource({"service.name": "jinwen"}))
        exporter = OTLPSpanExporter(endpoint=url, timeout=_END_SECONDS)
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self._provider.get_tracer("jinwen")

    def add(self, entry: Mapping[str, Any], stages: Mapping[str, float], caller: str = "") -> None:
        """Tell of what has just ended: a line of the access log, and milliseconds by stage.

        `caller` is the traceparent that came with it; the span is then part of that trace.
        """
        from opentelemetry.trace import SpanKind, Status, StatusCode
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        end, told = time_ns(), {k: v for k, v in entry.items() if v is not None}
        span = self._tracer.start_span(
            " ".join(filter(None, (entry.get("method"), entry["route"]))),
            TraceContextTextMapPropagator().extract({"traceparent": caller}),
            SpanKind.SERVER,
            {_NAMES.get(name, f"jinwen.{name}"): value for name, value in told.items()}
            | {f"jinwen.stage.{name}_ms": ms for name, ms in stages.items()},
            start_time=end - round(entry["ms"] * 1e6),
        )
        if entry["status"] >= _FAILED:
            span.set_status(Status(StatusCode.ERROR))
        span.end(end)

    def close(self) -> None:
        """Send what is left, for two seconds at most."""
        self._provider.force_flush(round(_END_SECONDS * 1000))
        self._provider.shutdown()
