import math
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.documents import Span
from rag.reader import Mark
from rag.reader.choosing import choose, runs, scored

TEXT = "建成地铁11号线一期西段、5号线延伸线,开工机场三期。"


def span(text: str) -> Span:
    start = TEXT.index(text)
    return Span(start, start + len(text))


def marks(*answers: str, inside: float = 0.9, outside: float = 0.05) -> list[Mark]:
    """A mark for each character, likely inside these answers, each begun where it begins."""
    held = [span(answer) for answer in answers]
    return [
        Mark(
            Span(i, i + 1),
            inside if any(h.start <= i < h.end for h in held) else outside,
            0.9 if any(h.start == i for h in held) else 0.01,
        )
        for i in range(len(TEXT))
    ]


def chosen(found: list[Mark], *proposed: str) -> list[str]:
    return [c.span.of(TEXT) for c in choose(found, [span(text) for text in proposed])]


def test_the_proposed_span_that_the_marks_cover_is_chosen() -> None:
    said = marks("机场三期")
    assert chosen(said, "开工机场三期", "机场三期", "三期") == ["机场三期"]


def test_all_items_of_a_list_are_chosen_in_text_order() -> None:
    said = marks("11号线一期西段", "5号线延伸线")
    assert chosen(said, "5号线延伸线", "11号线一期西段", "机场三期") == [
        "11号线一期西段", "5号线延伸线",
    ]  # fmt: skip


def test_what_the_marks_break_is_joined_where_a_span_holds_it() -> None:
    said = marks("地铁11号线", "西段", outside=0.2)
    assert chosen(said, "地铁11号线一期西段") == ["地铁11号线一期西段"]


def test_a_whole_is_better_than_its_parts() -> None:
    said = marks("地铁11号线一期西段")
    assert chosen(said, "地铁", "11号线", "一期", "西段", "地铁11号线一期西段") == [
        "地铁11号线一期西段"
    ]


def test_what_the_marks_alone_propose_is_chosen_where_no_span_fits() -> None:
    said = marks("11号线一期西段")
    assert chosen(said) == ["11号线一期西段"]
    assert chosen(said, "机场三期") == ["11号线一期西段"]


def test_a_proposed_span_is_preferred_to_a_ragged_one_that_is_as_good() -> None:
    said = marks("1号线一期西段", outside=0.2)
    assert chosen(said, "11号线一期西段") == ["11号线一期西段"]


def test_where_nothing_is_likely_the_best_alone_is_chosen() -> None:
    said = marks("机场三期", inside=0.4)
    assert chosen(said, "机场三期", "地铁11号线一期西段", "5号线延伸线") == ["机场三期"]


def test_without_marks_or_spans_nothing_is_chosen() -> None:
    assert choose([], []) == []
    assert choose([], [Span(0, 4)]) == []
    assert choose(marks(), []) == []


def test_a_score_is_the_sum_of_the_log_odds_less_what_a_span_costs() -> None:
    said = [Mark(Span(0, 1), 0.8, 0.5), Mark(Span(1, 3), 0.6, 0.1), Mark(Span(3, 4), 0.1, 0.0)]
    (whole, part) = scored(said, [Span(0, 4), Span(0, 3)])
    odds = [math.log(p / (1 - p)) for p in (0.8, 0.6, 0.1)]
    assert whole.score == pytest.approx(sum(odds) - 1)
    assert part.score == pytest.approx(sum(odds[:2]) - 1)


def test_no_single_mark_decides() -> None:
    (sure, unsure) = (scored([Mark(Span(0, 1), p, p)], [Span(0, 1)])[0].score for p in (1.0, 0.0))
    assert (sure, unsure) == (2.0, -4.0)


def test_spans_without_marks_or_begun_inside_one_have_no_score() -> None:
    said = [Mark(Span(10, 14), 0.9, 0.9)]
    assert scored(said, [Span(0, 5), Span(12, 14), Span(20, 22)]) == []
    assert [c.span for c in scored(said, [Span(10, 14), Span(11, 14), Span(8, 14)])] == [
        Span(10, 14), Span(11, 14), Span(8, 14),
    ]  # fmt: skip


def test_runs_are_likely_marks_in_a_row_cut_where_one_begins() -> None:
    said = marks("11号线一期西段", "5号线延伸线", "机场", "三期")
    assert [run.of(TEXT) for run in runs(said)] == ["11号线一期西段", "5号线延伸线", "机场", "三期"]
    assert runs(marks()) == []


@given(
    st.lists(st.tuples(st.integers(0, 7), st.integers(1, 8)), max_size=7),
    st.lists(st.floats(0.02, 0.98), min_size=8, max_size=8),
)
def test_no_other_set_of_spans_without_overlap_scores_higher(
    ends: list[tuple[int, int]], insides: list[float]
) -> None:
    spans = [Span(a, b) for a, b in ends if a < b]
    # No mark reaches a half, or the marks would propose spans of their own.
    said = [Mark(Span(i, i + 1), p, 0.0) for i, p in enumerate(insides)]
    offered = [*scored(said, spans), *scored(said, runs(said))]
    found = choose(said, spans)
    assert [c.span.start for c in found] == sorted(c.span.start for c in found)
    assert not any(a.span.overlaps(b.span) for a, b in combinations(found, 2))
    best = max(
        (
            sum(c.score for c in some)
            for size in range(1, len(spans) + 1)
            for some in combinations(scored(said, spans), size)
            if not any(a.span.overlaps(b.span) for a, b in combinations(some, 2))
        ),
        default=-math.inf,
    )
    assert bool(found) == bool(offered)
    assert sum(c.score for c in found) >= best - 1e-9
