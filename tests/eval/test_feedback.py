from eval.cases import dump, load
from eval.feedback import drafts
from rag.feedback import Feedback

ANSWER = {"answered": True, "short_answer": "623公里", "refusal": None,
          "citations": [{"quote": "今年改造燃气管网623公里"}]}  # fmt: skip
NO = {"answered": False, "short_answer": None, "refusal": "off_topic", "citations": []}


def test_what_was_right_is_kept_and_what_was_wrong_is_left_to_a_reviewer() -> None:
    right, wrong, refused = drafts([
        Feedback("t1", "right", "多少公里？", ANSWER),
        Feedback("t2", "wrong_figure", "几个？", ANSWER, history=(("问", "答"),)),
        Feedback("t3", "needless_refusal", "有吗？", NO),
    ])  # fmt: skip
    assert (right.accept, right.evidence, right.answerable) == (
        ["623公里"], ["今年改造燃气管网623公里"], True,
    )  # fmt: skip
    assert (wrong.accept, wrong.evidence, wrong.history) == ([], [], [("问", "答")])
    assert wrong.kind.startswith("review: give the right figure")
    assert refused.answerable
    assert refused.refusal is None
    (agreed,) = drafts([Feedback("t4", "right", "红烧肉？", NO)])
    assert (agreed.answerable, agreed.refusal) == (False, "off_topic")


def test_the_last_word_on_a_question_wins() -> None:
    (only,) = drafts(
        [Feedback("t1", "right", "问", ANSWER), Feedback("t2", "incomplete", "问", ANSWER)]
    )
    assert only.kind.startswith("review: give all items")


def test_drafts_are_read_back_as_cases(tmp_path) -> None:  # type: ignore[no-untyped-def]
    made = drafts([Feedback("t1", "right", "多少公里？", ANSWER)])
    path = tmp_path / "draft.jsonl"
    path.write_text(dump(made))
    assert load(path) == made
