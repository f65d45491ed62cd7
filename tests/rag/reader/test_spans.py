import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.documents import Span
from rag.reader.spans import moved, proposals

PIPES = "今年改造燃气管网623公里、供热管网150公里、供水管网30公里。"
RAILS = "建成地铁11号线一期西段、5号线延伸线、津静市域(郊)铁路首开段,加快推进津滨轻轨改造,"
WORKS = "推进保障性住房建设、“平急两用”公共基础设施建设、城中村改造等“三大工程”。"


@pytest.mark.parametrize(
    ("sentence", "proposed"),
    [
        (PIPES, ["623公里", "150公里", "30公里"]),  # figures
        (PIPES, ["供热管网", "供热管网150公里"]),  # the thing, and both
        (PIPES, ["今年改造燃气管网623公里、供热管网150公里、供水管网30公里"]),  # the clause
        (RAILS, ["地铁11号线一期西段", "5号线延伸线", "津静市域(郊)铁路首开段", "津滨轻轨"]),
        (RAILS, ["11号线", "一期", "郊", "(郊)"]),
        (RAILS, ["建成地铁11号线一期西段、5号线延伸线、津静市域(郊)铁路首开段"]),
        (WORKS, ["保障性住房建设", "“平急两用”公共基础设施建设", "城中村改造"]),
        (WORKS, ["“三大工程”", "三大工程", "平急两用"]),
        ("推进海河柳林“设计之都”建设", ["海河柳林“设计之都”", "设计之都"]),
        ("地区生产总值增长5%左右，技术合同成交额突破2000亿元。",
         ["5%", "5%左右", "增长5%左右", "2000亿元", "突破2000亿元"]),
        ("2023年GDP同比增长4.3%", ["2023年", "4.3%", "同比增长4.3%"]),
        ("《条例》已经实施", ["《条例》", "条例"]),
    ],
)  # fmt: skip
def test_what_may_answer_is_proposed(sentence: str, proposed: list[str]) -> None:
    assert set(proposed) <= {span.of(sentence) for span in proposals(sentence)}


def test_nothing_ends_or_begins_with_a_mark_and_nothing_comes_twice() -> None:
    for sentence in (PIPES, RAILS, WORKS):
        spans = proposals(sentence)
        assert list(spans) == sorted(set(spans), key=lambda span: (span.start, span.end))
        for span in spans:
            assert span.of(sentence) == span.of(sentence).strip("，,。；;：:、！？!? \t")


@pytest.mark.parametrize("sentence", ["", "，。", "   "])
def test_of_marks_alone_nothing_is_proposed(sentence: str) -> None:
    assert proposals(sentence) == ()


def test_what_is_longer_than_an_answer_is_not_proposed() -> None:
    long = "改造老旧小区" * 14
    assert all(span.end - span.start <= 80 for span in proposals(f"{long}。"))
    assert long not in {span.of(long) for span in proposals(long)}


@given(
    st.text(st.sampled_from("改造管网和与、，。；“”《》(（）)6三23.%公里年 等个至"), max_size=60)
)
def test_proposals_of_any_text_stand_in_it(text: str) -> None:
    for span in proposals(text):
        assert 0 <= span.start < span.end <= len(text)
        assert span.end - span.start <= 80


@pytest.mark.parametrize(
    ("sentence", "figure", "said"),
    [
        ("地区生产总值增长5%左右", "5%左右", "增长5%左右"),
        ("年均下降了3.2%", "3.2%", "年均下降了3.2%"),
        ("压减至30家", "30家", "压减至30家"),
        ("改造管网623公里", "623公里", "623公里"),
        ("增长的5%", "5%", "5%"),
    ],
)
def test_a_figure_is_said_with_how_it_moves(sentence: str, figure: str, said: str) -> None:
    start = sentence.index(figure)
    assert moved(sentence, Span(start, start + len(figure))).of(sentence) == said
