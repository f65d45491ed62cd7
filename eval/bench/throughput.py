"""Many askers at once against one after the other: what a busy hour costs."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from eval.bench.measure import Ratio, medians_ms
from eval.cases import DATASETS, load
from rag.assembly import Assembly
from ui.settings import Settings

_ASKERS = 4
_QUESTIONS = 40
_ROUNDS = 5


def ratios() -> Iterator[Ratio]:
    """Measure the time of forty questions, asked by four at once and by one."""
    assistant = Assembly(Settings().config()).assistant()
    questions = [case.question for case in load(DATASETS / "tianjin.jsonl")[:_QUESTIONS]]
    with ThreadPoolExecutor(_ASKERS) as pool:
        many, one = medians_ms(
            lambda: list(pool.map(assistant.ask, questions)),
            lambda: [assistant.ask(question) for question in questions],
            rounds=_ROUNDS,
        )
    yield Ratio(f"{_QUESTIONS} questions, {_ASKERS} askers / one asker", many, one, target=1.0)
