"""Answering a question against embedding it alone, and the bundled backend against torch."""

from collections.abc import Iterator
from itertools import cycle

from eval.bench.measure import Ratio, medians_ms
from eval.cases import DATASETS, load
from index.bundled.folder import NAME
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
    answered, embedded = cycle(questions), cycle(questions)
    answer, embed = medians_ms(
        lambda: assistant.ask(next(answered)),
        lambda: embedder.embed_query(next(embedded)),
        rounds=_ROUNDS,
    )
    yield Ratio("answer a question / embed it", answer, embed, target=1.5)

    floats = load_embedder(EmbedderChoice(model=str(settings.models / NAME)))
    ours, theirs = cycle(questions), cycle(questions)
    quick, slow = medians_ms(
        lambda: embedder.embed_query(next(ours)),
        lambda: floats.embed_query(next(theirs)),
        rounds=_ROUNDS,
    )
    yield Ratio("embed a question, 4-bit ONNX / torch fp32", quick, slow, target=0.5)
