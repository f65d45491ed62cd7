"""Checking ten pages of wording against a thousand reports.

The reports are made from the sentences of the two we have, in another order, with other figures
and a word of most sentences exchanged, so that every paste has many near misses.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from corpus.documents import Document
from corpus.library import shipped
from corpus.loaders import load
from corpus.structure import outline
from eval.bench.measure import Ratio, medians_ms
from eval.cases import DATASETS
from rag.wording.checker import Checker

_REPORTS = 1_000
_SENTENCES = 60  # of a report: about 4,000 characters
_PAGES = 8_000  # characters of a paste, about ten pages
_WORD = re.compile("[一-鿿]{2}")
_FIGURE = re.compile("[0-9]+")
_ROUNDS = 5
_SECOND_MS = 1_000.0


def ratios() -> Iterator[Ratio]:
    """Measure once the checker is made, on a paste of which a third is changed."""
    dice = random.Random(2024)
    sentences = _sentences()
    reports = [_report(dice, sentences, number) for number in range(_REPORTS)]
    checker = Checker(reports)
    paste = _paste(dice, reports)
    (taken,) = medians_ms(lambda: checker.check(paste), rounds=_ROUNDS)
    yield Ratio("check 10 pages against 1,000 reports / 1 s", taken, _SECOND_MS, target=1.0)


def _sentences() -> list[str]:
    documents = [*shipped(), *load([Path(DATASETS, "binlan.txt")])]
    return [d.text[s.start : s.end] for d in documents for s in outline(d).sentences]


def _report(dice: random.Random, sentences: list[str], number: int) -> Document:
    chosen = dice.sample(sentences, min(_SENTENCES, len(sentences)))
    text = "\n".join(_varied(dice, sentence, sentences) for sentence in chosen)
    return replace(shipped()[0], id=f"report-{number}", text=text)


def _varied(dice: random.Random, sentence: str, others: list[str]) -> str:
    """Return a sentence with other figures and one word taken from another sentence."""
    figured = _FIGURE.sub(lambda _: str(dice.randrange(2, 5_000)), sentence)
    words = list(_WORD.finditer(figured))
    new = _WORD.findall(dice.choice(others))
    if not (words and new):
        return figured
    at = dice.choice(words)
    return f"{figured[: at.start()]}{dice.choice(new)}{figured[at.end() :]}"


def _paste(dice: random.Random, reports: list[Document]) -> str:
    """Return ten pages of sentences of the reports, every third one varied once more."""
    lines: list[str] = []
    while sum(map(len, lines)) < _PAGES:
        line = dice.choice(dice.choice(reports).text.split("\n"))
        lines.append(line if len(lines) % 3 else _varied(dice, line, lines or [line]))
    return "\n".join(lines)
