"""What a figure is of: the name in its clause without verbs, time and what leads to the figure."""

import re

from index.folding import fold
from rag.language.figures import EACH, Figure, figures, shared_head
from rag.targets.counting import counts
from rag.targets.metrics import is_measure, shared
from rag.targets.pairing import paired
from rag.targets.trimming import BLANK, after, bare, unranked

_NO_CHANGE = re.compile(r"[\d.,%]+.*|累计|达到?|突破|超过|净增|新增|分别|均")
_CHANGE = re.compile("增长|下降|提高|减少|上涨|降低|压减")
_BY = re.compile(rf"(?:{_CHANGE.pattern})(?=[^到至一-鿿、]*\d)")  # 增长5.8%, not 提高到40%
_LIMITS = re.compile("左右|以[上下内外]|[和及与]")
_HAN = re.compile("[一-鿿]")
_COUNT = re.compile(r"[0-9][0-9.,]*(?=[^0-9.,a-z])")  # the 5 of 5g基站 counts nothing
_GENERIC = re.compile("总[量额数值]|面积|占比|投资|产值|里程|收入|规模|水平|增速|数量|比重|均")
_REACHED = re.compile("惠及|涉及|覆盖|受益")
_PART = re.compile("[一二三四五六七八九十][期批段]$")
_LIKE = re.compile(
    r"^.*[^平同均]等(?:领域|方面)?(?=[一-鿿“]{2})(?![级候待于])"
)  # 海河马拉松等重大赛事
_JOINT = re.compile("(?:以及|(?<![普涉惠参])及|(?<![总共中])和|与)$")


def indicators(text: str, figure: Figure) -> list[str]:
    """Return what a figure is of: one thing, or each of those it is joined to."""
    change = _rate_of(text, figure) if figure.quantity.kind == "ratio" else ""
    things = _things(text, figure)
    if change and len(things) == 1 and "等" not in things[0]:
        parts = things[0].split("、")  # 甲总额、乙投资增长4%: a rate is not that of their sum
        things = parts if all(map(is_measure, parts)) else things
    return [f"{n.removesuffix(change)}{change}" if n else "" for n in things]


def _rate_of(text: str, figure: Figure) -> str:
    """Return the verb of a rate: 增长 for 5.8% in 增长5.8%, and for the second of 增长13%、15%."""
    own = _LIMITS.sub("", figure.own)
    by = _BY.search(own if _HAN.search(own) else figure.clause.of(text))
    return by[0] if by else ""


def _things(text: str, figure: Figure) -> list[str]:
    quantity = figure.quantity
    if pair := paired(text, figure):
        return [_quoted(text, bare(pair))]
    start, stop = _around(text, figure)
    before = text[start : quantity.qualified.start]
    behind = text[max(quantity.end, quantity.qualified.end) : stop]
    noun = after(re.split("[：:]", behind)[0])
    if noun and _JOINT.search(before):  # 2个国家级和4个省级中心: what stands before has its own
        before = ""
    if figure.each and (each := list(EACH.finditer(before))):
        if len(noun) > 1:  # 各县（市、区）各打造2条示范带
            return [noun]
        things = [bare(part) for part in re.split("、|和|及", before[: each[-1].start()])]
        head = shared_head(things)
        told = [f"{t}{'' if t == things[-1] else head}" for t in things if t]
        return told if head or not told else shared(told)
    name = unranked(bare(before)) or _ordinal(text[figure.clause.start : figure.item.start])
    if figure.about and (len(name) < 2 or _GENERIC.fullmatch(name)) and len(noun) < 2:
        return [_as_written(text, _leaning(figure))]
    if " " in figure.own:  # 分别 pairs it with a thing before it
        return [_as_written(text, bare(figure.own.split(" ")[0]))]
    return [_quoted(text, _LIKE.sub("", f"{name}{noun}"))]


def _around(text: str, figure: Figure) -> tuple[int, int]:
    """Return what is said of a figure, past figures beside it that count nothing: 连续13年."""
    start, stop = figure.item.start, figure.item.end
    for other in figures(text):
        if other.clause == figure.clause and not counts(text, other):
            if other.quantity.end == start:
                start = min(start, other.item.start)
            if other.quantity.start == stop:
                stop = max(stop, other.item.end)
    return start, stop


def _ordinal(before: str) -> str:
    """Return the name that ends with which part it is: 地铁2号线一期 of 地铁2号线一期18.7公里."""
    return bare(before) if _PART.search(before) else ""


def _leaning(figure: Figure) -> str:
    """Return the name for a figure that only says 增长5.8% or 累计1126家 of what stands before."""
    told = (bare(_COUNT.split(part)[0]) for part in reversed(figure.about.split()))
    of = next((name for name in told if len(name) > 1), "")
    rest = _NO_CHANGE.sub("", figure.own).strip(BLANK)
    change = _CHANGE.search(rest) and rest[-1] not in "到至"
    reached = _REACHED.match(rest)
    return f"{of}{rest if change else reached[0] if reached else bare(rest)}"


def _as_written(text: str, name: str) -> str:
    """Return a name found in folded text as the text writes it: 5G for 5g."""
    at = fold(text).find(name)
    return text[at : at + len(name)] if at >= 0 and len(fold(text)) == len(text) else name


def _quoted(text: str, name: str) -> str:
    """Return a name with the opening quotation mark that a figure before it has cut off."""
    at = text.find(name)
    if "”" in name and "“" not in name and (mark := text.rfind("“", 0, max(at, 0))) >= 0:
        return text[mark : at + len(name)]
    return name
