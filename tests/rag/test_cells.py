"""Cells by row and heading: the asked one, none that is not there, and what has the most."""

from collections.abc import Callable

import pytest

from corpus.loaders import load
from eval.askers import searcher_of
from index.embedders import Embedder
from rag.answers import Answer
from rag.assistant import Assistant
from rag.reader import Reader

DISTRICTS = """单位：亿元
各区主要经济指标
地区,总产值,增速,牵头单位,完成时限
云溪区,412.6,5.1%,区发展改革局,2025年6月
青浦镇,87.3,6.8%,镇经济办,2025年9月
望山区,530.2,4.4%,区工信局,—
合计,1030.1,,,
"""
PROJECTS = """2025年重点项目清单
序号,项目名称,建设地点,总投资（亿元）,建设年限
1,望江大桥,云溪区,12.6,2024—2026
2,北部水厂,望山区,3.8,2025—2027
3,会展中心,云溪区,9.4,2023—2025
"""
MATERIALS = """防汛物资
名称,单位,云溪区,望山区,合计
冲锋舟,艘,6,9,15
编织袋,万条,4.2,3.8,8.0
"""
LINES = """轨道交通建设进展
线路,车站（座）,土建完成,施工单位
2号线一期,18,84%,隧道公司
4号线,25,37%,建工集团
"""
Ask = Callable[[str], Answer]


@pytest.fixture(scope="module")
def ask(embedder: Embedder, reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Ask:
    folder = tmp_path_factory.mktemp("tables")
    for name, text in (("districts", DISTRICTS), ("projects", PROJECTS), ("stock", MATERIALS),
                       ("lines", LINES)):  # fmt: skip
        (folder / f"{name}.csv").write_text(text)
    found = searcher_of(load([folder]), embedder, tmp_path_factory.mktemp("home"))
    return Assistant(lambda: found, reader).ask


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("望山区的总产值是多少？", "530.2亿元"),
        ("云溪区增速多少？", "5.1%"),
        ("云溪区由谁牵头？", "区发展改革局"),
        ("青浦镇什么时候完成？", "2025年9月"),
        ("北部水厂总投资多少？", "3.8亿元"),
        ("望江大桥建在哪里？", "云溪区"),
        ("云溪区有几艘冲锋舟？", "6艘"),
        ("冲锋舟一共有多少艘？", "15艘"),
        ("4号线有几座车站？", "25座"),
        ("2号线一期土建完成多少了？", "84%"),
    ],
)
def test_a_cell_is_told_with_its_unit_and_cited_as_its_row(
    ask: Ask, question: str, short: str
) -> None:
    answer = ask(question)
    assert answer.short_answer == short
    row = answer.citations[-1]
    assert row.focus is not None
    start, end = (at - row.start for at in row.focus)
    assert short.startswith(row.quote[start:end])


@pytest.mark.parametrize(
    "question",
    [
        "望山区什么时候完成？",
        "北部水厂由谁负责设计？",
        "海河区的总产值是多少？",
        "3号线土建完成多少了？",
        "6号线有几座车站？",
        "2号线二期有几座车站？",
    ],
)
def test_an_empty_cell_a_missing_column_and_a_missing_row_are_no_answer(
    ask: Ask, question: str
) -> None:
    assert not ask(question).answered


def test_of_an_empty_cell_it_is_said_that_it_is_empty(ask: Ask) -> None:
    answer = ask("望山区什么时候完成？")
    assert "表里“望山区”这一行的“完成时限”是空的。" in answer.answer
    assert answer.related[0].quote.startswith("望山区")


def test_a_row_is_found_by_what_stands_in_a_cell_of_it(ask: Ask) -> None:
    assert ask("总投资9.4亿元的是哪个项目？").short_answer == "会展中心"


def test_several_rows_that_have_what_is_given_are_listed(ask: Ask) -> None:
    assert ask("建在云溪区的有哪些项目？").short_answer == "望江大桥、会展中心"


@pytest.mark.parametrize(
    ("question", "short", "said"),
    [
        ("哪个地区总产值最高？", "望山区", "按表中 3 项比较得出。"),  # the sum is none of them
        ("哪个地区增速最低？", "望山区", "按表中 3 项比较得出。"),
        ("哪个项目总投资最大？", "望江大桥", "按表中 3 项比较得出。"),
        ("哪个区的编织袋最多？", "云溪区", "按表中 2 项比较得出。"),
    ],
)
def test_what_has_the_most_is_compared_down_a_column_or_along_a_row(
    ask: Ask, question: str, short: str, said: str
) -> None:
    answer = ask(question)
    assert answer.short_answer == short
    assert said in answer.answer


@pytest.mark.parametrize(
    ("question", "short", "said"),
    [
        ("云溪区和望山区哪个总产值高？", "望山区", "530.2亿元，按表中 2 项比较得出。"),
        ("望江大桥与会展中心哪个总投资少？", "会展中心", "9.4亿元，按表中 2 项比较得出。"),
        ("哪些地区总产值超过400亿元？", "云溪区、望山区", "超过400亿元的有 2 项。"),
        ("哪些项目总投资低于10亿元？", "北部水厂、会展中心", "低于10亿元的有 2 项。"),
    ],
)
def test_what_is_named_is_compared_alone_and_with_a_limit(
    ask: Ask, question: str, short: str, said: str
) -> None:
    answer = ask(question)
    assert answer.short_answer == short
    assert said in answer.answer
