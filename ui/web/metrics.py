"""Figures of the service as Prometheus reads them; counted for the process as a whole."""

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)

from rag.answers import Answer
from rag.assembly import Assembly
from ui.web.seats import Seats

_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.35, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0)

disable_created_metrics()  # type: ignore[no-untyped-call]  # a second series for each, of when it began
_ALL = CollectorRegistry()
ProcessCollector(registry=_ALL)
REQUESTS = Counter("jinwen_requests", "Requests by route and status", ["route", "status"],
                   registry=_ALL)  # fmt: skip
KEYS_REFUSED = Counter("jinwen_keys_refused", "Requests turned away for their key", ["why"],
                       registry=_ALL)  # fmt: skip
LIMITED = Counter("jinwen_limited", "Questions turned away for asking too often", ["who"],
                  registry=_ALL)  # fmt: skip
LIMIT_FAULTS = Counter("jinwen_limit_faults", "Questions let through as counting failed",
                       registry=_ALL)  # fmt: skip
_ANSWERS = Counter("jinwen_answers", "Questions answered, by mode", ["mode"], registry=_ALL)
_REFUSALS = Counter("jinwen_refusals", "Questions refused, by reason", ["reason"], registry=_ALL)
_STAGES = Histogram("jinwen_stage_seconds", "Time of a question's stages", ["stage"],
                    registry=_ALL, buckets=_BUCKETS)  # fmt: skip


def count(answer: Answer) -> None:
    """Count how a question ended, and the time of each of its stages."""
    if answer.answered:
        _ANSWERS.labels(answer.mode).inc()
    else:
        _REFUSALS.labels(answer.refusal or "unknown").inc()
    for stage, ms in answer.timings_ms.items():
        _STAGES.labels(stage).observe(ms / 1000)


def exposition(assembly: Assembly, seats: Seats) -> bytes:
    """Return what was counted, and how things stand now, in Prometheus' text format."""
    now = CollectorRegistry()
    Gauge("jinwen_seats", "Questions worked on at once, at most", registry=now).set(seats.count)
    Gauge("jinwen_seats_in_use", "Questions worked on now", registry=now).set(seats.in_use)
    Gauge("jinwen_seats_waiting", "Questions that wait for one", registry=now).set(seats.waiting)
    version = assembly.store.pointed()
    index = Gauge("jinwen_index_info", "Index in use; 0 without one", ["version"], registry=now)
    index.labels(version).set(1 if version else 0)
    faults = Counter("jinwen_model_faults", "Calls of a language model that failed", registry=now)
    faults.inc(assembly.model_faults())
    return generate_latest(_ALL) + generate_latest(now)
