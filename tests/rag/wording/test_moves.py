import pytest

from rag.wording.gravity import is_grave
from rag.wording.moves import Tile, moves, staying
from rag.wording.wordform import read


def order(pasted: str, source: str) -> list[str] | None:
    ours, theirs = read(pasted), read(source)
    tiles = moves(ours, theirs)
    return tiles and [ours.stream[t.pasted : t.pasted + t.size] for t in tiles]


@pytest.mark.parametrize(
    ("pasted", "source", "tiles"),
    [
        ("供水、供热、燃气", "燃气、供热、供水", ["供水", "供热", "燃气"]),
        ("建供水3家、供热5家", "建供热5家、供水3家", None),  # a character of nine is in no item
        ("新建供水3家、供热5家", "新建供热5家、供水3家", ["新建", "供水3家", "供热5家"]),
        ("供水、供热和燃气等管网", "燃气、供热和供水等管网", ["供水", "供热和", "燃气", "等管网"]),
        ("评级卓越，53个“一事”落地", "53个“一事”落地，评级卓越", ["评级卓越", "53个一事落地"]),
        ("供热、供水", "供热、供水", None),  # in order
        ("供水增长5%、6%", "供水增长6%、5%", None),  # bare figures
        ("供水6公里、供热3公里", "供水3公里、供热6公里", None),  # figures that left their words
        ("供热燃气", "燃气供热", None),  # no seam
        ("供水、供热、电力", "供热、供水、燃气", None),  # something else is there
    ],
)  # fmt: skip
def test_only_whole_items_with_their_figures_are_moved(
    pasted: str, source: str, tiles: list[str] | None
) -> None:
    assert order(pasted, source) == tiles


def test_the_heaviest_rising_chain_stays() -> None:
    long, short, last = Tile(4, 0, 6), Tile(0, 6, 4), Tile(10, 10, 2)
    assert staying([short, long, last]) == [long, last]


@pytest.mark.parametrize(
    "pair",
    [
        "632公里/623公里",
        "10个/10家",
        "2000万元/2000亿元",
        "七个/7个",
        "一批/全部",
        "新增/累计达到",
        "共/各",
        "/各",
        "不/",
        "未/",
        "推进/加快",
        "完成/启动",
        "确保/力争",
        "明年/今年",
        "/≥",
        "市级/国家级",
        "左右/以上",
        "5/-5",
    ],
)
def test_a_difference_in_what_is_promised_is_grave(pair: str) -> None:
    pasted, source = pair.split("/")
    assert is_grave(pasted, source)
    assert is_grave(source, pasted)


@pytest.mark.parametrize(
    "pair",
    [
        "华为/联想",
        "南段/北段",
        "公共/社会",
        "未来/将来",
        "不断/",
        "节约/集约",
        "供应/供给",
        "附近/邻近",
        "超算/算力",
    ],
)
def test_a_difference_in_other_words_is_not(pair: str) -> None:
    pasted, source = pair.split("/")
    assert not is_grave(pasted, source)
