"""What a question asks for: its kind, and for a figure the unit and the noun it counts.

Works on plain text (`rag.language.phrasing`). The patterns are those of questions in general; the
first kind that fits wins, the most telling ones stand first.
"""

import re
from dataclasses import dataclass
from typing import Literal

from corpus.figures.units import UNITS, in_base, unit_at

Kind = Literal[
    "why", "compare", "polar", "figure", "when", "where", "who", "list", "how", "name", "topic"
]
# What is there or not: a passage beside it is no answer.
DETAILS: frozenset[Kind] = frozenset(("figure", "when", "who", "where", "name", "list"))
Dimension = Literal[
    "length", "area", "mass", "money", "ratio", "duration", "people", "count", "date", "rank", ""
]

_WHY = re.compile(
    r"为什么|为何|为啥|凭什么|依据是|什么原因|原因(?:在|是|何在)|怎么(?:才|就|还|又|反而|这么|会)|why\b"
)
_MORE = (
    r"(?<![提增扩降减加中放壮])(?:多|大(?![学厦桥会型量力赛湾道众])|长(?![度期久])|高(?![新校铁端])|少(?![年儿])|短|小(?![区学微时])"
    r"|快|重(?![点大])|低)"
)
_COMPARE = re.compile(
    rf"(?:哪|谁)(?![“\"]?[\d两三四五六七八九十]+[大个])[^,，。?？]{{0,8}}?(?<![市局校院部处县区镇村科组链])更?最?{_MORE}(?![少])"
    rf"|更{_MORE}(?:些|一点|一些)?[?？]?$"
    rf"|(?<![占对])比(?![例重率如较赛亚])[^,，。?？]{{2,20}}{_MORE}(?!少?[个家条项公])"
    rf"|{_MORE}[,，]?还是[^?？]+{_MORE}|差(?:多少|几)|(?:多少|几)倍|占上风"
)
_POLAR_FRONT = re.compile(
    r"是不是|是否|有没有|会不会|能不能|可不可以|要不要|对不对|在不在|算不算|包不包括|该不该|行不行"
    r"|^(?:is|are|does|do|will|can|has|have|any)\b|[,.?!-] ?(?:is|are|does|do|will|can)\b"
)
_POLAR_BACK = re.compile(
    r"(?:吗|么|没有|不|没|吧|对吧|是吧|对吗|是吗|是真的|没错)[呀啊呢的了]?[?？!！。,， ]*$"
)
_PHRASE = re.compile(r"(?<![真是])的[^的,，?？]{2,5}[?？]+$")  # 《三体》的播放平台? asks for a name
_COPULA = re.compile(r"属于|算是|就是")
_STATEMENT_CHARS = 9  # 首批房子放在澜江区? is no keyword any more
_A_NOT_A = re.compile(r"([一-鿿])(?:不|没)\1(?![一-鿿]*(?:多少|几))")
_WHEN = re.compile(
    r"什么时候|什么时间|什么时(?!代)|哪一?(?:年|个?月|天)(?!更|[^,，]{0,4}[多大长高少])|几月|几号(?!线)|几点"
    r"|多久(?:才|能|会|可)|(?:时间|日期|日子)(?:是|[?？]|$)|when\b|what date"
)
_NUMBERED = (
    "throughput|capacity|target|size|length|amount|rate|share|budget|price|cost|number|total"
    "|turnover|area|value"
)
_FIGURE = re.compile(
    r"多少|百分之几|几成|第几|(?:哪个|什么)(?:区间|水平|档次)|多(?:大|长|高|重|宽|远|厚|久|快)(?![学数半型于])"
    r"|(?<![十百千好])几(?![内何乎率]|号线)|数量|数目|比例(?:是|[?？]|$)"
    r"|(?:租金|费用|票价|价格|收费)[^,，?？]{0,4}怎么|怎么(?:收费|收钱|卖|定价)|什么价"
    r"|how (?:many|much|long|big|large|far|high)"
    rf"|what (?:is|was|are|were)\b.{{0,40}}\b(?:{_NUMBERED})\b"
)
_WHICH_SEVERAL = re.compile(
    r"哪(?:些|几|[两二三四五六七八九十\d]+)|都(?:有|包括)(?:什么|谁)?|包括(?:什么|谁)|分别是|些什么|哪写"
    r"|which (?:\w+ )?\w+s (?:are|will|were|do|have)\b"
)
_WHERE = re.compile(
    r"哪里|哪个?(?:地方|区|县|市|省|镇|街道|城市|国家|地区|园区)|什么地方|在哪|落在哪|where\b"
    r"|which (?:county|district|city|province|town|place)"
)
_WHO = re.compile(
    r"谁|哪(?:一)?(?:家|位)|哪个(?:公司|企业|单位|部门|机构|人|医院|大学|学校|厂)|什么(?:人|单位|公司|企业)|who\b"
    r"|which (?:company|firm|hospital|university|enterprise)"
)
_PLANS = "措施|办法|安排|打算|政策|举措|规划|招|说法|动作|计划|要求|规定|态度|方式|考虑|方案|做法"
_HOW = re.compile(
    rf"怎么|如何|怎样|什么(?:{_PLANS}|支持|进展|进度|程度|情况|动静|规矩|用途|便利|好处)"
    r"|体现在|表现在"
    rf"|(?:哪些|有何|有什么|什么新)[^,，?？]{{0,4}}(?:{_PLANS}|优惠|好处|便利)|靠什么|干什么|做什么|图的是什么"
    r"|how\b|what (?:is|are|will)[^?]*\b(?:do|doing|done)\b"
)
_LIST_HEAD = re.compile(
    r"几号线|哪些|哪几|列(?:出|一下|全|举)|全列|指(?:的是)?什么|指哪|有什么[一-鿿]{2,4}[?？]?$|都有什么"
    r"|点了(?:哪些|什么)?名|给我数数"
)
_NAME = re.compile(
    r"叫什么|叫做什么|什么名|名字|名称|全称|全名|怎么称呼|哪(?:一)?[一-鿿]|什么|what\b|which\b"
)
_NAME_ONLY = re.compile(r"叫什么|什么名|名字|全称|全名|怎么称呼")

_PRICES = "价格|票价|售价|单价|收费|费用|租金|投资额?|金额|造价|预算"
_MONEY = re.compile(
    r"多少(?:钱|资金|亿(?!人|吨|斤|千瓦|立方)|投资|费用|补贴)|几(?:块|万块|亿)|花(?:了|费)?多少"
    rf"|(?:{_PRICES})[^,，?？]{{0,4}}(?:多少|几|是|[?？]|$)|补多少"
    r"|(?:租金|费用|票价|价格|收费)[^,，?？]{0,4}怎么|怎么(?:收费|收钱|卖|定价)|什么价"
    r"|(?:投资|补贴|补助|出资|拿出|投入|耗资)了?(?:多少|几)"
)
_RATIO = re.compile(
    r"百分之几|百分之多少|多大(?:比例|比重|份额)|比例|比重|占比|增速|增幅|涨幅|降幅|增长率|幅度|[几多少]个百分点"
    r"|(?:增长|下降|上涨|提高|降低|减少|压减|跌|涨)了?(?:多少|几)(?![个家条项座处户套公亿万元人])|percent|growth"
)
_LENGTH = re.compile(r"多长(?!时间)|多远|how (?:long|far)|kilomet|length|km\b")
_DURATION = re.compile(r"多久|多长时间|(?:几|多少)(?:年|个月|天|小时|分钟|周)(?!级|底|初|前)")
_RANK = re.compile(r"第几|排(?:在|到)?(?:第几|多少|哪|几)|名次|位次|几名")
_PEOPLE = re.compile(
    r"多少(?:人|名|位)|几(?:个人|名|位|人|万人|百人|千人)|how many (?:people|person|job|visit)"
)
_COUNTED = re.compile(r"(?:多少|几)(?P<many>[十百千万亿]*)(?P<rest>[一-鿿]{0,6})")
_CALLED = re.compile(
    r"(?P<noun>[一-鿿]{2,4}?)[,， ]*(?:的)?(?:全称|全名|名称|名字|叫法)?"
    r"(?:是|叫|怎么称呼|要?叫)(?:做|个)?(?:什么|哪个)?"
)
_WHICH = re.compile(
    r"(?:哪|什么)(?:样的|[一几些个家条位座所种类项处款]|[两三四五六七八九十\d]+)*(?P<noun>[一-鿿]{1,8})"
)
_ENGLISH_HEADS = {
    "county": "县", "district": "区", "city": "市", "province": "省", "company": "公司",
    "hospital": "医院", "fund": "基金", "university": "大学",
}  # fmt: skip


# A question may be no more than what it asks for: 开售时间, 死亡人数, 举办地.
_NOUNS: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (re.compile(r"(?:时间|日期|日子)(?:是|为)?[?？ ]*$"), "when"),
    (re.compile(r"(?:人数|人次|票房|数量|金额|总[额量]|[产销]量|规模|收[入益]|价格|面积|长度|增速|增长率|比例)"
                r"(?:是|为)?[?？ ]*$"), "figure"),
    (re.compile(r"(?:地点|举办地|所在地|出生地|产地|地址|位置)(?:是|为)?[?？ ]*$"), "where"),
    (re.compile(r"(?:主演|导演|作者|(?<=.{5})[冠亚]军|得主|[校市]长|总[统理]|主席|创始人|发明者)"
                r"(?:是|为)?[?？ ]*$"), "who"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Slot:
    """What would answer: its kind; for a figure the unit and its dimension, and the head noun."""

    kind: Kind
    dimension: Dimension = ""
    unit: str = ""
    head: str = ""


def slot(plain: str) -> Slot:
    """Return what a question in plain words asks for."""
    kind = _kind(plain)
    if kind in ("figure", "compare"):
        return Slot(kind, *_figure(plain))
    return Slot(kind, head=_head(plain) if kind in ("name", "where", "who", "list") else "")


def dimension_of(unit: str) -> Dimension:
    """Return what a canonical unit measures; classifiers and unknown units count."""
    base = in_base(UNITS[unit].factor, unit)[1] if unit in UNITS else unit
    if base in ("人", "名", "位", "人次"):
        return "people"
    named: dict[str, Dimension] = {"米": "length", "平方米": "area", "亩": "area", "克": "mass",
                                   "元": "money", "美元": "money", "%": "ratio",
                                   "个百分点": "ratio", "倍": "ratio", "": ""}  # fmt: skip
    if base in named:
        return named[base]
    return "duration" if unit in UNITS and UNITS[unit].kind == "duration" else "count"


def _kind(plain: str) -> Kind:
    several = bool(_WHICH_SEVERAL.search(plain))
    if _WHY.search(plain):
        return "why"
    if _COMPARE.search(plain):
        return "compare"
    if _POLAR_FRONT.search(plain) or _A_NOT_A.search(plain):
        return "polar"
    if _WHEN.search(plain):
        return "when"
    if _FIGURE.search(plain) and not several:
        return "figure"
    if _HOW.search(plain) and not _NAME_ONLY.search(plain):
        return "how"
    if several or _LIST_HEAD.search(plain):
        return "list"
    if _WHERE.search(plain):
        return "where"
    if _WHO.search(plain):
        return "who"
    if _NAME.search(plain):
        return "name"
    for pattern, named in _NOUNS:
        if pattern.search(plain):
            return named
    phrase = _PHRASE.search(plain) and not _COPULA.search(plain)
    stated = len(plain) >= _STATEMENT_CHARS and plain[-1] in "?？" and not phrase
    return "polar" if stated or _POLAR_BACK.search(plain) else "topic"


def _figure(plain: str) -> tuple[Dimension, str, str]:
    for pattern, dimension in _DIMENSIONS:
        if pattern.search(plain):
            return dimension, _unit(plain), ""
    unit = _unit(plain)
    return (dimension_of(unit) if unit else ""), unit, _counted(plain)


_DIMENSIONS: tuple[tuple[re.Pattern[str], Dimension], ...] = (
    (_MONEY, "money"), (_RATIO, "ratio"), (_DURATION, "duration"), (_LENGTH, "length"),
    (_RANK, "rank"), (_PEOPLE, "people"),
)  # fmt: skip


def _unit(plain: str) -> str:
    """Return the unit asked for (多少公里, 几家), canonical, or ''."""
    for match in _COUNTED.finditer(plain):
        found = unit_at(plain, match.start("rest"))
        if found:
            return found[0].name
    return ""


def _counted(plain: str) -> str:
    """Return the noun counted right behind the asking word (几个站: 站), or ''."""
    for match in _COUNTED.finditer(plain):
        found = unit_at(plain, match.start("rest"))
        at = found[1] if found else match.start("rest")
        noun = re.match(r"[一-鿿a-z]{1,8}", plain[at:])
        if noun:
            return noun[0]
    return ""


def _head(plain: str) -> str:
    """Return the noun of 哪个X, 什么X, X叫什么; '' where the question names none."""
    for word, noun in _ENGLISH_HEADS.items():
        if f"which {word}" in plain:
            return noun
    if _NAME_ONLY.search(plain) and (called := _CALLED.search(plain)):
        return called["noun"].rstrip("各都又就该")[-3:]
    match = _WHICH.search(plain)
    return match["noun"] if match else ""
