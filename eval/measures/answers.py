"""Is the answer right? All comparisons are between folded texts without blanks and marks."""

import re
from collections import Counter

from eval.cases import Case
from eval.measures import Given, citations
from index.folding import fold

_YES = ("是", "会", "有")
_NO = ("不", "否", "没有")


def right(case: Case, given: Given) -> float:
    """Return 1 for what a fair reader would call right.

    Unanswerable: refused. Answerable: the accepted answer (all items of a list, the polarity of a
    yes/no question) stands in the answer, or, where any passage will do, the evidence is cited.
    """
    if not case.answerable:
        return float(not given.get("answered"))
    if not given.get("answered"):
        return 0.0
    if case.items:
        return float(items(case, given) == 1.0)
    found = citations.recall(case, given) or 0.0
    if _is_polar(case):
        # Without a headline the quote speaks for itself; with one, it must say the right thing.
        return float(found > 0 and (not given.get("short_answer") or polarity(case, given) == 1))
    stated = contains(case, given)
    return float(found == 1.0) if stated is None else stated


def contains(case: Case, given: Given) -> float | None:
    """Return 1 when an accepted answer, or all parts of one joined by 、, stands in the answer."""
    if not case.accept:
        return None
    said = _bare(given.get("answer") or "")
    parts = [re.split("、", accepted) for accepted in case.accept]
    return float(any(all(_bare(part) in said for part in whole) for whole in parts))


def exact(case: Case, given: Given) -> float | None:
    """Return 1 when the headline is an accepted answer and nothing else."""
    if not case.accept:
        return None
    said = _bare(given.get("short_answer") or "")
    return float(said in {_bare(accepted) for accepted in case.accept})


def char_f1(case: Case, given: Given) -> float | None:
    """Return the best character F1 of the headline against an accepted answer (CMRC 2018's)."""
    if not case.accept:
        return None
    said = _bare(given.get("short_answer") or "")
    return max(_f1(said, _bare(accepted)) for accepted in case.accept)


def items(case: Case, given: Given) -> float | None:
    """Return the share of a list's items that stand in the answer."""
    if not case.items:
        return None
    said = _bare(given.get("answer") or "")
    return sum(_bare(item) in said for item in case.items) / len(case.items)


def polarity(case: Case, given: Given) -> float | None:
    """Return 1 when the headline of a yes/no question says yes or no as it should."""
    if not _is_polar(case):
        return None
    return float(_sign(given.get("short_answer") or "") == _sign(case.accept[0]))


def _is_polar(case: Case) -> bool:
    return bool(case.accept) and all(len(a) < 3 and _sign(a) is not None for a in case.accept)


def _sign(text: str) -> bool | None:
    if text.startswith(_NO):
        return False
    return True if text.startswith(_YES) else None


def _bare(text: str) -> str:
    return re.sub(r"\W", "", re.sub(r"\[\d+\]", "", fold(text)))


def _f1(said: str, accepted: str) -> float:
    shared = sum((Counter(said) & Counter(accepted)).values())
    if not shared:
        return 0.0
    precision, found = shared / len(said), shared / len(accepted)
    return 2 * precision * found / (precision + found)
