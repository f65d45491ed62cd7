"""What a question asks across reports: which places, compared, ranked, picked out or listed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.documents import Document
from corpus.places import mentions
from corpus.quantities import Quantity, quantities
from index.folding import fold
from rag.binding import Binding
from rag.language.phrasing import plain
from rag.years import asked_year

Kind = Literal["compare", "rank", "filter", "mention", "table", "years"]

_WHERE = r"(?:省(?:区市?|市区?|级|份)?|自治区|直辖市|市|地方|地区|地|区域|城市|报告)"
_WHICH = re.compile(
    rf"(?:哪|有)?(?:[一两三四五六七八九十几些]|多少)*(?:个|份|家)?{_WHERE}(?:的?报告)?(?:里|中)?"
    r"|哪里|哪儿|谁家?|是谁|有谁|哪些|哪个|哪几个"
)
_ASKS_WHICH = re.compile(
    rf"(?:哪[一两三四五六七八九十几些]?个?|几个|多少个?)(?:{_WHERE}|里|儿)|{_WHERE}(?:都)?(?:有|是)(?:哪[些几个]*|谁)|有谁|谁"
)
_RANKS = re.compile(
    r"最(?:高|低|大|小|多|少|快|慢|宽|严|紧|长|短|强|弱|靠前|靠后)|排名|排行|(?:排|位居|居)(?:在)?(?:第|前|最)|前[一二三四五六七八九十\d]+"
    r"|倒数|第[一二三]名?(?=的|是|$)|从[高大多]到[低小少]|从[低小少]到[高大多]"
)
_MENTIONS = re.compile(
    r"(?:都|也|里|中|有没有|明确|专门)*(?:提到|提及|提了|提过|写到|写了|写进|写明|说到|说了|讲到|谈到|涉及|出现|部署了?|包含|点名|关注)(?:了|过)?"
)
_LISTS = re.compile(
    r"(?:各|每个?|所有|全部|全国各?|\d+个?|三十一个?)(?:个)?(?:省(?:区市?|市区?|级|份)?|自治区|直辖市|地(?:方|区)?|市)(?![级方]财)"
    r"|一览表?|列个?表|汇总|做[成个张]表|(?:列|排)(?:个|一下|出来?)"
)
_PER_PLACE = re.compile(
    r"(?:各|每个?|所有|全部|全国各?|三十一个?)个?(?:省(?:区市?|市区?|级|份)?|自治区|直辖市|地(?:方|区)?|市)|一览|汇总"
)
_LEAST = re.compile(r"最(?:低|小|少|慢|短|弱|严|紧|靠后)|倒数|从[低小少]到[高大多]|垫底")
_TOP = re.compile(
    r"前([一二三四五六七八九十]|\d+)|([两二三四五六七八九十]|\d+)个?(?:省|地方|地区|市|名)"
)
_NUMBERS = {c: n for n, c in enumerate("一二三四五六七八九十", start=1)} | {"两": 2}
_COMPARING = re.compile(
    r"(?:的)?(?:分别|各自?|都)?(?:是|为|有|要|定[的得]?|增长)*(?:多少|几|什么)(?:个?百分点|个点|点)?|[哪谁](?:个|里|省|市|地|边|家)*(?:的|定得?|更|要)*"
    r"(?:高|低|多|少|大|小|快|慢)?(?:一?些|一点)?|(?:更|相)?(?:高|低|多|少|大|小|快|慢|差)(?:多少|几)?个?(?:百分点|点)?(?=$|[?？,，])"
    r"|(?:对比|比较|相比|比一?比)(?:一下|下)?|一样吗|相同吗|有什么不同|有何不同|有什么区别|分别|各是|[两三四五六]个?(?:地|省|市|者|直辖市|区)"
)
_JOINTS = re.compile(r"^[和与跟同及比、,，及的在]+|[和与跟同及比、,，的]+$|[、]+")
_FILLS = re.compile(
    r"请|帮我?|全国(?=$|[，,]|前|今|去|20)|^全国|全国$|给我|麻烦|看看|查一?下|把|将|一下|列|出来|表格?|汇总|一览|排个?序|排名|排行|做成|做张|都有?|分别|各自?|是多少|多少|是什么|什么|怎么样"
    r"|(?:安排|定|放|排)[得的在]?(?=$|[,，])|(?:超过|达到|不低于|高于|大于|多于|低于|不到|少于|不超过|突破|至少|以上|以下|以内|左右|及|或|包括|含|等于)+|的是|[吗呢吧啊呀?？,，。:：“”\"()（）]|是(?=$)|有(?=$)|^[的在]|(?:在|的|为|达|是|有)+$"
)
_YEARS = re.compile(r"(?:19|20)\d\d年?|大?前年|去年|上一?年|今年|本年|明年")
_YEAR_ASKS = re.compile(
    r"(?:实际|完成|达到|目标|计划|打算|预计|要|想|定)*(?:了|的是)?(?:多少|几|百分之几)|实际|完成(?:情况|了)?|呢|(?:要|想|打算|准备|定)?到(?=$|多少)"
)
_IN_WORDS = re.compile(
    "怎么|怎样|如何|为什么|为何|什么(?:举措|措施|政策|办法|安排|打算|项目|地方)|哪些(?:举措|措施|政策|办法|项目|工程|产业|重点)"
)
_OVER = re.compile(r"以上|超过|超|不低于|不少于|高于|大于|多于|达到|突破|至少|及以上")
_UNDER = re.compile(r"以下|以内|低于|不到|少于|小于|不超过|不高于|之内")


@dataclass(frozen=True, slots=True)
class Condition:
    """A figure that values are held against; `exact` is as the question writes it: 5%以上."""

    quantity: Quantity
    relation: Literal["over", "under", "about"]
    written: str
    exact: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A question across reports: of which documents, and for what (今年GDP增长目标).

    `top` is how many are asked for (0: all of them), `least` whether the lowest; `difference` whether
    how far two are apart.
    """

    kind: Kind
    documents: tuple[Document, ...]
    thing: str
    least: bool = False
    top: int = 0
    condition: Condition | None = None
    term: str = ""
    missing: tuple[str, ...] = ()
    years: tuple[str, ...] = ()


def asked_across(text: str, documents: Sequence[Document], binding: Binding) -> Asked | None:
    """Return what a question asks across reports, None when it asks of one, or of none by name."""
    told = fold(text)
    if _IN_WORDS.search(told) and not _MENTIONS.search(told):
        return None
    if len({d.place for d in documents}) < 2 or binding.unclear:
        return None
    if len(binding.known) > 1:
        chosen = tuple(bound.documents[0] for bound in binding.known if not bound.part)
        missing = tuple(bound.said for bound in binding.missing)
        if len(chosen) < 2:
            return None
        return _ranked(told, chosen, missing) if _RANKS.search(told) else Asked(
            "compare", chosen, _thing(told, binding), _is_less(told), missing=missing
        )  # fmt: skip
    if len(binding.known) == 1 and not binding.known[0].part and not binding.missing:
        return _over_years(told, binding.known[0].documents)
    if binding.places:
        return None
    newest = _newest_of_each(documents)
    if _ASKS_WHICH.search(told) and (mention := _MENTIONS.search(told)):
        if term := _term(told, mention):
            return Asked("mention", newest, told, term=term)
    if _RANKS.search(told) and (
        _ASKS_WHICH.search(told) or _PER_PLACE.search(told) or "排名" in told
    ):
        return _ranked(told, newest)
    if _ASKS_WHICH.search(told) and (condition := _condition(told)):
        bare = _without_figures(told)
        return Asked("filter", newest, _thing(bare, None), condition=condition)
    if _PER_PLACE.search(told) or (_LISTS.search(told) and _ASKS_WHICH.search(told)):
        return Asked("table", newest, _thing(told, None))
    return None


def _over_years(told: str, documents: tuple[Document, ...]) -> Asked | None:
    """Return a question for the figures of two years or more of one place."""
    plan = documents[0].plan_year
    named = [m[0] for m in _YEARS.finditer(told)]
    if plan is None or len({asked_year(word, plan) for word in named}) < 2:
        return None
    thing = _YEARS.sub("", _thing(told, None, _YEAR_ASKS))
    return Asked("years", documents, _without_places(thing), years=tuple(dict.fromkeys(named)))


def _ranked(told: str, documents: tuple[Document, ...], missing: tuple[str, ...] = ()) -> Asked:
    several = _TOP.search(told)
    number = next((g for g in several.groups() if g), "1") if several else "1"
    top = _NUMBERS.get(number) or (int(number) if number.isdecimal() else 1)
    whole = not several and re.search("排名|排行|从.到", told)
    return Asked("rank", documents, _thing(told, None), bool(_LEAST.search(told)),
                 0 if whole else top, missing=missing)  # fmt: skip


def _newest_of_each(documents: Sequence[Document]) -> tuple[Document, ...]:
    """Return the newest document of each place; of places without a name every document."""
    newest: dict[str, Document] = {}
    for document in documents:
        key = document.place or document.id
        if key not in newest or (document.plan_year or 0) > (newest[key].plan_year or 0):
            newest[key] = document
    return tuple(newest.values())


def _thing(told: str, binding: Binding | None, also: re.Pattern[str] | None = None) -> str:
    """Return what is asked of each report: the question without places and what compares."""
    left = _without_places(told) if binding else told
    for pattern in (
        *([also] if also else []),
        _RANKS,
        _ASKS_WHICH,
        _WHICH,
        _PER_PLACE,
        _COMPARING,
        _FILLS,
        _FILLS,
        _JOINTS,
    ):
        left = pattern.sub(lambda m: "," if pattern is _RANKS else "", left)
    return plain(re.sub(r"[,，\s]+", "", left))


def _without_figures(told: str) -> str:
    for q in reversed([q for q in quantities(told) if q.kind in ("amount", "ratio")]):
        told = f"{told[: q.qualified.start]},{told[q.qualified.end :]}"
    return told


def _without_places(told: str) -> str:
    for mention in reversed(mentions(told)):
        told = f"{told[: mention.start]}{told[mention.end :]}"
    return told


def _is_less(told: str) -> bool:
    return bool(re.search("更?[低少小慢](?![于])", told)) and not re.search("[高多大快]", told)


def _term(told: str, mention: re.Match[str]) -> str:
    """Return the words that reports are looked through for."""
    quoted = re.search('[“"《](.+?)[”"》]', told)
    if quoted:
        return quoted[1]
    after = re.split(
        r"的?(?:报告|省|市|地方|地区|自治区|有哪|都有|是哪|有几)", told[mention.end() :]
    )[0]
    cleaned = re.sub(r"^[了过]|[吗呢吧?？,，。的]+$|这个词|一词", "", after.strip())
    return cleaned if len(cleaned) > 1 else ""


def _condition(told: str) -> Condition | None:
    found = [q for q in quantities(told) if q.kind in ("amount", "ratio") and q.unit and q.value is not None
             and not re.match(r"个?(?:省|市|地方|地区|报告|份|自治区)", told[q.end :]) and q.unit not in ("个", "份")]  # fmt: skip
    if not found:
        return None
    q = found[-1]
    around = told[max(0, q.qualified.start - 8) : q.qualified.end + 6]
    relation: Literal["over", "under", "about"] = (
        "over" if _OVER.search(around) else "under" if _UNDER.search(around) else "about"
    )
    written = told[q.qualified.start : q.qualified.end]
    exact = bool(re.search(r"(?:定[在为]|设[在为定]|是|为|写)[“\"]?$", told[: q.qualified.start]))
    return Condition(q, relation, written, exact)
