import pytest

from corpus.places import Place, find, mentions, short


def named(text: str, *own: Place) -> list[tuple[str, list[str]]]:
    return [(m.text, [place.full for place in m.places]) for m in mentions(text, own)]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("广西壮族自治区", "广西"), ("天津市", "天津"), ("新疆维吾尔自治区", "新疆"),
        ("恩施土家族苗族自治州", "恩施"), ("香港特别行政区", "香港"), ("浦东新区", "浦东"),
        ("大兴安岭地区", "大兴安岭"), ("市县", "市县"), ("澜溪市", "澜溪"),
    ],
)  # fmt: skip
def test_short_names(name: str, told: str) -> None:
    assert short(name) == told


def test_a_name_is_found_in_any_form() -> None:
    guangdong = Place("广东省", "440000")
    assert find("广东省") == find("广东") == find("粤") == find("岭南") == (guangdong,)
    assert find("吉林") == (Place("吉林省", "220000"),)  # the province before the city
    assert find("吉林市") == (Place("吉林市", "220200"),)
    assert {p.full for p in find("朝阳区")} == {"北京市朝阳区", "长春市朝阳区"}
    assert find("北京市朝阳区") == (Place("朝阳区", "110105"),)
    assert find("澜溪市") == (Place("澜溪市"),)
    assert find("") == ()


def test_a_place_holds_what_lies_in_it() -> None:
    guangdong, shenzhen = Place("广东省", "440000"), Place("深圳市", "440300")
    assert guangdong.holds(shenzhen)
    assert guangdong.holds(guangdong)
    assert not shenzhen.holds(guangdong)
    assert not Place("澜溪市").holds(shenzhen)
    assert [guangdong.level, shenzhen.level, Place("澜溪市").level] == [
        "province",
        "city",
        "unknown",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("北京和上海的增长目标", [("北京", ["北京市"]), ("上海", ["上海市"])]),
        ("今年沪GDP", [("沪", ["上海市"])]),
        ("粤和浙今年", [("粤", ["广东省"]), ("浙", ["浙江省"])]),
        ("京沪两地谁高", [("京沪", ["北京市", "上海市"])]),
        ("长三角一体化", [("长三角", ["上海市", "江苏省", "浙江省", "安徽省"])]),
        ("深圳今年", [("深圳", ["深圳市"])]),
        ("朝阳今年GDP", [("朝阳", ["北京市朝阳区", "朝阳市", "朝阳市朝阳县", "长春市朝阳区"])]),
        ("北京大学的改革", []), ("云服务平台", []), ("灯塔工厂", []), ("新增就业和住房", []),
        ("老城区和郊区", []),
        ("鼓楼今年", [("鼓楼", ["南京市鼓楼区", "徐州市鼓楼区", "福州市鼓楼区", "开封市鼓楼区"])]),
    ],
)  # fmt: skip
def test_the_places_of_a_text(text: str, found: list[tuple[str, list[str]]]) -> None:
    assert named(text) == found


def test_places_that_the_table_lacks_are_known_where_they_are_given() -> None:
    assert named("澜溪今年怎么样") == []
    assert named("澜溪今年怎么样", Place("澜溪市")) == [("澜溪", ["澜溪市"])]


def test_offsets_are_of_the_text() -> None:
    (mention,) = mentions("问问广东省的目标")
    assert (mention.start, mention.end, mention.group) == (2, 5, False)
