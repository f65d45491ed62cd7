import pytest

from corpus.documents import Document
from rag.answerability import calibration
from rag.polarity import holds, is_polar
from rag.questions import understand
from rag.reader import Read
from rag.reader.windows import page, window
from tests.readers import read_of

PAGE = page(Document("d", "报告", "机场三期开工建设。"))


def read(polar: float = 0.9, yes: float = 0.5) -> Read:
    return read_of(window(PAGE, 0), 0.9, polar=polar, yes=yes)


@pytest.mark.parametrize(
    ("question", "polar", "expected"),
    [
        ("机场三期会开工吗？", 0.1, True),  # its form says so
        ("机场三期开工", 0.9, True),  # as it was read
        ("机场三期开工", 0.1, False),
        ("机场三期投资多少亿元？", 0.9, False),  # asks for a figure
        ("为什么机场三期开工？", 0.9, False),
    ],
)
def test_whether_a_yes_or_a_no_is_asked_for(question: str, polar: float, expected: bool) -> None:
    assert is_polar(understand(question), read(polar)) is expected


@pytest.mark.parametrize(
    ("question", "fact", "yes", "expected"),
    [
        ("供热管网改造623公里吗", "供热管网150公里", 1.0, False),  # figures before all else
        ("供热管网改造150公里吗", "供热管网150公里", 0.0, True),
        ("机场三期建成了吗", "机场三期开工建设", 1.0, False),  # another stage
        ("机场三期开工了吗", "机场三期开工建设", 0.0, True),  # the very stage
        ("刑事警情下降了吗", "刑事警情下降14%", 0.0, True),
        ("还能新建燃煤锅炉吗", "全市不再新建燃煤锅炉", 1.0, False),
        ("去年发生过重大事故吗", "未发生重大以上事故", 1.0, False),
    ],
)
def test_what_is_exact_decides_first(question: str, fact: str, yes: float, expected: bool) -> None:
    assert holds(question, fact, read(yes=yes)) is expected


def test_the_reader_decides_what_is_left() -> None:
    least = calibration().yes
    question, fact = "会扶持小企业吗", "加大首贷力度"
    assert holds(question, fact, read(yes=least + 0.01))
    assert not holds(question, fact, read(yes=least - 0.01))
