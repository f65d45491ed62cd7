"""Sets of questions by name or file, each with the documents they are asked of.

tianjin    our own questions on the shipped report
smoke      30 of them, for continuous integration
wording    pastes for the wording check: not questions, see `eval.wording`
targets    reports with lists of their figures: see `eval.targets`
binlan     questions on the report of a city that we made up: other figures, two years, other marks
unseen     questions in three makes on the reports of two more such cities, which no rule has seen
tables     questions on the files of two offices, of seven formats: the weights for cells are fitted
           on the first, `lanchuan`; nobody has read those on the second, `chengzhou`
robust     plain ones as asked, with slips of the keyboard, in Traditional script, as keywords
FILE       questions of CMRC or DRCD beside their passages file, a file of RGB, or cases of our own
           form, asked of the shipped report or of the text file of the same name beside them
FILE, DIR  questions on reports in the form "govqa", a world a report: see `eval.govqa`
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from corpus.documents import Document
from corpus.errors import InputError
from corpus.library import shipped
from corpus.loaders import load as load_documents
from eval.cases import DATASETS, Case, load
from eval.makes import cases, is_govqa, report_of, rounds
from eval.variants import robust

_SMOKE_STEP = 13
_RGB_PASSAGES = 5  # as in the paper
_RGB_NOISE = (0.0, 0.8, 1.0)
_UNSEEN = ("lanxi", "lanzhou")
OFFICES = ("lanchuan", "chengzhou")


@dataclass(frozen=True, slots=True)
class World:
    """Questions and the documents they are asked of, indexed together."""

    cases: Sequence[Case]
    documents: Sequence[Document]


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """One or many worlds under a name; each gets a home of its own."""

    name: str
    worlds: Sequence[World]


def open_set(name: str) -> QuestionSet:
    """Return a set by name or path; raises InputError for one that is not there."""
    if name in ("tianjin", "smoke", "robust"):
        return QuestionSet(name, [World(_ours(name), shipped())])
    if name == "unseen":
        return QuestionSet(name, _unseen())
    if name == "tables":
        return QuestionSet(name, [office(each) for each in OFFICES])
    path = DATASETS / "binlan.jsonl" if name == "binlan" else Path(name)
    if not path.exists():
        raise InputError(
            f"没有题集“{name}”，可用 tianjin、smoke、robust、binlan、unseen、tables、wording、"
            "targets、题目文件或它们的目录"
        )
    try:
        return QuestionSet(path.stem if path.is_file() else path.resolve().name, _worlds(path))
    except (ValueError, LookupError, TypeError) as error:
        raise InputError(
            f"“{path.name}”不是认得的题目文件（{error}），请对照 eval/sets.py"
        ) from error


def _ours(name: str) -> list[Case]:
    cases = load(DATASETS / "tianjin.jsonl")
    if name == "smoke":
        return cases[::_SMOKE_STEP]
    return robust(cases) if name == "robust" else cases


def _worlds(path: Path) -> list[World]:
    """Return the worlds of a folder of reports or of a file, told apart by its first line."""
    if path.is_dir():
        return [_asked(report_of(files[0]), files) for files in rounds(path).values()]
    if is_govqa(path):
        return [_asked(report_of(path), [path])]
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    if "positive" in records[0]:
        return [_noisy(record, noise) for record in records for noise in _RGB_NOISE]
    if "passage_id" in records[0]:
        passages = path.with_name(path.name.replace("questions", "passages"))
        return [World([_reading(record) for record in records], load_documents([passages]))]
    beside = path.with_suffix(".txt")
    return [World(load(path), load_documents([beside]) if beside.is_file() else shipped())]


def _unseen() -> list[World]:
    """Return the made-up reports of the set `targets` with questions in three makes."""
    unseen, texts = DATASETS / "unseen", DATASETS / "targets"
    return [_asked(texts / f"{name}_city.txt", [unseen / f"{name}.jsonl"]) for name in _UNSEEN]


def office(name: str) -> World:
    """Return the files of an office with the questions on their tables."""
    folder = DATASETS / "tables" / name
    return World(load(folder / "cases.jsonl"), load_documents([folder / "files"]))


def _asked(report: Path, files: Sequence[Path]) -> World:
    """Return the world of one report: the questions of all its files."""
    (document,) = load_documents([report])
    return World([case for path in files for case in cases(path, document)], [document])


def _reading(record: dict[str, Any]) -> Case:
    """Return a question of CMRC or DRCD; its evidence is where its answers stand."""
    spans = [
        (record["passage_id"], start, start + len(answer))
        for answer, start in zip(record["answers"], record["answer_starts"], strict=True)
    ]
    return Case(
        record["id"], record["question"], "reading", True, record["answers"], spans=spans[:1]
    )


def _noisy(record: dict[str, Any], noise: float) -> World:
    """Return a question of RGB among five passages, `noise` the share that does not answer it.

    At 1.0 no passage answers, and the question should be refused. Where the answer stands is not
    known: several passages may tell it.
    """
    bad = round(_RGB_PASSAGES * noise)
    good = record["positive"][: _RGB_PASSAGES - bad]
    texts = [*good, *record["negative"][: _RGB_PASSAGES - len(good)]]
    documents = [Document(f"p{i}", f"p{i}", text, format="jsonl") for i, text in enumerate(texts)]
    parts = [part if isinstance(part, list) else [part] for part in record["answer"]]
    case = Case(
        f"{record['id']}@{noise}", record["query"], f"noise {noise}", bool(good),
        ["、".join(whole) for whole in product(*parts)] if good else [],
        refusal=None if good else "not_in_documents",
    )  # fmt: skip
    return World([case], documents)
