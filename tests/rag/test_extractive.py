from rag.answers import Citation
from rag.extractive import compose, refuse


def test_brackets_of_a_quote_are_not_taken_for_marks() -> None:
    cited = Citation(1, "d", "t", (), 0, 9, "见注[7]和[x]。")
    assert compose([cited]) == "见注［7］和[x]。[1]"
    assert cited.quote == "见注[7]和[x]。"


def test_a_refusal_tells_what_there_is_and_what_is_shown() -> None:
    assert refuse(near=False, notes=[]) == "收录的报告里没有找到能回答这个问题的内容。"
    told = refuse(near=True, notes=["节选"])
    assert told == (
        "收录的报告里没有找到能回答这个问题的内容。（收录的是节选。）最接近的原文一并列出，供参考。"
    )
