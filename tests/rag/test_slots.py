import pytest

from rag.slots import dimension_of, slot


@pytest.mark.parametrize(
    ("question", "kind", "dimension", "unit", "head"),
    [
        ("今年要改造多少公里燃气管网?", "figure", "length", "公里", "燃气管网"),
        ("技术合同成交额今年目标多少亿", "figure", "money", "", ""),
        ("票价多少钱?", "figure", "money", "", ""),
        ("人才公寓月租金怎么收?", "figure", "money", "", ""),
        ("增长百分之几?", "figure", "ratio", "", ""),
        ("停运多久?", "figure", "duration", "", ""),
        ("吞吐量在省内排第几位?", "figure", "rank", "位", ""),
        ("一共几站?", "figure", "count", "站", ""),
        ("机场三期什么时候开工?", "when", "", "", ""),
        ("今年要建成哪些轨道交通线路", "list", "", "", "轨道交通线路"),
        ("“设计之都”准备落在哪里?", "where", "", "", "里"),
        ("谁来牵头?", "who", "", "", ""),
        ("那只母基金全称叫什么?", "name", "", "", "母基金"),
        ("怎么打通成果转化?", "how", "", "", ""),
        ("会展经济有什么安排", "how", "", "", ""),
        ("为什么只改造100公里?", "why", "", "", ""),
        ("机场三期今年会开工吗?", "polar", "", "", ""),
        ("今年搞不搞?", "polar", "", "", ""),
        ("首批住房真的放在澜江区?", "polar", "", "", ""),
        ("燃气和供热,今年哪个改得更长?", "compare", "", "", ""),
        ("医保报销比例提高到多少", "figure", "ratio", "", ""),
        ("副市长是哪位", "who", "", "", "位"),
        ("口袋公园", "topic", "", "", ""),
        ("how many pocket parks are planned?", "figure", "", "", ""),
        ("is a second line among the projects?", "polar", "", "", ""),
        ("which county gets support?", "where", "", "", "县"),
    ],
)
def test_what_a_question_asks_for(
    question: str, kind: str, dimension: str, unit: str, head: str
) -> None:
    found = slot(question)
    assert (found.kind, found.dimension, found.unit, found.head) == (kind, dimension, unit, head)


@pytest.mark.parametrize(
    ("unit", "dimension"),
    [("公里", "length"), ("平方米", "area"), ("吨", "mass"), ("元", "money"), ("%", "ratio"),
     ("年", "duration"), ("名", "people"), ("家", "count"), ("", "")],
)  # fmt: skip
def test_what_a_unit_measures(unit: str, dimension: str) -> None:
    assert dimension_of(unit) == dimension
