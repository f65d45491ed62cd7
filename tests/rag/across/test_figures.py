"""Figures across reports whose units, directions and times differ."""

import pytest

from corpus.documents import Document
from corpus.identity import identify
from rag.across.asking import asked_across
from rag.across.candidates import fallen
from rag.across.comparing import compared
from rag.across.conditions import condition
from rag.across.phrases import top
from rag.across.ranking import leading, rank_key, size
from rag.across.telling import told
from rag.answerability import calibration
from rag.assembly import Assembly
from rag.binding import bind
from rag.inquiry import Inquiry
from rag.targets.finder import targets
from rag.targets.target import Target
from tests.provinces import REPORTS


def figure(text: str) -> Target:
    document = identify(Document("d", "报告", f"2026年甲市政府工作报告\n今年{text}。"))
    (target,) = targets([document])
    return fallen(document, target)


def test_figures_of_units_of_one_measure_compare() -> None:
    jin, ton = figure("粮食产量300亿斤"), figure("粮食产量3000万吨")
    assert size(jin)[2] == size(ton)[2]
    assert rank_key(jin)[0] == pytest.approx(rank_key(ton)[0] / 2)
    assert [name for name, _ in leading([("甲", jin), ("乙", ton)], 1, False)] == ["乙"]
    assert compared([("甲", jin), ("乙", ton)]) == ["乙更多", "相差1500万吨（按两处数字算出）"]


def test_a_condition_is_held_in_the_smallest_unit() -> None:
    over = condition("哪些省粮食产量超过200亿斤")
    assert over is not None
    assert over.holds(figure("粮食产量3000万吨"), [])
    assert not over.holds(figure("粮食产量90亿斤"), [])


def test_a_fall_is_less_than_any_growth() -> None:
    fall, growth = figure("进出口下降5.4%"), figure("进出口增长2.7%")
    assert fall.written == "下降5.4%"
    assert rank_key(fall)[0] == -5.4
    assert [name for name, _ in leading([("甲", fall), ("乙", growth)], 1, True)] == ["甲"]


def test_at_least_is_above_and_at_most_below_the_bare_figure() -> None:
    more, bare, less = (figure(f"经济增长5%{word}") for word in ("以上", "左右", "以内"))
    assert rank_key(more) > rank_key(bare) > rank_key(less)


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("哪个省最高", 1), ("前三的省", 3), ("前十五名是哪些省", 15), ("最高的五个省", 5),
        ("各省排名", 0), ("前三季度增速最高的省", 1),
    ],
)  # fmt: skip
def test_how_many_of_a_ranking_are_asked_for(question: str, count: int) -> None:
    assert top(question) == count


def test_a_row_whose_figure_does_not_stand_in_its_sentence_is_dropped_and_named(
    provinces: Assembly,
) -> None:
    question = "山西和湖南今年城镇新增就业目标分别是多少"
    asked = asked_across(question, REPORTS, bind(question, REPORTS))
    assert asked is not None
    true = next(t for t in targets([REPORTS[2]]) if t.written == "70万人")
    false = next(t for t in targets([REPORTS[0]]) if t.written == "45万人")
    made = Target(**{**false.to_json(), "section": false.section, "written": "46万人"})
    inquiry = Inquiry(provinces.searcher(), provinces.reader(), calibration())
    found = [(REPORTS[0], made), (REPORTS[2], true)]
    answer = told(question, question, asked, found, inquiry).answer
    assert answer.table is not None
    assert [row.value for row in answer.table.rows] == ["70万人"]
    assert answer.table.missing == ("山西省",)
    assert "46" not in answer.answer


def test_who_does_not_mention_a_term_is_asked_too(provinces: Assembly) -> None:
    answer = provinces.assistant(generate=False).ask("没提到低空经济的省有哪些？")
    assert answer.short_answer is not None
    assert "陕西省" in answer.short_answer
    assert "山西省" not in answer.short_answer


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("哪些省经济增长目标是5%以上", ["5%以上"]),
        ("哪些省经济增长目标不是5%左右", ["5%以上", "6%"]),
        ("哪些省经济增长目标超过5%", ["5%以上", "5%左右", "6%"]),
        ("哪些省经济增长目标在5.5%到7%之间", ["6%"]),
        ("哪些省经济增长目标低于5.5%", ["5%以上", "5%左右"]),
    ],
)  # fmt: skip
def test_conditions_as_people_put_them(question: str, held: list[str]) -> None:
    every = [figure(f"经济增长{value}") for value in ("5%以上", "5%左右", "6%")]
    asked = condition(question)
    assert asked is not None
    assert [t.written for t in every if asked.holds(t, every)] == held


def test_a_large_number_needs_no_unit() -> None:
    asked = condition("哪些省地区生产总值突破5万亿")
    assert asked is not None
    assert asked.holds(figure("地区生产总值6.1万亿元"), [])
    assert not asked.holds(figure("地区生产总值4.9万亿元"), [])
