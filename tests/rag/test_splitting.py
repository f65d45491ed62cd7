import pytest

from rag.splitting import split


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("口袋公园建几个?老旧小区改几个?", ["口袋公园建几个?", "老旧小区改几个?"]),
        ("燃气管网和供水管网今年分别改造多少公里?",
         ["燃气管网今年改造多少公里?", "供水管网今年改造多少公里?"]),
        ("机场三期和3号线一期，报告里分别是什么进度？",
         ["机场三期是什么进度?", "3号线一期是什么进度?"]),
        ("澜湾跨海大桥多长，主桥哪会儿合龙？", ["澜湾跨海大桥多长，", "主桥哪会儿合龙？"]),
        ("3号线一期全长几公里，设多少站？", ["3号线一期全长几公里，", "3号线一期全长,设多少站"]),
        ("老旧管网改造是一下子全改还是分批来?怎么组织",
         ["老旧管网改造是一下子全改还是分批来?怎么组织"]),
        ("我们楼四十年了,老旧小区今年改造多少个", ["我们楼四十年了,老旧小区今年改造多少个"]),
        ("口袋公园", ["口袋公园"]),
    ],
)  # fmt: skip
def test_each_question_is_asked_by_itself(text: str, parts: list[str]) -> None:
    assert split(text) == parts


def test_at_most_three_questions_are_taken() -> None:
    assert len(split("口袋公园几个?老旧小区几个?燃气管网几公里?供水管网几公里?")) == 3
