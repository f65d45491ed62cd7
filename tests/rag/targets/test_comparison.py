from dataclasses import replace
from pathlib import Path

from corpus.documents import Document
from corpus.library import shipped
from corpus.loaders import load
from rag.targets.comparison import Row, side_by_side
from rag.targets.finder import targets

DATASETS = Path(__file__).parents[3] / "eval" / "datasets"
REPORTS = [*shipped(), *load([DATASETS / "binlan.txt"])]


def compared(*texts: str) -> list[Row]:
    documents = [
        Document(**{**_plain(REPORTS[0]), "id": f"d{k}", "text": text})
        for k, text in enumerate(texts)
    ]
    return side_by_side(targets(documents), [d.id for d in documents])


def _plain(document: Document) -> dict[str, object]:
    return {name: getattr(document, name) for name in document.__slots__}


def told(rows: list[Row]) -> list[tuple[str, list[list[str]]]]:
    return [(row.indicator, [[t.figure for t in cell] for cell in row.cells]) for row in rows]


def test_the_indicators_of_two_reports_stand_side_by_side() -> None:
    rows = side_by_side(targets(REPORTS), [d.id for d in REPORTS])
    assert ("燃气管网", [["623公里"], ["240公里", "280公里"]]) in told(rows)
    assert ("技术合同成交额", [["2000亿元"], ["186亿元", "220亿元"]]) in told(rows)
    assert all(row.shared for row in rows)


def test_scope_verbs_and_counting_words_do_not_part_indicators() -> None:
    assert told(compared("城镇新增就业6.3万人。", "全市新增城镇就业人数60000人。")) == [
        ("城镇新增就业", [["6.3万人"], ["60000人"]])
    ]


def test_a_level_a_change_and_a_total_are_not_compared() -> None:
    assert compared("地区生产总值达到4860亿元。", "地区生产总值增长5.8%。") == []
    assert compared("森林覆盖率达到45%。", "森林覆盖率提高0.5个百分点。") == []
    assert compared("新增5G基站2000个。", "累计建成5G基站12000个。") == []


def test_things_are_compared_whatever_counts_them_but_not_with_money() -> None:
    (row,) = compared("改造老旧小区30个。", "改造老旧小区28处。")
    assert row.to_json()["documents"]["d1"][0]["value"] == 28
    assert compared("改造老旧小区30个。", "改造老旧小区28亿元。") == []


def test_only_the_chosen_documents_are_compared_in_their_order() -> None:
    found = targets(REPORTS)
    ids = [d.id for d in REPORTS]
    assert side_by_side(found, ids[:1]) == []
    first = side_by_side(found, ids[::-1])[0]
    assert first.cells[0][0].document_id == ids[1]


def test_what_has_no_figure_is_not_compared() -> None:
    assert compared("实施一批城中村改造项目。", "实施一批城中村改造项目。") == []
    (found,) = targets([replace(REPORTS[0], text="实施一批城中村改造项目。")])
    assert found.value is None
