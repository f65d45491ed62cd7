"""The lines above a table that say what it is about and what its figures count in."""

import re
from collections.abc import Sequence

_TITLE_CHARS, _UNIT_CHARS = 60, 40
_UNIT = re.compile(r"[(（\[【]?(?:计量|金额|货币)?单位\s*[:：]")
_TITLE = re.compile(
    r"""附?表\s*[\dA-Z一二三四五六七八九十]
    | .*(?:表|一览|情况|目标|指标|清单|明细)(?:[(（].{0,20}[)）])?$""",
    re.VERBOSE,
)


def caption(above: Sequence[str]) -> str:
    """Return the title and the unit line of a table from the last lines before it, '' for none."""
    lines = [*above[-2:]]
    unit = lines.pop() if lines and len(lines[-1]) <= _UNIT_CHARS and _UNIT.match(lines[-1]) else ""
    title = (
        lines[-1] if lines and len(lines[-1]) <= _TITLE_CHARS and _TITLE.match(lines[-1]) else ""
    )
    return " ".join(filter(None, (title, unit)))
