"""What a figure is of: the name in its clause without verbs, time and what leads to the figure."""

import re
from itertools import accumulate

import rjieba

from index.folding import fold
from rag.language.figures import EACH, Figure, figures, shared_head
from rag.language.names import MARKS, is_verb, opening
from rag.targets.counting import counts
from rag.targets.metrics import is_measure, shared
from rag.targets.pairing import paired

BLANK = f"{MARKS}\n"
_NO_CHANGE = re.compile(r"[\d.,%]+.*|累计|达到?|突破|超过|净增|新增|分别|均")
_CHANGE = re.compile("增长|下降|提高|减少|上涨|降低|压减")
_BY = re.compile(rf"(?:{_CHANGE.pattern})(?=[^到至一-鿿、]*\d)")  # 增长5.8%, not 提高到40%
_LIMITS = re.compile("左右|以[上下内外]|[和及与]")
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
    r"^(?:[一二三四五六七八九十]+是|(?:\d+年)?(?:\d+月)?(?:\d+日)?[底末]?前|(?:19|20)\d\d年|[［\[]\d+[］\]]|\d[.．]"
    r"|(?:近|这|过去)?[一二三四五六七八九十\d]+年(?=累计|净增|新增|年均|增量|来)"
    r"|[比较](?:\d+年|上年|去年)|同比|预计|今年|本年|年内|全年|去年|其中|力争|确保)+"
)
_LIKE = re.compile(r"^.*[^平同均]等(?:领域|方面)?(?=[一-鿿“]{2})(?![级候待于])")  # 海河马拉松等重大赛事
_TAIL = re.compile(
    r"(?:控制在|稳定在|保持在?|累计|新增|净增|各|(?<!年)均|共|仅|达到?|突破|超过?|为|到|实现|完成|增长|增加|下降|降|提高|减少"
    r"|压减|压缩|平均|整合|分别|每[百千万]?人(?:每[月年])?|全部|全面|由|从|至|按|预计|继续|稳定|持续|始终|快于全国"
    r"|迈[上入]|跨[越上]|跃上|(?:提升|上升|扩大|缩小|跃升|拓展|调整|增)(?=[到至为])|(?<![调新倍递])增$|翻"
    r"|(?:连续|近|这|过去)?[\d.一二两三四五六七八九十]+(?:年|个月|天)(?:以上)?"
    r"|[比较由从]?(?:19|20)\d\d年[底末]?的?|(?:左右|以上)?(?<![普涉惠参中共总])[和及与]$)+$"
)
_LEFT = re.compile(
    "^(?:[次户]?(?:左右|以[上下内外])|次|[多余])+|^(?:和(?![美谐平睦])|[及与的])|^（[^）]{1,3}）|的$"
)
_JOINT = re.compile("(?:以及|(?<![普涉惠参])及|(?<![总共中])和|与)$")
# What is said of a thing behind it: 省级事项 in 省级事项全部实现最优.
_STEP = "|新?台阶|大关|关口|考验|[一-鿿]{1,2}[到至为]$"
_RANKED = re.compile(f"(?<=..)(?:位居|居(?=全|前|首|第)|快于|不?高于|不?低于){_STEP}")
_PREDICATE = re.compile(
    "(?<=..)(?:首次|双双|全部(?=[实完获通建达入])|荣?获(?!得感)|入选(?!者)|实现|跻身|成为|得到"
    f"|位居|居(?=全|前|首|第)|快于|高于|低于){_STEP}"
)


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
    after = _behind(re.split("[：:]", behind)[0])
    if after and _JOINT.search(before):  # 2个国家级和4个省级中心: what stands before has its own
        before = ""
    if figure.each and (each := list(EACH.finditer(before))):
        if len(after) > 1:  # 各县（市、区）各打造2条示范带
            return [after]
        things = [bare(part) for part in re.split("、|和|及", before[: each[-1].start()])]
        head = shared_head(things)
        told = [f"{t}{'' if t == things[-1] else head}" for t in things if t]
        return told if head or not told else shared(told)
    name = unranked(bare(before)) or _ordinal(text[figure.clause.start : figure.item.start])
    if figure.about and (len(name) < 2 or _GENERIC.fullmatch(name)) and len(after) < 2:
        return [_as_written(text, _leaning(figure))]
    if " " in figure.own:  # 分别 pairs it with a thing before it
        return [_as_written(text, bare(figure.own.split(" ")[0]))]
    return [_quoted(text, _LIKE.sub("", f"{name}{after}"))]


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


def _behind(text: str) -> str:
    """Return the name in what stands behind a figure."""
    told = _DONE.sub("", bare(_LEFT.sub("", text.strip(BLANK))))
    return _PREDICATE.split(told)[0]


def unranked(name: str) -> str:
    """Return a name without its rank behind: 甲增速 of 甲增速居全国首位."""
    ranked = _RANKED.search(name)
    return _TAIL.sub("", name[: ranked.start()]) if ranked else name


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


def led(text: str) -> str:
    """Return what leads to a figure as its name, where that is a verb alone: 培训40万人次."""
    return _TAIL.sub("", _WHEN.sub("", text.strip(BLANK))).strip(BLANK)
