from collections.abc import Callable

from rag.readers import Finding

Found = Callable[[str], Finding | None]


def test_a_topic_is_answered_by_its_clause(found: Found) -> None:
    finding = found("渔歌")
    assert finding
    assert finding.short == "保护传承渔歌、船模、贝雕等非物质文化遗产"


def test_how_is_answered_by_the_sentence_without_a_headline(found: Found) -> None:
    finding = found("怎么治理拖欠农民工工资")
    assert finding
    assert finding.short is None
    assert "治理拖欠农民工工资问题" in finding.quotes[0].span.of(finding.evidence.document.text)


def test_how_far_something_is_has_its_clause_as_headline(found: Found) -> None:
    finding = found("松涛抽水蓄能电站什么进度")
    assert finding
    assert finding.short == "加快建设松涛抽水蓄能电站"


def test_a_heading_about_the_question_brings_what_stands_under_it(found: Found) -> None:
    finding = found("怎么壮大海洋产业")
    assert finding
    assert len(finding.quotes) > 1
