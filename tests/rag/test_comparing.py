import pytest

from corpus.documents import Document, Span
from rag.comparing import Side, compared, sides
from rag.findings import Finding, Quote

TEXT = "2024年新增床位240张。改造燃气管网623公里、供热管网150公里。"
REPORT = Document("r", "澜溪市2025年政府工作报告", TEXT)
QUOTE = Quote(REPORT, (), Span(0, 5))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("燃气管网和供热管网,哪个改得更长?", ("燃气管网", "供热管网")),
        ("燃气管网比供热管网改得长吗?", ("燃气管网", "供热管网改得")),
        ("新增床位去年和今年哪年更多?", ("去年", "今年")),
    ],
)
def test_the_two_things_of_a_comparison(question: str, expected: tuple[str, str]) -> None:
    found = sides(question, REPORT)
    assert found is not None
    assert (found[0].name, found[1].name) == expected


@pytest.mark.parametrize("question", ["燃气管网改造多长?", "天津和北京在哪些领域合作?"])
def test_other_questions_compare_nothing(question: str) -> None:
    assert sides(question, REPORT) is None


def _told(**figures: str) -> dict[str, Finding]:
    return {name: Finding(short, (QUOTE,), f"{name}{short}") for name, short in figures.items()}


@pytest.mark.parametrize(
    ("question", "figures", "short"),
    [
        ("哪个更长", {"甲": "623公里", "乙": "150公里"}, "甲，甲623公里，乙150公里"),
        ("哪个更长", {"甲": "150公里", "乙": "623公里"}, "乙，乙623公里，甲150公里"),
        ("哪个更短", {"甲": "623公里", "乙": "150公里"}, "乙，乙150公里，甲623公里"),
        ("哪个更多", {"甲": "20家", "乙": "20家"}, "一样多，甲20家，乙20家"),
        ("哪个更多", {"甲": "20家", "乙": "20公里"}, None),  # nothing to compare
        ("哪个更多", {"甲": "20家"}, None),
    ],
)
def test_the_winner_comes_first_with_both_figures(
    question: str, figures: dict[str, str], short: str | None
) -> None:
    told = _told(**figures)
    pair = (Side("甲", "甲"), Side("乙", "乙"))
    found = compared(question, pair, told.get)
    assert (found and found.short) == short
