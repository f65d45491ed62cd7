"""Which of a few figures is higher, and of two by how much."""

from collections.abc import Sequence
from decimal import Decimal

from rag.across.ranking import ordered, rank_key, same_rank, size
from rag.targets.target import Target


def compared(pairs: Sequence[tuple[str, Target]]) -> list[str]:
    """Return in words which place's figure is higher; how far two are apart says it is worked out.

    Nothing is said of figures that measure different things.
    """
    ranked = ordered(pairs, False)
    if len(ranked) < 2 or len({size(target)[2] for _, target in ranked}) > 1:
        return []
    first, last = ranked[0], ranked[-1]
    if same_rank(rank_key(first[1]), rank_key(last[1])):
        return ["相同"]
    said = [f"{first[0]}更{'高' if '%' in first[1].unit else '多'}"]
    plain = all(target.high is None for _, target in pairs)
    if len(pairs) == 2 and plain and (gap := _gap(first[1], last[1])):
        said.append(f"相差{gap}（按两处数字算出）")
    return said


def _gap(a: Target, b: Target) -> str:
    """Return the difference of two figures in the unit of the first, "" for none."""
    (more, _, _), (less, _, _) = size(a), size(b)
    if more == less or not a.value:
        return ""
    apart = (Decimal(str(more)) - Decimal(str(less))) * Decimal(str(a.value)) / Decimal(str(more))
    told = f"{round(apart, 6).normalize():f}"
    return f"{told}个百分点" if "%" in a.unit or "％" in a.unit else f"{told}{a.unit}"
