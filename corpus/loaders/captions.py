"""The lines above a table that say what it is about and what its figures count in."""

import re
from collections.abc import Sequence

_LINES, _TITLE_CHARS, _UNIT_CHARS = 3, 60, 40
_UNIT = re.compile(r"[(（\[【]?(?:计量|金额|货币)?单位\s*[:：]")
_NOTE = re.compile(r"(?:填报|编制|制表|统计|公布|发布)?(?:单位|部门|日期|时间|人)\s*[:：]|截至")
_TITLE = re.compile(
    r"""附?表\s*[\dA-Z一二三四五六七八九十]
    | .*(?:表|一览|情况|目标|指标|清单|明细)(?:[(（].{0,20}[)）])?$""",
    re.VERBOSE,
)


def caption(above: Sequence[str]) -> str:
    """Return the title and the unit line of a table from the last lines before it, '' for none."""
    units = [line for line in above[-_LINES:] if len(line) <= _UNIT_CHARS and _UNIT.match(line)]
    rest = [line for line in above[-_LINES:] if line not in units]
    if len(rest) > 1 and _NOTE.match(rest[-1]):
        del rest[-1]  # who filled it in, and when
    title = rest[-1] if rest and len(rest[-1]) <= _TITLE_CHARS and _TITLE.match(rest[-1]) else ""
    return " ".join(filter(None, (title, *units[-1:])))
