import pytest

from rag.language.pairs import pairs


@pytest.mark.parametrize(
    ("clause", "paired"),
    [
        ("甲区、乙区、丙区分别建设花园、码头、学校",
         [("甲区", "建设花园"), ("乙区", "码头"), ("丙区", "学校")]),
        ("推进甲、乙和丙分别为1、2、3", [("推进甲", "为1"), ("乙", "2"), ("丙", "3")]),
        ("甲区、乙区建设花园", []),  # nothing pairs them
        ("甲区分别建设花园、码头", []),  # fewer things than what is said of them
    ],
)  # fmt: skip
def test_the_first_goes_with_the_first(clause: str, paired: list[tuple[str, str]]) -> None:
    assert [(p.left.of(clause), p.right.of(clause)) for p in pairs(clause)] == paired
