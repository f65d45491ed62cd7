"""What a figure is of: the name in its clause without verbs, time and what leads to the figure."""

import re
from itertools import accumulate

import rjieba

from index.folding import fold
from rag.language.figures import EACH, Figure, shared_head
from rag.language.names import MARKS, is_verb, opening

BLANK = f"{MARKS}\n"
_NO_CHANGE = re.compile(r"[\d.,%]+.*|累计|达到?|突破|超过|净增|新增|分别|均")
_CHANGE = re.compile("增长|下降|提高|减少|上涨|降低|压减")
_BY = re.compile(rf"(?:{_CHANGE.pattern})(?=[^到至一-鿿、]*\d)")  # 增长5.8%, not 提高到40%
_HAN = re.compile("[一-鿿]")
_COUNT = re.compile(r"[0-9][0-9.,]*(?=[^0-9.,a-z])")  # the 5 of 5g基站 counts nothing
_JOINED_ON = "型性化区园类"  # 创新型 is no verb
_NO_VERB = re.compile("和[美平谐睦]")
_DONE = re.compile("(?:加快|全面|持续|有序)*(?:推进|实施|完成|启动|开工|建成|通车|投用|竣工)+$")
_GENERIC = re.compile("总[量额数值]|面积|占比|投资|产值|里程|收入|规模|水平|增速|数量|比重|均")
_REACHED = re.compile("惠及|涉及|覆盖|受益")
_PART = re.compile("[一二三四五六七八九十][期批段]$")
_PRAISE = re.compile("(?:重点|高标准|高质量|高水平|高品质)$")  # before a noun these are part of it
_WHEN = re.compile(
    r"^(?:[一二三四五六七八九十]+是|(?:\d+年)?(?:\d+月)?(?:\d+日)?[底末]?前"
    r"|[比较](?:\d+年|上年|去年)|同比|预计|今年|本年|年内|全年|去年|其中|力争|确保)+"
)
_LIKE = re.compile(r"^.*[^平同均]等(?=[一-鿿“]{2})(?![级候待于])")  # 海河马拉松等重大赛事
_TAIL = re.compile(
    r"(?:控制在|稳定在|保持在?|累计|新增|净增|各|(?<!年)均|共|仅|达到?|突破|超过|为|到|实现|完成|增长|增加|下降|降|提高|减少"
    r"|压减|压缩|平均|整合|分别|每[百千万]?人(?:每[月年])?|全部|全面|由|从|至)+$"
)


def indicators(text: str, figure: Figure) -> list[str]:
    """Return what a figure is of: one thing, or each of those it is joined to."""
    change = _rate_of(text, figure) if figure.quantity.kind == "ratio" else ""
    return [f"{n.removesuffix(change)}{change}" if n else "" for n in _things(text, figure)]


def _rate_of(text: str, figure: Figure) -> str:
    """Return the verb of a rate: 增长 for 5.8% in 增长5.8%, and for the second of 增长13%、15%."""
    said = figure.own if _HAN.search(figure.own) else figure.clause.of(text)
    by = _BY.search(said)
    return by[0] if by else ""


def _things(text: str, figure: Figure) -> list[str]:
    quantity = figure.quantity
    before = text[figure.item.start : quantity.qualified.start]
    behind = text[max(quantity.end, quantity.qualified.end) : figure.item.end]
    after = _DONE.sub("", bare(re.split("[：:]", behind)[0]))
    if figure.each and (each := list(EACH.finditer(before))):
        if len(after) > 1:  # 各县（市、区）各打造2条示范带
            return [after]
        things = [bare(part) for part in re.split("、|和|及", before[: each[-1].start()])]
        head = shared_head(things)
        return [f"{t}{'' if t == things[-1] else head}" for t in things if t]
    name = bare(before) or _ordinal(text[figure.clause.start : figure.item.start])
    if figure.about and (len(name) < 2 or _GENERIC.fullmatch(name)) and len(after) < 2:
        return [_as_written(text, _leaning(figure))]
    if " " in figure.own:  # 分别 pairs it with a thing before it
        return [_as_written(text, bare(figure.own.split(" ")[0]))]
    return [_quoted(text, _LIKE.sub("", f"{name}{after}"))]


def bare(text: str) -> str:
    """Return a name without the verbs before it and what leads to a figure behind it."""
    told = _WHEN.sub("", re.split("[：:]", text.strip(BLANK))[-1])
    while cut := _verbs(told):
        told = _WHEN.sub("", told[cut:])
    return _TAIL.sub("", told).strip(BLANK)



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


def _verbs(name: str) -> int:
    """Return the length of the verbs that a name opens with; they end where a word ends."""
    new = name[:1] == "新" and opening(f"{name[1:]}事") > 0  # 新创建20家
    cut = opening(f"{name[new:]}事") + new  # a name may be verbs to its end: 启动275个
    if cut >= len(name):
        return len(name) if cut else 0
    cut -= cut > 0 and bool(_NO_VERB.match(name, cut - 1))
    if name[cut] in _JOINED_ON or _inside_word(name, cut):
        return 0  # 创新型, 服务业
    praise = _PRAISE.search(name[:cut])
    return praise.start() if praise else cut


def _inside_word(name: str, cut: int) -> bool:
    """Tell whether a word goes on after the verbs, with no further verb: 服务业, not 更新改造."""
    end = next(end for end in accumulate(map(len, rjieba.cut(name))) if end >= cut)
    return end > cut and not is_verb(name[cut:end])


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
