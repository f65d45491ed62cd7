from collections.abc import Callable

import pytest

Short = Callable[[str], str | None]


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("今年燃气管网改造多长", "280公里"),  # 分别 pairs it with the first of three
        ("今年供水管网改造多长", "65公里"),
        ("去年燃气管网改造多长", "240公里"),  # the other year of the same report
        ("新增老年助餐点今年多少个", "64个"),  # not the 累计450个 beside it
        ("老年助餐点今年累计多少个", "达到450个"),
        ("育儿补贴三孩给多少", "6000元"),
        ("低保标准提高到多少", "1030元"),  # not the 985元 it is raised from
        ("低保标准原来是多少", "985元"),
        ("海鲜美食节是第几届", "第八届"),
        ("环澜湾自行车赛是第几届", "首届"),
        ("铁海联运量要增长多少", "20%"),
        ("高校毕业生来滨澜找工作可以免费住几天", "最长7天"),
        ("市属国企要整合成几家", "11家"),
        ("会议和文件一共减少多少", "各减少10%"),  # never a sum that the report does not give
    ],
)
def test_the_figure_that_is_said_of_the_asked_thing(
    short: Short, question: str, figure: str
) -> None:
    assert short(question) == figure


def test_no_figure_is_taken_where_the_unit_is_not_there(short: Short) -> None:
    assert short("澜湾跨海大桥要花多少亿元") != "14.8公里"


def test_a_figure_that_the_question_gives_is_no_answer(short: Short) -> None:
    assert short("这142个老旧小区里有几个带电梯") != "142个"
