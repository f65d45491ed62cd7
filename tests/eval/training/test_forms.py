"""Questions made by forms: of the very clause, with the right verdict and the right figure."""

from dataclasses import asdict
from random import Random

import pytest

from corpus.documents import Document
from eval.training.config import Config, Forms
from eval.training.examples import NO, SPAN, YES, Asked
from eval.training.forms import formed
from rag.reader.windows import Page, page

_EVERY = Forms(*[1_000] * 5)
_BEFORE = "去年已经启动老城区改造。地区生产总值增长5.2%。粮食再获丰收。"
_AHEAD = (
    "建成地铁首开段,加快推进津滨轻轨改造。改造燃气管网623公里、供热管网150公里。新建5家智能工厂。"
)


def _asked(text: str, most: Forms = _EVERY, seed: int = 17) -> tuple[Page, list[Asked]]:
    found = page(Document("made-up", "青海省2026年政府工作报告", text, "txt"))
    return found, formed(found, most, Random(seed))


def _of(verdict: int, text: str = _BEFORE + _AHEAD) -> set[tuple[str, str]]:
    """Return the questions of a verdict, of many seeds, with the words that answer."""
    return {
        (question.removesuffix("?"), span.of(found.folded(asked.sentence)[0]))
        for seed in range(40)
        for found, every in [_asked(text, seed=seed)]
        for asked in every
        if asked.verdict == verdict
        for question, span in zip(asked.questions, asked.spans, strict=True)
    }


def test_what_is_planned_is_asked_after_in_many_ways() -> None:
    found = {question for question, words in _of(YES) if words == "加快推进津滨轻轨改造"}
    assert {"津滨轻轨还改造吗", "津滨轻轨改造在不在今年的安排里", "津滨轻轨还改不改"} <= found
    assert not any("老城区" in question for question, _ in _of(YES))  # was done before


def test_what_is_only_begun_is_not_done() -> None:
    found = {question for question, words in _of(NO) if words == "加快推进津滨轻轨改造"}
    assert {"津滨轻轨改造已经建成了吗", "津滨轻轨改造取消了吗"} <= found
    assert not any("地铁首开段" in question for question, _ in _of(NO))  # will be built


def test_a_figure_in_a_row_is_its_own_things() -> None:
    found = _of(SPAN)
    assert ("供热管网改造多少公里", "150公里") in found
    assert ("改造燃气管网多少公里", "623公里") in found
    assert {words for _, words in found} == {"623公里", "150公里"}  # a figure alone is no row


def test_a_claim_holds_with_the_very_figure_only() -> None:
    assert ("燃气管网是623公里吗", "623公里") in _of(YES)
    assert ("供热管网是75公里吗", "150公里") in _of(NO)
    assert not any("623公里" in question for question, words in _of(NO) if words == "623公里")


def _near_misses(text: str) -> set[str]:
    every = (asked for seed in range(40) for asked in _asked(text, seed=seed)[1])
    return {question.removesuffix("?") for asked in every for question in asked.near_misses}


def test_what_a_sentence_does_not_say_is_asked_as_a_near_miss() -> None:
    costs = "津滨轻轨改造要花多少钱"
    assert {costs, "现在已经有多少家智能工厂了"} <= _near_misses(_BEFORE + _AHEAD)
    assert costs not in _near_misses(_AHEAD.replace("改造。", "改造,投资5亿元。", 1))


@pytest.mark.parametrize("kind", list(asdict(_EVERY)))
def test_a_report_gives_as_many_as_wanted(kind: str) -> None:
    none = dict.fromkeys(asdict(_EVERY), 0)
    assert len(_asked(_BEFORE + _AHEAD, Forms(**none | {kind: 1}))[1]) == 1
    assert not _asked(_BEFORE + _AHEAD, Forms(**none))[1]


def test_the_configuration_has_them(config: Config) -> None:
    assert config.forms.planned > 0
    assert config.small().forms == Forms(2, 2, 2, 2, 2)
