"""How questions across reports are put: which, most, every, and what is left when that is gone."""

import re
from collections.abc import Sequence

from corpus.figures.numerals import value_of
from corpus.places import Place, mentions, without
from corpus.quantities import quantities
from rag.language.phrasing import plain

_WHERE = r"(?:省(?:区市?|市区?|级|份)?|自治区|直辖市|市|地方|地区|地|区域|城市|报告)"
_NUMBER = "一两三四五六七八九十几些"
WHERE = re.compile(f"{_WHERE}|哪里|哪儿|谁|全国")
WHICH = re.compile(
    rf"(?:哪[{_NUMBER}]?个?|几个|多少个?)(?:{_WHERE}|里|儿)|{_WHERE}(?:都)?(?:有|是)(?:哪[些几个]*|谁)"
    "|有谁|谁"
)
RANKS = re.compile(
    "最(?:高|低|大|小|多|少|快|慢|宽|严|紧|长|短|强|弱|靠前|靠后)|排名|排行"
    r"|(?:排|位居|居)在?(?:第|前|最)|前[一二三四五六七八九十\d]+|倒数|第[一二三]名?(?=的|是|$)"
    "|从[高大多]到[低小少]|从[低小少]到[高大多]"
)
LEAST = re.compile("最(?:低|小|少|慢|短|弱|严|紧|靠后)|倒数|从[低小少]到[高大多]|垫底")
WHOLE = re.compile("排名|排行|从.到")
MENTIONS = re.compile(
    "(?:都|也|里|中|有没有|没有|没|明确|专门)*(?:提到|提及|提了|提过|提(?=[一-鿿]{2})|写到|写了|写进|写明|说到|说了|讲到|谈到|涉及"
    "|出现|部署了?|包含|点名|关注|列[入进]|纳入)(?:了|过)?"
)
_NOT = re.compile("(?:没有?|未|不)(?:曾|有)?(?:明确|专门)?$")
EVERY = re.compile(rf"(?:各|每个?|所有|全部|全国各?|三十一个?)个?{_WHERE}(?![级方]财)|一览|汇总")
IN_WORDS = re.compile(
    "怎么|怎样|如何|为什么|为何|什么(?:举措|措施|政策|办法|安排|打算|项目|地方)"
    "|哪些(?:举措|措施|政策|办法|项目|工程|产业|重点)"
)
YEARS = re.compile(r"(?:19|20)\d\d年?|大?前年|去年|上一?年|今年|本年|明年")
_TOP = re.compile(
    r"前([一二三四五六七八九十]+|\d+)(?!季度|年|个月)"
    r"|([两二三四五六七八九十]+|\d+)个?(?:省|地方|地区|市|名)"
)
_ANY_WHICH = re.compile(
    rf"(?:哪|有)?(?:[{_NUMBER}]|多少)*(?:个|份|家)?{_WHERE}(?:的?报告)?(?:里|中)?"
    "|哪里|哪儿|谁家?|是谁|有谁|哪些|哪个|哪几个"
)
_COMPARES = re.compile(
    "(?:的)?(?:分别|各自?|都)?(?:是|为|有|要|定[的得]?|增长)*(?:多少|几|什么)(?:个?百分点|个点|点)?"
    "|[哪谁](?:个|里|省|市|地|边|家)*(?:的|定得?|更|要)*(?:高|低|多|少|大|小|快|慢)?(?:一?些|一点)?"
    r"|(?:更|相)?(?:高|低|多|少|大|小|快|慢|差)(?:多少|几)?个?(?:百分点|点)?(?=$|[?？,，])"
    "|(?:对比|比较|相比|比一?比)(?:一下|下)?|一样吗|相同吗|有什么不同|有何不同|有什么区别|分别|各是"
    "|[两三四五六]个?(?:地|省|市|者|直辖市|区)"
)
_ENDS = re.compile(r"^[和与跟同及比、,，的在]+|[和与跟同及比、,，的]+$|[、]+")
_FILLS = re.compile(
    "请|帮我?|给我|麻烦|看看|查一?下|把|将|一下|列|出来|表格?|汇总|一览|排个?序|排名|排行|做成|做张"
    r"|全国(?=$|[，,]|前|今|去|20)|^全国|都有?|分别|各自?|是多少|多少|是什么|什么|怎么样"
    "|(?:安排|定|放|排)[得的在]?(?=$|[,，])|(?:到了?)?百分之$|(?:[最在]*前面|名|[三五十]|(?<=数量)家)$"
    "|(?:超过|达到|不低于|高于|大于|多于|低于|不到|少于|不超过|突破|至少|以上|以下|以内|左右|及|或|包括"
    r"|含|等于)+|的是|[吗呢吧啊呀?？,，。:：“”\"()（）]|是(?=$)|有(?=$)|^[的在]|(?:在|的|为|达|是|有)+$"
)
_YEAR_ASKS = re.compile(
    "(?:实际|完成|达到|目标|计划|打算|预计|要|想|定)*(?:了|的是)?(?:多少|几|百分之几)|实际|完成(?:情况|了)?"
    "|呢|(?:要|想|打算|准备|定)?到(?=$|多少)"
)


def thing(told: str, places: Sequence[Place] | None = None) -> str:
    """Return what is asked of each report: the question without what compares, in plain words.

    With `places`, those of the reports, without the places it names too.
    """
    left = RANKS.sub(",", told if places is None else bare_of_places(told, places))
    for pattern in (WHICH, _ANY_WHICH, EVERY, _COMPARES, _FILLS, _FILLS, _ENDS):
        left = pattern.sub("", left)
    return plain(re.sub(r"[,，\s]+", "", left))


def thing_of_years(told: str, places: Sequence[Place]) -> str:
    """Return what is asked of several years of one of the places."""
    return YEARS.sub("", thing(_YEAR_ASKS.sub("", told), places))


def top(told: str) -> int:
    """Return how many of a ranking are asked for, 0 for all of them."""
    several = _TOP.search(told)
    if not several:
        return 0 if WHOLE.search(told) else 1
    number = next(group for group in several.groups() if group)
    return int(value_of(number))


def is_denied(told: str, mention: re.Match[str]) -> bool:
    """Tell whether reports that do not mention it are asked for: 没提到."""
    denied = re.match("没有(?!没有)|没", mention[0])
    return bool(denied or _NOT.search(told[: mention.start()])) and "有没有" not in told


def term(told: str, mention: re.Match[str]) -> str:
    """Return the words that reports are looked through for, "" for none."""
    if quoted := re.search('[“"《](.+?)[”"》]', told):
        return quoted[1]
    if taken := re.search("把(.{2,20}?)(?:列|纳|写|作为|当作)", told):
        return taken[1]
    behind = re.split(
        "的?(?:报告|省|市|地方|地区|自治区|有哪|都有|是哪|有几)", told[mention.end() :]
    )[0]
    bare = _word(behind)
    return bare if len(bare) > 1 else _word(_ANY_WHICH.split(told[: mention.start()])[0])


def _word(text: str) -> str:
    bare = re.sub(
        r"^[了过]|[吗呢吧?？,，。的]+$|这个词|一词|^报告里?|到?报告里?$", "", text.strip()
    )
    return re.sub("都有?$", "", bare)


def bare_of_figures(told: str) -> str:
    """Return a question without the figures it gives."""
    for q in reversed([q for q in quantities(told) if q.kind in ("amount", "ratio")]):
        told = f"{told[: q.qualified.start]},{told[q.qualified.end :]}"
    return told


def bare_of_places(told: str, places: Sequence[Place]) -> str:
    """Return a question without the places it names."""
    return without(told, mentions(told, places))
