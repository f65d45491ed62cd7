import pytest

from rag.drafts import Draft
from rag.generation.relevance import beside
from rag.generation.sentences import Sentence


@pytest.mark.parametrize(
    ("text", "marks", "expected"),
    [
        ("今年改造燃气管网623公里。", (1,), False),
        ("今年改造燃气管网623公里、供热管网150公里。", (1,), False),
        ("今年改造供热管网150公里。", (1,), True),
        ("制定老旧管网改造计划。", (1,), False),
        ("集中力量有序实施。", (1,), False),
        ("实施燃气工程。", (2,), False),
        ("完善公园养护机制。", (2,), True),
        ("完善公园养护机制。", (), False),
    ],
)
def test_another_figure_or_another_thing_is_beside_the_question(
    draft: Draft, text: str, marks: tuple[int, ...], expected: bool
) -> None:
    assert len(draft.answer.citations) == 1
    assert beside(Sentence(text, marks), draft) is expected
