"""Word's XML: its names, and the values of properties."""

import re
from functools import cache

from docx.oxml.ns import qn
from lxml.etree import _Element

W_VAL = qn("w:val")


@cache
def w(path: str) -> str:
    """Return a path of Word's names (pPr/numPr) as lxml wants it."""
    return "/".join(qn(f"w:{name}") for name in path.split("/"))


def value(element: _Element | None, path: str, default: str = "") -> str:
    """Return the w:val of a property, '' where there is no such property or element."""
    found = element.find(w(path)) if element is not None else None
    return "" if found is None else str(found.get(w("val"), default))


def is_on(switch: _Element | None) -> bool:
    """Tell whether a switch, say of bold type, is there and not turned off."""
    return switch is not None and switch.get(W_VAL, "1") not in ("0", "false", "off")


def has(element: _Element, path: str) -> bool:
    """Tell whether a property stands there and is not switched off."""
    return value(element, path, "1") not in ("", "0", "false", "off")


def whole(written: str, default: int = 0) -> int:
    """Return a whole number that is written in an attribute, the default for anything else."""
    return int(written) if re.fullmatch(r"-?\d{1,9}", written) else default
