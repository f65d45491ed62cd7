import pytest

from corpus.documents import Span
from corpus.sentences import clauses, sentences


def cut(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("改造管网。建成地铁！好吗？好", ["改造管网。", "建成地铁！", "好吗？", "好"]),
        ("真的?!好!行", ["真的?!", "好!", "行"]),
        ("等等……再说…完", ["等等……", "再说…", "完"]),
        ("他说：“办成了。”大家说好。", ["他说：“办成了。”", "大家说好。"]),
        ("（见附件。）『好。』》」后文", ["（见附件。）", "『好。』》」", "后文"]),
        ('"好。"行[对。])完', ['"好。"', "行[对。])", "完"]),
        ("增长5.5%，建设5.5G网络。", ["增长5.5%，建设5.5G网络。"]),
        ("Growth was 5.5%. It rose. End.", ["Growth was 5.5%.", "It rose.", "End."]),
        ("甲.乙", ["甲.乙"]),
        ("甲；乙：丙，丁", ["甲；乙：丙，丁"]),
        ("甲\r\n乙\n丙\r丁", ["甲", "乙", "丙", "丁"]),
        ("甲\u2028乙", ["甲\u2028乙"]),
        ("\u3000 甲。 \t乙\u3000", ["甲。", "乙"]),
        ("。。！“”——😀\u3000", []),
        ("甲。——。乙。", ["甲。", "乙。"]),
        ("𠮷。龘😀。", ["𠮷。", "龘😀。"]),
        ("", []),
    ],
)
def test_text_is_cut_into_these_sentences(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_sentences_are_looked_for_inside_the_span_only() -> None:
    text = "甲甲。乙乙。丙丙。"
    assert list(sentences(text, Span(1, 5))) == [Span(1, 3), Span(3, 5)]


def test_an_ascii_full_stop_at_the_end_of_the_span_ends_a_sentence() -> None:
    assert list(sentences("ab.cd", Span(0, 3))) == [Span(0, 3)]


def test_a_sentence_of_four_hundred_characters_is_left_whole() -> None:
    text = "，".join(["津" * 99] * 4) + "。"
    assert len(text) == 400
    assert cut(text) == [text]


def test_a_longer_sentence_is_cut_at_the_last_clause_mark_that_fits() -> None:
    text = "津" * 150 + "，" + "沽" * 150 + "；”" + "河" * 150 + "。"
    assert cut(text) == ["津" * 150 + "，" + "沽" * 150 + "；”", "河" * 150 + "。"]


def test_a_longer_sentence_without_clause_marks_is_cut_every_four_hundred_characters() -> None:
    assert [len(sentence) for sentence in cut("津" * 950 + "。")] == [400, 400, 151]


def test_pieces_without_a_letter_or_figure_are_dropped_while_cutting() -> None:
    dashes = "—" * 300
    assert cut(f"{'津' * 399}，{dashes}，{'沽' * 200}") == ["津" * 399 + "，", "沽" * 200]


def test_clauses_end_at_commas_and_semicolons_with_their_closing_marks() -> None:
    text = "推进“一，”二；三、四,五。"
    found = [span.of(text) for span in clauses(text, Span(0, len(text)))]
    assert found == ["推进“一，”", "二；", "三、四,", "五。"]


def test_a_comma_between_figures_ends_no_clause() -> None:
    text = "新增2,000家,5家甲,乙，6，7"
    found = [span.of(text) for span in clauses(text, Span(0, len(text)))]
    assert found == ["新增2,000家,", "5家甲,", "乙，", "6，", "7"]


def test_clauses_are_looked_for_inside_the_span_only() -> None:
    assert list(clauses("甲，乙，丙", Span(2, 5))) == [Span(2, 4), Span(4, 5)]


@pytest.mark.parametrize("mark", ["。", ".", "…", "”", "?”", ". ", "，", "a.", "\r\n", " ", ".)"])
def test_no_pattern_is_slow_on_twenty_thousand_marks(mark: str) -> None:
    text = "甲" + mark * (20_000 // len(mark)) + "乙"
    for found in (cut(text), [span.of(text) for span in clauses(text, Span(0, len(text)))]):
        assert found[0].startswith("甲")
        assert found[-1].endswith("乙")


def test_an_ascii_full_stop_before_a_closing_mark_ends_a_sentence() -> None:
    assert cut('He said "done." Then (it rose.) End.') == [
        'He said "done."',
        "Then (it rose.)",
        "End.",
    ]
