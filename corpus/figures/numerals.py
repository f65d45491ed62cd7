"""Numerals as Chinese text writes them, read into numbers: 2,000, ２万, 3万5千, 一百二十三."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

_TRADITIONAL = (
    "萬万億亿兩两幾几數数點点個个條条項项層层間间隻只臺台輛辆戶户場场歲岁噸吨畝亩頃顷過过約约達达於于餘余"
    "內内後后來来時时鐘钟號号線线級级種种張张顆颗塊块圓圆幣币鎊镑歐欧韓韩艙舱棟栋紀纪週周處处屆届頁页頭头"
    "釐厘錢钱劑剂員员輪轮隊队雙双對对陣阵盤盘門门課课筆笔單单縣县鄉乡鎮镇區区國国歷历強强團团組组滿满際际"
    "學学檔档幀帧貫贯負负為为將将樣样類类冊册橋桥樓楼館馆廠厂會会艦舰機机"
    "勝胜攝摄華华禮礼車车馬马發发詞词講讲獎奖標标準准盧卢"
)
# One character for one, so that an offset in the plain text is the same offset in the text.
_PLAIN = {
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if code != ord("，")},
    ord("∶"): ":",
    **{ord(old): new for old, new in zip(_TRADITIONAL[::2], _TRADITIONAL[1::2], strict=True)},
}
# ， also ends a clause (1，200): it belongs to the number between full-width digits, and before a
# group that could not be a number of its own (2，000).
_WIDE_COMMA = re.compile(
    "(?<=[０-９])，(?=[０-９]{3}(?![０-９]))|(?<=[0-9])，(?=0[0-9]{2}(?![0-9]))"
)

_DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,6}(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
_MEASURE = "克米瓦卡帕伏赫焦"  # 5千克 is five kilograms, 三万千瓦 thirty thousand kilowatts
_ARABIC = re.compile(
    f"{_DIGITS}(?: ?[万十百千个]?亿(?:{_DIGITS}[百千]?万)?"
    f"| ?[十百千]?万(?![达科众向象])(?:[0-9]千(?![{_MEASURE}])(?:[0-9]百)?|[0-9]{{4}}(?![0-9.,]))?"
    f"|千(?![{_MEASURE}])(?:[0-9]百)?|百(?![{_MEASURE}姓]))?"
)
MULTIPLIER = re.compile("万?亿|[百千]?[万亿]")
_D = "[一二两三四五六七八九]"
_ONES = "[一二三四五六七八九]"  # 八万两 is silver
_SMALL = f"(?:{_D}千)?(?:零?{_D}百)?(?:(?:零?{_D}|(?<![百千万亿]))十)?(?:零?{_ONES})?"
_HAN = re.compile(
    f"两(?![十百千万亿])|(?=[一二两三四五六七八九十]|零点)"
    f"(?:{_SMALL}(?:万{_SMALL})?亿)?(?:零?{_SMALL}万)?零?{_SMALL}"
    "(?:(?<=[零一二三四五六七八九十])点[〇零一二三四五六七八九]++(?![十百千])万?亿?)?"
)
_RUN = re.compile("[〇零一二两三四五六七八九十百千万亿]+")
_REST = re.compile(f"千[{_MEASURE}]|两")
_PAIR = re.compile(  # 十四五 is a plan, not 14 or 15
    "(十?)(一[二两]|[二两]三|三四|(?<!十)[三四]五|五六|六七|七八|八九)([十百千]?万?亿?)"
)
_BARE = re.compile("[百千万]?亿|[百千]?万|[百千]")
_SEVERAL = re.compile("[数几]([十百千]?[万亿]|[十百千])(?!分之)")
_PART = re.compile(r"([0-9]+(?:\.[0-9]+)?)?([十百千万亿])?")
_POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_AS_DIGITS = str.maketrans("〇零一二两三四五六七八九点", "001223456789.", ",个 ")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral up to `end`; `form` tells 百 and 千万 (bare) and 数百 (several) from the others."""

    end: int
    value: Decimal
    form: Literal["arabic", "han", "bare", "several"]
    high: Decimal | None = None


def plain(text: str) -> str:
    """Return `text` with half-width digits and Simplified numerals and units, at equal offsets."""
    return _WIDE_COMMA.sub(",", text).translate(_PLAIN)


def value_of(numeral: str) -> Decimal:
    """Return the number that a well-formed numeral in plain text writes: 3万5千, 一百二十三."""
    total = section = Decimal(0)
    last = big = 0
    for digits, unit in _PART.findall(numeral.translate(_AS_DIGITS)):
        power = _POWERS.get(unit, 0)
        if power >= 10**4:
            section += Decimal(digits or 0)
            if total and power > big:  # 一万二千亿, 万亿: all that stands before is multiplied
                total = (total + section) * power
            else:
                total += (section if section or digits else 1) * power
            section, big = Decimal(0), power
        elif power:
            section += Decimal(digits or 1) * power
        elif digits:
            # 三万五 and 两百五 are 35000 and 250; 三万零五 says its zero and stays "05".
            section += Decimal(digits) * (last // 10 if last >= 100 and len(digits) == 1 else 1)
        last = power or last
    return total + section


def numeral_at(text: str, at: int) -> Numeral | None:
    """Return the numeral at `at` in plain text, or None; 五一 and 二〇二四 are no numbers."""
    if match := _ARABIC.match(text, at):
        return Numeral(match.end(), value_of(match.group()), "arabic")
    if match := _SEVERAL.match(text, at):
        return Numeral(match.end(), value_of(match.group(1)), "several")
    run = _RUN.match(text, at)
    if not run:
        return None
    han = _HAN.match(text, at)
    if han and han.end() >= run.end():
        return Numeral(han.end(), value_of(han.group()), "han")
    if match := _PAIR.fullmatch(text, at, run.end()):
        ten, pair, tail = match.groups()
        low, high = (value_of(f"{ten}{digit}{tail}") for digit in pair)
        return Numeral(match.end(), low, "han", high)
    if han and _REST.match(text, han.end()):
        return Numeral(han.end(), value_of(han.group()), "han")
    if match := _BARE.fullmatch(text, at, run.end()):
        return Numeral(match.end(), value_of(match.group()), "bare")
    return None
