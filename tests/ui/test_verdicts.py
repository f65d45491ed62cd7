from datetime import datetime

from corpus.documents import Document
from corpus.library import shipped
from rag.wording.checker import Checker
from ui.web.verdicts import report

CHECKER = Checker(shipped())
NOW = datetime(2026, 11, 25, 9, 30)


def told(text: str) -> str:
    return report(CHECKER.check(text), "000001-abc", NOW)


def test_a_changed_figure_is_shown_against_the_source_and_grave() -> None:
    html = told("今年改造燃气管网632公里")
    assert "核对结果：<span class='jw-label jw-changed'>有出入</span>" in html
    assert "<del class='jw-grave' title='原文'>623公里</del>" in html
    assert "<ins class='jw-grave' title='所贴文字'>632公里</ins>" in html
    assert "href='#cite=tianjin-2024:2512:2525'" in html
    assert "完善城市设施和服务功能 · 第 7 段（第 2513—2525 字）" in html
    assert "核对时间 2026-11-25 09:30，索引版本 000001-abc" in html


def test_every_sentence_has_its_own_verdict() -> None:
    html = told("供热管网150公里。今年新建地铁站九座，投资八十亿元。")
    assert html.count("<li>") == 2
    assert "查无此句" in html
    assert "最接近的原文" in html


def test_the_very_words_are_exact_and_have_no_diff() -> None:
    html = told("提升产业链竞争力")
    assert "一字不差" in html
    assert "<del" not in html
    assert "<ins" not in html


def test_a_paste_is_no_markup() -> None:
    html = told("今年改造燃气管网<img src=x onerror=alert(1)>632公里<script>x</script>")
    assert "<img" not in html
    assert "<script" not in html


def test_words_of_many_reports_are_shown_once_with_their_count() -> None:
    reports = [Document(str(k), f"报告{k}", "新建口袋公园五十座。") for k in range(3)]
    html = report(Checker(reports).check("新建口袋公园五十座。"), "000001-abc", NOW)
    assert html.count("<blockquote>") == 1
    assert "另有 2 处相同（2 份报告）" in html


def test_the_very_words_of_another_report_stand_beside_the_difference() -> None:
    reports = [Document(str(k), f"报告{k}", f"新建口袋公园{k}十座。") for k in "五六"]
    found = Checker(reports).check("新建口袋公园五十座。", preferred=frozenset("六"))
    html = report(found, "000001-abc", NOW)
    assert "<del class='jw-grave' title='原文'>六十座</del>" in html
    assert "原文：</span>新建口袋公园五十座。</p>" in html
    assert "另一份报告里有一字不差的原文：报告五 · 第 1 段（第 1—10 字）" in html
