import pytest

from corpus.documents import Document
from rag.years import asked_year, clause_year, named_years, plan_year, spoken_year

TITLE = "某市政府工作报告（2025年1月15日）"
REPORT = Document("r", TITLE, f"{TITLE}\n一、回顾")
PROSE = Document("p", "某公园", "2019年建成的公园。")


def test_a_work_report_plans_the_year_it_is_of() -> None:
    assert plan_year(REPORT) == 2025
    assert plan_year(PROSE) is None
    assert plan_year(Document("t", "报告", "", plan_year=2024)) == 2024


@pytest.mark.parametrize(
    ("question", "year"),
    [("今年改造多少", 2025), ("去年完成多少", 2024), ("明年打算建几个", 2026), ("2023年多少", 2023),
     ("截至目前引育了多少家", "now"), ("已经引进了多少人", "now"),
     ("现在已经有多少家", "now"), ("到2030年要达到几条", 2030), ("改造2000公里吗", None),
     ("多少公里", None), ("throughput in 2024?", 2024)],
)  # fmt: skip
def test_the_year_a_question_names(question: str, year: int | str | None) -> None:
    assert asked_year(question, 2025) == year


def test_years_are_plain_words_outside_of_reports() -> None:
    assert asked_year("去年完成多少", None) is None
    assert spoken_year(("回顾",), "改造多少", None) is None


@pytest.mark.parametrize(
    ("section", "sentence", "year"),
    [(("一、2024年工作回顾",), "改造240公里", 2024), (("一、过去一年工作回顾",), "改造", 2024),
     (("二、2025年目标任务",), "改造280公里", 2025), (("三、自身建设",), "改造", 2025),
     (("二、2025年目标任务",), "比2023年增长", 2023), ((), "突破2000亿元", 2025)],
)  # fmt: skip
def test_the_year_a_sentence_speaks_of(section: tuple[str, ...], sentence: str, year: int) -> None:
    assert spoken_year(section, sentence, 2025) == year


def test_a_clause_may_speak_of_another_year_than_its_sentence() -> None:
    assert clause_year(2024, "今年力争98%以上", REPORT) == 2025
    assert clause_year(2024, "办理286件", REPORT) == 2024


def test_two_years_are_named_with_the_words_of_a_reader() -> None:
    assert named_years("2024年和2025年比哪年多", REPORT) == [("去年", 2024), ("今年", 2025)]
    assert named_years("去年多还是今年多", REPORT) == [("去年", 2024), ("今年", 2025)]
    assert named_years("去年多还是今年多", PROSE) == []
