"""Questions on government reports, written by people who saw only the report: the form "govqa".

`NAME.jsonl` holds a line for a place of the report `NAME.txt`, `NAME.b.jsonl` a second round:

    {"e": anchor, "k": kind, "a": [span], "y": "yes", "q": [plain, paraphrase, third], "n": [near]}

e   words that stand exactly once in the report and inside one sentence of it, the gold sentence
k   one of KINDS
a   the spans that answer, each a slice of the gold sentence; none where the whole sentence does
y   "yes" or "no", for the kind yesno alone
q   one question in three makes: plain words, a real paraphrase, and a third (spoken, keywords,
    a typo, Traditional script, English)
n   near misses: the same topic, answered nowhere in the report; may be left out

No question stands twice in a file.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.documents import Document, Sentence
from corpus.structure import outline

KINDS = (
    "figure", "yesno", "name", "list", "what", "how", "compare", "place", "definition", "date",
)  # fmt: skip
MAKES = ("plain", "paraphrase", "third")
TRAINED_ON = (
    "云南省", "内蒙古自治区", "北京市", "吉林省", "四川省", "宁夏回族自治区", "安徽省", "山东省",
    "山西省", "广西壮族自治区", "新疆维吾尔自治区", "江苏省", "江西省", "河北省", "浙江省",
    "海南省", "湖北省", "湖南省", "甘肃省", "福建省", "西藏自治区", "辽宁省", "重庆市", "青海省",
)  # fmt: skip
HELD_OUT = ("天津市", "广东省", "河南省", "陕西省", "贵州省", "黑龙江省", "上海市")
_POLES = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a file: `line` counts from 1, `questions` are in the order of MAKES."""

    line: int
    anchor: str
    kind: str
    answers: tuple[str, ...]
    yes: bool | None
    questions: tuple[str, ...]
    near: tuple[str, ...]


def read_items(path: Path, text: str) -> tuple[list[Item], list[str]]:
    """Return the good lines of a file on the report `text`, and what is wrong with each other one.

    A message is file name, line number and fault: "江苏省.jsonl:12: 须有三个问题". Raises OSError.
    """
    report = Document(path.stem, path.stem, text, "txt")
    items: list[Item] = []
    bad: list[str] = []
    asked: dict[str, int] = {}
    for number, line in enumerate(path.read_bytes().split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            items.append(_checked(_item(number, line), report, asked))
        except ValueError as error:
            bad.append(f"{path.name}:{number}: {error}")
    return items, bad


def gold(report: Document, anchor: str) -> Sentence:
    """Return the sentence that holds the anchor; raises ValueError when that is not one."""
    times = report.text.count(anchor)
    if times != 1:
        raise ValueError(f"e“{anchor}”在报告里出现 {times} 次，须恰好一次")
    start = report.text.index(anchor)
    for sentence in outline(report).sentences:
        if sentence.start <= start and start + len(anchor) <= sentence.end:
            return sentence
    raise ValueError(f"e“{anchor}”不在报告的一个句子里")


def trained_on(names: Iterable[str]) -> list[str]:
    """Return which of the reports that the adapters were trained on these names speak of."""
    every = list(names)
    return [report for report in TRAINED_ON if any(report in name for name in every)]


def _item(number: int, line: bytes) -> Item:
    """Return a line as an item when its fields are of the right make; raises ValueError."""
    record = _record(line)
    (anchor,) = _words([record.get("e")], "e")
    kind, pole = record.get("k"), record.get("y")
    if kind not in KINDS:
        raise ValueError(f"k“{kind}”不是 {'、'.join(KINDS)} 之一")
    if pole not in (("yes", "no") if kind == "yesno" else (None,)):
        raise ValueError("y 须是 yes 或 no，且只用于 yesno")
    return Item(number, anchor, kind, _words(record.get("a"), "a"), _POLES.get(str(pole)),
                _words(record.get("q"), "q"), _words(record.get("n", []), "n"))  # fmt: skip


def _record(line: bytes) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except ValueError as error:
        raise ValueError("不是 JSON") from error
    if not isinstance(record, dict):
        raise ValueError("不是 JSON 对象")
    return record


def _words(value: Any, field: str) -> tuple[str, ...]:
    """Return a list of texts that say something; raises ValueError for anything else."""
    texts = value if isinstance(value, list) else [None]
    if not all(isinstance(text, str) and any(c.isalnum() for c in text) for text in texts):
        raise ValueError(f"{field} 缺少、是空的或不是文字")
    return tuple(texts)


def _checked(item: Item, report: Document, asked: dict[str, int]) -> Item:
    """Return the item when it fits the report and asks nothing in `asked`, which it adds to."""
    if len(item.questions) != len(MAKES):
        raise ValueError(f"q 有 {len(item.questions)} 个问题，须有三个")
    sentence = gold(report, item.anchor)
    for answer in item.answers:
        if answer not in report.text[sentence.start : sentence.end]:
            raise ValueError(f"a“{answer}”不在 e 所在的句子里")
    for question in (*item.questions, *item.near):
        if question in asked:
            raise ValueError(f"“{question}”与第 {asked[question]} 行重复")
        asked[question] = item.line
    return item
