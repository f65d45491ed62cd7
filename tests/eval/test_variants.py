from pypinyin import lazy_pinyin

from eval.cases import Case
from eval.variants import keywords, robust, slipped, traditional

GAS = Case("1", "今年要改造多少公里燃气管网？", "figure", True, ["623公里"], ["燃气管网623公里"])


def test_a_slip_changes_one_character_and_keeps_the_sound() -> None:
    slip = slipped(GAS.question)
    assert sum(a != b for a, b in zip(slip, GAS.question, strict=True)) == 1
    assert [s.lower() for s in lazy_pinyin(slip)] == lazy_pinyin(GAS.question)
    assert slip == slipped(GAS.question)  # the same slip every time
    assert slipped("PM2.5?") == "PM2.5?"


def test_forms() -> None:
    assert traditional(GAS.question) == "今年要改造多少公里燃氣管網？"
    assert keywords("今年要改造多少公里供热管网？").split()[0] == "改造"
    assert "多少" not in keywords(GAS.question)
    assert keywords("吗？") == "吗？"


def test_robust_keeps_answers_and_names_the_form() -> None:
    refused = Case("2", "红烧肉？", "far", False, refusal="off_topic")
    made = robust([GAS, refused])
    assert [(c.id, c.kind) for c in made] == [
        ("1/as asked", "as asked"), ("1/typed", "typed"),
        ("1/traditional", "traditional"), ("1/keywords", "keywords"),
    ]  # fmt: skip
    assert {c.accept[0] for c in made} == {"623公里"}
