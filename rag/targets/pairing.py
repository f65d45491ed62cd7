"""Which of several things a figure is of, where 分别 gives each its own.

甲、乙分别增长5%、6%; 甲、乙分别从7家、4家增加到10家、6家; 城乡居民收入分别增长5%、6%.
"""

import re
from itertools import pairwise

import rjieba

from rag.language.figures import Figure, figures, shared_head
from rag.targets.metrics import shared, uncounted

_RESPECTIVELY = re.compile(r"分别")
_JOIN = re.compile(r"、|以及|(?<![总共调暖温缓平谐普涉惠参])[和及与](?![谐平睦解])")
_QUOTED = re.compile("“[^”]*”|《[^》]*》|（[^）]*）")
_BOTH = re.compile("城乡(?=(?:常住)?居民|[一-鿿]{0,6}人均)|城镇和农村(?=(?:常住)?居民)")
_JOINED = re.compile("[、和与及]")
_YEARLY = re.compile(
    "(年均|平均)?(?:累计|同比|达到?|突破|超过?|[增提升降下]?[高长升降]?[到至]|增长|提高|下降|为|[稳保][定持]在(?:全国)?)*$"
)
_FROM = re.compile("(?:(?<!自)由|从(?!业))[^到至为]*$")
_TO = re.compile(
    "(?:提[高升]|增[加长]?|扩大|下?降低?|减少|缩小|压[减缩]|上升|拓展|调整|整合)[到至为]"
)
_TOWN, _COUNTRY = "城镇", "农村"


def paired(text: str, figure: Figure) -> str:
    """Return the words for what a figure goes to by its place, verbs and all; "" if to no one."""
    if len(run := _run(text, figure)) < 2:
        return ""
    clause = figure.clause.of(text)
    mark = _RESPECTIVELY.search(clause)
    if mark:
        left = clause[: mark.start()]
        run = [f for f in run if f.quantity.start >= figure.clause.start + mark.end()]
    elif all(_JOINED.fullmatch(text, a.quantity.qualified.end, b.quantity.start)
             for a, b in pairwise(run)):  # fmt: skip
        left = text[figure.clause.start : run[0].quantity.qualified.start]
    else:
        return ""
    if figure not in run or not (things := _things(left, len(run))):
        return ""
    return things[run.index(figure) % len(things)]


def is_origin(text: str, figure: Figure) -> bool:
    """Tell whether a figure is where another starts from: 7家 in 从7家、4家增加到10家、6家."""
    before = text[figure.clause.start : figure.quantity.start]
    behind = text[figure.quantity.end : figure.clause.end]
    return figure.before or bool(_FROM.search(before) and _TO.search(behind))


def _run(text: str, figure: Figure) -> list[Figure]:
    """Return the figures of a clause that count something."""
    same = (f for f in figures(text) if f.clause == figure.clause)
    return [f for f in same if f.quantity.kind in ("amount", "ratio")]


def _things(left: str, count: int) -> list[str]:
    """Return the things that so many figures go to, in turn; none where the numbers differ."""
    left = left.removeprefix("其中")
    tail = _YEARLY.search(left)
    yearly = (tail[1] or "") if tail else ""
    left = left[: tail.start()] if tail else left
    hidden = _QUOTED.sub(lambda m: "“" * len(m[0]), left)
    cuts = [m.span() for m in _JOIN.finditer(hidden)]
    ends = [*(start for start, _ in cuts), len(left)]
    starts = [0, *(end for _, end in cuts)]
    things = [left[a:b] for a, b in zip(starts, ends, strict=True)]
    if count == 2 and len(things) < 3 and (both := _BOTH.search(left)) and "、" not in left:
        start, end = left[: both.start()], f"{left[both.end() :]}{yearly}"
        return [f"{start}{who}{end}" for who in (_TOWN, _COUNTRY)]
    if count < 2 or len(things) < 2 or (len(things) < count and count % len(things)):
        return []
    things = things[-count:]
    head = _head(things)
    told = [*(f"{t}{head}" for t in things[:-1]), things[-1]] if head else shared(things)
    return [f"{uncounted(thing)}{yearly}" for thing in told]


def _head(things: list[str]) -> str:
    """Return what the last thing says for all, if it begins with a whole word: not 桃产量."""
    head = shared_head(things)
    word = next(iter(rjieba.cut(head)), "")
    return head if len(word) > 1 else ""
