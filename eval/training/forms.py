"""Questions of a report's own words, made by forms: those that people wrote too few of.

Whether a thing is planned at all, whether it is done already, figures that stand in a row with
others, and details of a thing that its sentence does not give. A form asks of what a clause says;
it is a rule of the training data, not of the product.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.resources import files
from random import Random
from typing import Any

from corpus.documents import Span
from eval.training.config import Forms
from eval.training.examples import NO, SPAN, YES, Asked
from rag.reader.windows import Page

_CLAUSE = re.compile("[^,;。:!?]+")
_HURRIED = (
    "(?:加快|扎实|深入|持续|大力|全面|积极|继续|统筹|稳步|有序|着力|加大|提速|协同|高质量|高标准)*"
)
_BEGINS = "推进|启动|开工建设|开展|推动|支持|探索|筹建|谋划"
_DOES = (
    f"{_BEGINS}|建设|新建|改造|建成|实施|完善|提升|优化|打造|培育|发展|扩大|深化|落实|推行|举办|办好|建立|健全|"
    "设立|组建|引进|修建|推广|加强|规范|培养|提高|整治|治理|创建|争创|制定|出台|新增|开通|布局|改善"
)
_PLANNED = re.compile(f"^{_HURRIED}(?P<verb>{_DOES})(?P<thing>[一-鿿“”a-z0-9()]{{3,18}})$")
_WORK = "改造|建设|治理|整治|试点|改革|修复|保护|提升|培育|攻关|开发|升级|筹建|招生|运营|合作|整合"
_WORKED = re.compile(f"^(?P<what>.{{2,14}})(?P<work>{_WORK})$")
_DONE = re.compile("[了过]|已|累计|达到|突破|完成|增长|下降|[12][09]\\d\\d年|居全国|荣获|获批|首次")
_TAIL = re.compile("(?:等[一-鿿]{0,4}|一批)$")

_NUMBER = r"\d[\d.,]*(?:万|亿|余|多|个)*?"
_NOUN = "[一-鿿“”a-z]{2,12}?"
_VERB = f"(?P<verb>(?:{_HURRIED}(?:{_DOES}|引育|力争))?)"
_AFTER = re.compile(
    f"^{_VERB}(?P<thing>{_NOUN})(?:各)?"
    f"(?P<figure>{_NUMBER}(?P<unit>万亿元|亿元|万元|[万亿]?[一-鿿]{{1,2}}?)(?:以上|左右)?)$"
)
_BEFORE = re.compile(
    f"^{_VERB}"
    f"(?P<figure>{_NUMBER}(?P<unit>家|个|所|座|条|项|名|处|对|支|件|台|套|公里|亩|万亩|片))(?P<thing>{_NOUN})$"
)

_FORMS: dict[str, Any] = tomllib.loads((files("eval.training") / "forms.toml").read_text("utf-8"))
_AHEAD = re.compile("新增|力争|达到|突破|新建|建设|培育|新创建")


@dataclass(frozen=True, slots=True)
class _Made:
    kind: str
    asked: Asked


def formed(page: Page, most: Forms, rng: Random) -> list[Asked]:
    """Return what the forms ask of a report's sentences, a few of each."""
    made: dict[str, list[Asked]] = {}
    plain = [n for n, s in enumerate(page.sentences) if not s.is_heading]
    for number in plain:
        ahead = number > len(page.sentences) * 0.45  # what is done comes first in a work report
        for one in _of(page.folded(number)[0], number, ahead, rng):
            made.setdefault(one.kind, []).append(one.asked)
    chosen: list[Asked] = []
    for kind, few in asdict(most).items():
        every = made.get(kind, [])
        chosen += rng.sample(every, min(few, len(every)))
    return chosen


def _of(text: str, number: int, ahead: bool, rng: Random) -> Iterator[_Made]:
    for clause in _CLAUSE.finditer(text):
        whole = Span(*clause.span())
        found = _PLANNED.match(clause[0])
        if found and ahead and not _DONE.search(clause[0]):
            yield from _plans(found, number, whole, text, rng)
        yield from _figures(clause[0], number, whole, ahead, rng)


def _plans(
    found: re.Match[str], number: int, whole: Span, text: str, rng: Random
) -> Iterator[_Made]:
    verb, thing = found["verb"], _TAIL.sub("", found["thing"])
    if len(thing) < 3:
        return
    parts = {"verb": verb, "thing": thing}
    work = _WORKED.match(thing)
    forms = _FORMS["planned"]
    if work and rng.random() < 0.6:
        parts |= {"what": work["what"], "work": work["work"], "short": work["work"][0]}
        forms = _FORMS["worked"]
    yield _Made("planned", _asked(number, YES, whole, rng.choice(forms).format(**parts), rng))
    if re.fullmatch(_BEGINS, verb):
        parts["finished"] = rng.choice(_FORMS["finished"])
        question = rng.choice(_FORMS["done"]).format(**parts)
        yield _Made("done", _asked(number, NO, whole, question, rng))
    details = _FORMS["details"]
    lacking = [of["forms"] for of in details if not any(c in text for c in of["none_of"])]
    if lacking:
        question = rng.choice(rng.choice(lacking)).format(**parts)
        yield _Made("untold", _near(number, question, rng))


def _figures(clause: str, number: int, whole: Span, ahead: bool, rng: Random) -> Iterator[_Made]:
    items, verb, at = clause.split("、"), "", whole.start
    matched = [(_AFTER.match(item), _BEFORE.match(item)) for item in items]
    in_a_row = sum(1 for after, before in matched if after or before) > 1
    for item, (after, before) in zip(items, matched, strict=True):
        found = after or before
        if found:
            verb = found["verb"] or verb
            span = Span(at + found.start("figure"), at + found.end("figure"))
            parts = {"verb": verb, "thing": found["thing"], "unit": found["unit"],
                     "figure": found["figure"]}  # fmt: skip
            forms = _FORMS["behind"] if after else _FORMS["before"]
            if in_a_row:
                question = rng.choice(forms).format(**parts)
                yield _Made("figures", _asked(number, SPAN, span, question, rng))
            told, right = _told(found["figure"], rng)
            question = rng.choice(_FORMS["claims"]).format(told=told, **parts)
            yield _Made("claims", _asked(number, YES if right else NO, span, question, rng))
            if before:
                question = rng.choice(_FORMS["parts"]).format(**parts)
                yield _Made("untold", _near(number, question, rng))
            if ahead and _AHEAD.search(clause):
                question = rng.choice(_FORMS["now"]).format(**parts)
                yield _Made("untold", _near(number, question, rng))
        at += len(item) + 1


def _told(figure: str, rng: Random) -> tuple[str, bool]:
    """Return a figure as it is, or another in its place, and whether it is as it is."""
    digits = re.match(r"[\d.,]+", figure)
    assert digits is not None
    if rng.random() < 0.5:
        return figure, True
    value = float(digits[0].replace(",", "") or 1)
    other = value * rng.choice([0.5, 0.8, 1.2, 2, 3, 10])
    return f"{other:.10g}{figure[digits.end() :]}", False


def _asked(number: int, verdict: int, span: Span, question: str, rng: Random) -> Asked:
    return Asked(number, verdict, (span,), (_ended(question, rng),), ())


def _near(number: int, question: str, rng: Random) -> Asked:
    return Asked(number, SPAN, (), (), (_ended(question, rng),))


def _ended(question: str, rng: Random) -> str:
    return question + ("?" if rng.random() < 0.7 else "")
