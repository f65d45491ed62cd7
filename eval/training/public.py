"""Public questions, of CMRC 2018 and DRCD in the form of `eval/sets`: spans of other texts.

They keep the adapters from knowing government reports only.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from corpus.documents import Document, Span
from corpus.errors import InputError
from corpus.loaders import load
from eval.training.config import Making
from eval.training.examples import SPAN, Asked, Examples, Pair, Report, Shown
from eval.training.layout import Layout
from eval.training.locating import folded
from eval.training.windowing import grown, placed
from index.folding import fold
from rag.reader.windows import page as page_of

_NEGATIVES, _WINDOWS = 6, 2


def public(folder: Path, making: Making, layout: Layout, rng: Random, most: int | None) -> Examples:
    """Return the examples of every pair of `*_questions.jsonl` and `*_passages.jsonl`.

    Raises InputError when there is none or a line is not of that form.
    """
    found = Examples()
    files = sorted(folder.glob("*_questions.jsonl"))
    if not files:
        raise InputError(f"“{folder}”里没有 *_questions.jsonl，请改 --public 目录或去掉它")
    for path in files:
        try:
            reports = _reports(path, making.public, rng, most)
        except (ValueError, KeyError, TypeError, IndexError) as error:
            raise InputError(f"“{path.name}”不是认得的题目文件，请对照 eval/sets.py") from error
        for report in reports:
            for asked in report.asked:
                found.pairs.append(_pair(report, asked, rng))
                found.shown += _shown(report, asked, reports, making, layout, rng)
    return found


def _reports(path: Path, part: float, rng: Random, most: int | None) -> list[Report]:
    """Return the passages of which something is asked, each with its questions."""
    texts = {d.id: d for d in load([path.with_name(path.name.replace("questions", "passages"))])}
    lines = path.read_text(encoding="utf-8").splitlines()
    grouped: dict[str, list[Asked]] = {}
    for line in rng.sample(lines, round(len(lines) * part))[:most]:
        record = json.loads(line)
        asked = _asked(record, texts[record["passage_id"]])
        if asked:
            grouped.setdefault(record["passage_id"], []).append(asked)
    return [Report(texts[name].title, texts[name], asked) for name, asked in grouped.items()]


def _asked(record: dict[str, Any], document: Document) -> Asked | None:
    """Return a question with its answer's place, None where that is in no one sentence."""
    start, page = record["answer_starts"][0], page_of(document)
    question, number = fold(record["question"].strip()), page.at(start)
    spans = folded(page, number, [Span(start, start + len(record["answers"][0]))])
    return Asked(number, SPAN, spans, (question,), ()) if question and spans else None


def _pair(report: Report, asked: Asked, rng: Random) -> Pair:
    others = _others(report, asked)
    hard = rng.sample(others, min(_NEGATIVES, len(others)))
    text = report.embedded(report.passages[asked.sentence][0])
    negatives = tuple(report.embedded(report.passages[number][0]) for number in hard)
    return Pair(asked.questions[0], text, negatives)


def _shown(
    report: Report, asked: Asked, reports: Sequence[Report], making: Making,
    layout: Layout, rng: Random,
) -> Iterator[Shown]:  # fmt: skip
    """Yield the window that answers, some of the same text that do not, and one of another."""
    (question,), room, size = asked.questions, making.window_tokens, layout.size
    window = grown(report.page, asked.sentence, room, size, rng)
    yield Shown(question, window, SPAN, placed(window, asked))
    others = _others(report, asked)
    for number in rng.sample(others, min(_WINDOWS, len(others))):
        yield Shown(question, grown(report.page, number, room, size, rng, asked.sentence))
    other = rng.choice(reports)
    if rng.random() < making.astray and other.document.title != report.document.title:
        number = rng.randrange(len(other.page.sentences))
        yield Shown(question, grown(other.page, number, room, size, rng))


def _others(report: Report, asked: Asked) -> list[int]:
    """Return the sentences that hold nothing of the answer."""
    text = report.page.folded(asked.sentence)[0]
    answers = [span.of(text) for span in asked.spans]
    return [
        number
        for number in range(len(report.page.sentences))
        if number != asked.sentence
        and not any(answer in report.page.folded(number)[0] for answer in answers)
    ]
