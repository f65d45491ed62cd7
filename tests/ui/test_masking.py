import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.masking import masked

WIDE = str.maketrans("0123456789X@.", "０１２３４５６７８９Ｘ＠．")
IDENTITY, OLD, CARD = "11010519491231002X", "110105491231002", "6222021234567890128"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

before = st.sampled_from(["", "我的号码是", "请问，", "（", "2024年 ", "编号7，", "13个"])
after = st.sampled_from(["", "，今年改造多少公里", "）", "。", " 2024年", "的"])
gaps = st.sampled_from(["", " ", "-", "－", " - ", "\u3000", "\u200b"])


def number(length: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=length, max_size=length)


@st.composite
def identities(draw: st.DrawFn) -> str:
    day = f"{draw(st.integers(1, 12)):02}{draw(st.integers(1, 28)):02}"
    first = f"{draw(st.integers(110000, 659000))}{draw(st.integers(1930, 2020))}{day}"
    body = first + draw(number(3))
    total = sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


@st.composite
def cards(draw: st.DrawFn) -> str:
    body = "62" + draw(number(draw(st.integers(12, 16))))
    total = sum(
        sum(divmod(int(d) * (2 if place % 2 == 0 else 1), 10))
        for place, d in enumerate(reversed(body))
    )
    return body + str(-total % 10)


mobiles = st.builds("1{}{}".format, st.integers(3, 9), number(9))
landlines = st.builds(
    "{}{}{}".format, st.sampled_from(["010", "022", "0311", "0755"]), st.integers(2, 8), number(7)
)


@given(identities() | cards() | mobiles | landlines, st.booleans(), before, after)
def test_numbers_of_people_are_masked_at_any_width(
    told: str, wide: bool, left: str, right: str
) -> None:
    typed = told.translate(WIDE) if wide else told
    shown = masked(left + typed + right)
    assert typed not in shown
    assert shown.startswith(left)
    assert shown.endswith(right)
    assert "[" in shown


@given(identities() | cards() | mobiles | landlines, gaps, before, after)
def test_gaps_hide_nothing(told: str, gap: str, left: str, right: str) -> None:
    typed = gap.join(told[start : start + 4] for start in range(0, len(told), 4))
    shown = masked(left + typed + right)
    assert "[" in shown
    assert typed not in shown


@given(st.from_regex(r"[a-z][a-z0-9._]{0,12}@[a-z0-9]{1,10}\.(com|cn|gov\.cn)", fullmatch=True))
def test_mail_addresses_are_masked(address: str) -> None:
    assert masked(f"发到{address}好吗") == "发到[邮箱]好吗"
    assert masked(f"发到{address.translate(WIDE)}好吗") == "发到[邮箱]好吗"


UNITS = [
    "年",
    "元",
    "亿元",
    "万亿元",
    "万人",
    "公里",
    "万户",
    "%",
    "个",
    "千瓦时",
    "平方米",
    "",
    "万吨",
]
figures = st.one_of(
    st.integers(0, 9_999_999).map(str),
    st.integers(0, 99_999_999).map(lambda n: f"{n:,}"),
    st.decimals(0, 99999, places=2).map(str),
    st.integers(10**10, 10**14).map(lambda n: f"{n:,}"),
)


@given(st.lists(st.tuples(figures, st.sampled_from(UNITS)), min_size=1, max_size=4))
def test_figures_of_reports_stay(told: list[tuple[str, str]]) -> None:
    text = "、".join(f"增加{figure}{unit}" for figure, unit in told)
    assert masked(text) == text


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_masking_what_is_masked_changes_nothing(text: str) -> None:
    assert masked(masked(text)) == masked(text)


@pytest.mark.parametrize(
    "text",
    [
        "2024年完成1.5万亿元", "新增36.2万人，总量18000亿元", "2021-2025年", "2024-01-23",
        "13800138000元", "13800138000 万元", "2021 2022 2023 2024年分别是多少",
        "2021—2025 2026—2030", "市民热线12345", "1234567890123451", "2024-01-23 2025-01-23",
        "第110105491331002号",
    ],
)  # fmt: skip
def test_what_only_looks_like_one_stays(text: str) -> None:
    assert masked(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"我是{IDENTITY}，电话１３８－００１３－８０００", "我是[证件号]，电话[电话]"),
        (f"老证{OLD}", "老证[证件号]"),
        (f"{IDENTITY[:17]}1的社保", "[证件号]的社保"),  # a slip in the check digit
        (
            f"卡号{CARD[:4]} {CARD[4:8]} {CARD[8:12]} {CARD[12:16]} {CARD[16:]}。",
            "卡号[银行卡号]。",
        ),
        ("+86 138 0013 8000", "+[电话]"),
        ("打13800138000人工服务", "打[电话]人工服务"),
        ("（022）2345 6789", "（[电话]"),
        ("座机：23456789", "座机：[电话]"),
        ("١٣٨٠٠١٣٨٠٠٠", "[电话]"),
        ("13800138000@139.com", "[邮箱]"),
    ],
)
def test_each_kind_is_told(text: str, shown: str) -> None:
    assert masked(text) == shown
