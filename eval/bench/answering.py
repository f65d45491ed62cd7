"""Answering a question against embedding it alone, and the bundled backend against torch."""

from collections.abc import Callable, Iterator
from itertools import cycle

from eval.bench.measure import Ratio, medians_ms
from eval.cases import DATASETS, load
from index.bundled.folder import FOLDER
from index.embedders import EmbedderChoice, load_embedder
from rag.assembly import Assembly
from ui.settings import Settings

_ROUNDS = 200


def ratios() -> Iterator[Ratio]:
    """Measure over our own questions, each job walking through the same ones."""
    settings = Settings()
    assembly = Assembly(settings.config())
    assistant, embedder = assembly.assistant(), assembly.embedder()
    questions = [case.question for case in load(DATASETS / "tianjin.jsonl")]
    answer, embed = _medians(questions, assistant.ask, embedder.embed_query)
    yield Ratio("answer a question / embed it", answer, embed, target=1.5)

    floats = load_embedder(EmbedderChoice(model=str(settings.models / FOLDER)))
    quick, slow = _medians(questions, embedder.embed_query, floats.embed_query)
    yield Ratio("embed a question, 4-bit ONNX / torch fp32", quick, slow, target=0.5)


def _medians(questions: list[str], *jobs: Callable[[str], object]) -> list[float]:
    """Return each job's median milliseconds a question; every job is asked all of them in turn."""
    return medians_ms(*(_walk(job, cycle(questions)) for job in jobs), rounds=_ROUNDS)


def _walk(job: Callable[[str], object], questions: Iterator[str]) -> Callable[[], object]:
    return lambda: job(next(questions))
