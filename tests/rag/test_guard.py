import pytest

from rag.answers import Answer, Citation
from rag.guard import guarded, unsupported

QUOTE = "今年改造燃气管网623公里、供热管网150公里，增长百分之五，突破2,000亿元"


def answer(short: str | None, text: str) -> Answer:
    cited = (Citation(1, "d", "t", (), 0, len(QUOTE), QUOTE),)
    return Answer("问", "问", True, text, short, citations=cited)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("623公里", []),
        ("六百二十三公里", []),
        ("６２３千米", []),
        ("5%", []),
        ("2000亿元", []),
        ("约623公里左右", []),
        ("632公里", ["632公里"]),
        ("623家", ["623家"]),
        ("623公里、30公里", ["30公里"]),
        ("5个百分点", ["5个百分点"]),
    ],
)
def test_every_figure_has_to_stand_in_a_quote(text: str, missing: list[str]) -> None:
    assert unsupported(text, [QUOTE]) == missing


def test_an_answer_whose_figures_stand_passes_as_it_is() -> None:
    good = answer("623公里", f"623公里[1]\n{QUOTE}[1]")
    assert guarded(good) is good


def test_a_figure_of_our_own_is_dropped_and_the_quote_stays() -> None:
    bad = guarded(answer("3000公里", f"3000公里[1]\n{QUOTE}[1]"))
    assert bad.short_answer is None
    assert bad.answer == f"{QUOTE}[1]"
    assert bad.warnings == ("有一处自拟的表述与原文不符，已略去。",)
