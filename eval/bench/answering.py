"""Answering: how long a question takes, alone and among eight askers, and how much is read."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from time import perf_counter

import numpy as np

from eval.bench.measure import Ratio, medians_ms
from eval.cases import DATASETS, load
from index.bundled.folder import FOLDER
from index.embedders import PLAIN, EmbedderChoice, load_embedder
from rag.assembly import Assembly
from rag.assistant import Assistant
from ui.settings import Settings

_QUESTIONS, _WARMING = 200, 8
_ASKERS = 8
_ROUNDS = 100
# Wanted on two cores, in milliseconds and answers a second.
_P50, _P95, _RATE = 150.0, 350.0, 15.0


def ratios() -> Iterator[Ratio]:
    """Measure over our own questions, each asked once; what was read before costs nothing."""
    questions = [case.question for case in load(DATASETS / "tianjin.jsonl")]
    warming, asked = questions[-_WARMING:], questions[:_QUESTIONS]
    assistant = _warm(warming)
    alone = [_timed(assistant, question) for question in asked]
    yield Ratio("answer, p50 / wanted", float(np.quantile(alone, 0.5)), _P50, target=1.0)
    yield Ratio("answer, p95 / wanted", float(np.quantile(alone, 0.95)), _P95, target=1.0)
    yield from _windows(assistant, asked)
    again = [_timed(assistant, question) for question in asked]
    yield Ratio("answer asked again / first time, p50", float(np.median(again)),
                float(np.median(alone)))  # fmt: skip
    busy, start = _warm(warming), perf_counter()
    with ThreadPoolExecutor(_ASKERS) as pool:
        list(pool.map(busy.ask, asked))
    rate = len(asked) / (perf_counter() - start)
    yield Ratio("answers a second wanted / eight askers", _RATE, rate, unit="/s", target=1.0)
    yield from _embedding(questions)


def _warm(questions: Sequence[str]) -> Assistant:
    """Return an assistant of its own that knows none of the questions to be measured."""
    assistant = Assembly(Settings().config()).assistant(generate=False)
    for question in questions:
        assistant.ask(question)
    return assistant


def _timed(assistant: Assistant, question: str) -> float:
    start = perf_counter()
    assistant.ask(question)
    return (perf_counter() - start) * 1000


def _windows(assistant: Assistant, questions: Sequence[str]) -> Iterator[Ratio]:
    """Yield the share of questions that needed one, three or five windows."""
    read = [len(r.sights) for q in questions for r in assistant.readings(q) if r.sights]
    for most in (1, 3, 5):
        share = sum(n <= most for n in read)
        yield Ratio(f"questions that read at most {most} / all", share, len(read), unit="")


def _embedding(questions: list[str]) -> Iterator[Ratio]:
    """Yield the bundled backend against torch on the same weights, without the adapter."""
    settings = Settings()
    quick = load_embedder(EmbedderChoice(PLAIN, settings.models))
    floats = load_embedder(EmbedderChoice(model=str(settings.models / FOLDER)))
    jobs = [_walk(each.embed_query, cycle(questions)) for each in (quick, floats)]
    fast, slow = medians_ms(*jobs, rounds=_ROUNDS)
    yield Ratio("embed a question, ONNX / torch fp32", fast, slow, target=0.6)


def _walk(job: Callable[[str], object], questions: Iterator[str]) -> Callable[[], object]:
    return lambda: job(next(questions))
