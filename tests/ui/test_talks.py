import json

from rag.questions import MAX_CHARS
from ui.web.assets import ASSETS
from ui.web.guard import MAX_BODY
from ui.web.talks import MOST_CHARS, MOST_QUESTIONS, MOST_TALKS, TITLE_CHARS, Talk, Talks

TWO = Talks((Talk("b", ("口袋公园几个？",)), Talk("a", ("燃气管网多少？", "供热的呢？"))), "b")


def test_a_new_conversation_is_listed_from_its_first_question() -> None:
    begun = TWO.begun()
    assert begun.questions() == ()
    grown = begun.asking("你好吗？")
    assert [talk.title for talk in grown.talks] == ["你好吗？", "口袋公园几个？", "燃气管网多少？"]
    assert grown.questions() == ("你好吗？",)
    assert grown.asking("再问").talks[0] == Talk(grown.current, ("你好吗？", "再问"))
    assert grown.asking("你好吗？") == grown  # asked anew


def test_an_old_one_that_goes_on_moves_to_the_front_and_loses_nothing() -> None:
    gone_on = TWO.opened("a").asking("供水的呢？")
    assert [talk.id for talk in gone_on.talks] == ["a", "b"]
    assert gone_on.questions() == ("燃气管网多少？", "供热的呢？", "供水的呢？")


def test_they_are_named_found_and_removed() -> None:
    named = TWO.named("a", "  管网\n的事 ")
    assert named.choices() == [("口袋公园几个？", "b"), ("管网 的事", "a")]
    assert named.choices("供热") == [("管网 的事", "a")]
    assert named.choices("没有这个") == []
    assert named.named("a", " ").choices("燃气")[0][0] == "燃气管网多少？"
    assert named.without("b") == Talks(named.talks[1:], "")
    assert named.without("a").current == "b"


def test_what_a_browser_keeps_comes_back() -> None:
    assert Talks.of(TWO.to_json()) == TWO


def test_what_is_no_conversation_is_left_out() -> None:
    for kept in (None, 3, "x", [], ["问"], {"talks": 1}, {"talks": [None, {"id": 1}, {"id": "a"}]}):
        assert Talks.of(kept) == Talks()
    mixed = {"current": None, "talks": [{"id": "a", "questions": ["问", 1]}, {"questions": ["x"]}]}
    assert Talks.of(mixed) == Talks((Talk("a", ("问",)),))


def test_they_stay_small() -> None:
    many = Talks()
    for number in range(MOST_TALKS + 5):
        many = many.begun().asking(f"问题{number}")
    assert len(many.talks) == MOST_TALKS
    assert many.talks[0].title == f"问题{MOST_TALKS + 4}"
    long = Talks()
    for number in range(MOST_QUESTIONS + 1):
        long = long.asking(f"{number:02}" + "长" * 98)
    assert len(long.questions()) == MOST_QUESTIONS
    assert long.questions()[0].startswith("01长")
    assert long.talks[0].title == "01" + "长" * (TITLE_CHARS - 3) + "…"


def test_the_browser_keeps_no_more_than_we_take() -> None:
    script = (ASSETS / "talks.js").read_text(encoding="utf-8")
    limits = f"MOST_TALKS = {MOST_TALKS}, MOST_CHARS = {MOST_CHARS}, TITLE_CHARS = {TITLE_CHARS};"
    assert limits in script


def test_a_request_can_carry_whatever_is_kept() -> None:
    """Else a visitor with long conversations could neither ask nor delete any more."""
    full = Talks()
    for talk in range(MOST_TALKS):
        full = full.begun()
        for number in range(MOST_QUESTIONS):
            full = full.asking(f"{talk}-{number}" + "𠮷" * (MAX_CHARS - 10))
    sent = json.dumps(full.to_json(), ensure_ascii=False).encode()
    assert len(full.talks) == 2
    assert len(sent) < MAX_BODY / 2
    assert Talks.of(full.to_json()) == full
