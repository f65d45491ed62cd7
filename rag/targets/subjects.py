"""The name a person would give an indicator, where the words at the figure are not enough."""

import re

from rag.language.figures import Figure
from rag.targets.metrics import fits, is_generic, subject
from rag.targets.trimming import BLANK, bare, led, unranked

_NOTHING = re.compile("[左右以上下内多余和及与的各为到“”（）/]*")
_CHANGE = re.compile("(?:年均|平均|同比|累计)*(?:增长|提高|下降|上升|增加|减少)")
_CHANGED = re.compile("(?:年均|平均|同比|累计)*(?:增长|提高|下降|上升|增加|减少)$")
_BEFORE_BRACKET = re.compile("[，；、。]")


def settled(name: str, text: str, figure: Figure, last: str) -> str:
    """Return the name of a figure's indicator, `last` being that of the figure before."""
    own = _own(name, text, figure)
    if _CHANGE.fullmatch(own) and last:
        return f"{_CHANGED.sub('', last)}{own}"
    if own and last and own not in last and (is_generic(own) or own[0] == "占"):
        return f"{subject(last)}{own}"
    if own or (last and fits(last, figure.quantity.unit)):
        return own or last
    return led(text[figure.item.start : figure.quantity.qualified.start])


def _own(name: str, text: str, figure: Figure) -> str:
    """Return what a figure's own clause calls it, or what that leans on; "" if that is nothing."""
    unit = figure.quantity.unit
    own = unranked(_closed(text, figure, name))
    if unit.endswith("元"):
        own = own.removesuffix("增速")
    borrowed = own[:2] not in figure.clause.of(text)
    return "" if _NOTHING.fullmatch(own) or (borrowed and not fits(own, unit)) else own


def _closed(text: str, figure: Figure, name: str) -> str:
    """Return a name whose brackets and quotation marks have both ends."""
    if "）" in name and "（" not in name[: name.index("）")]:
        end = figure.quantity.qualified.start
        opening = text.rfind("（", 0, end)
        cuts = [m.end() for m in _BEFORE_BRACKET.finditer(text, 0, max(opening, 0))]
        return bare(text[max(cuts, default=0) : end])
    if "“" in name and "”" not in name:
        name = name[: name.index("“")]
    return name.strip(BLANK)
