"""What the answer measures share: texts without blanks and marks, and "says" between them."""

import re

from corpus.quantities import quantities, same
from index.folding import fold

_SEPARATOR = re.compile("[、；;]")


def bare(text: str | None) -> str:
    """Return the folded text without blanks, punctuation and [n] marks."""
    return re.sub(r"\W", "", re.sub(r"\[\d+\]", "", fold(text or "")))


def says(text: str | None, accepted: str) -> bool:
    """Tell whether all parts of an accepted answer, joined by 、 or ；, stand in the text.

    A part that is one figure must stand there as that figure: 10个 does not stand in 110个. A date,
    or a number without its unit, may be part of a more precise one: 1月3日 of 2022年1月3日.
    """
    return all(_says_part(text or "", part) for part in _SEPARATOR.split(accepted) if bare(part))


def _says_part(text: str, part: str) -> bool:
    wanted = list(quantities(part))
    if len(wanted) == 1 and bare(part[wanted[0].start : wanted[0].end]) == bare(part):
        loose = wanted[0].kind == "date" or not wanted[0].unit
        apart = re.compile(rf"(?<![\d.]){re.escape(fold(part).strip())}(?![\d.])")
        if loose and apart.search(fold(text)):
            return True
        return any(same(wanted[0], found) for found in quantities(text))
    return bare(part) in bare(text)


def sign(text: str | None) -> bool | None:
    """Return what a text opens with: yes, no, or None for neither."""
    opening = (text or "").lower()
    if opening.startswith(("不", "否", "没", "no")):
        return False
    return True if opening.startswith(("是", "会", "有", "yes")) else None
