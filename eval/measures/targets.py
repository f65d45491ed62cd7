"""Targets: are all figures listed, and each with what it is of."""

from collections.abc import Callable, Mapping
from typing import Any

Row = Mapping[str, Any] | None

_ALIKE = 0.5  # of the characters of two indicators are in both: the same thing in other words


def right(listed: Row, meant: Row) -> float:
    """Share of the figures of either list that are in both, with the same unit, kind and name."""
    told = (same_unit(listed, meant), same_kind(listed, meant), same_indicator(listed, meant))
    return float(all(told))


def found(listed: Row, meant: Row) -> float | None:
    """Share of the figures of a hand-made list that are listed (recall)."""
    return None if meant is None else float(listed is not None)


def true(listed: Row, meant: Row) -> float | None:
    """Share of the figures listed that are in the hand-made list (precision)."""
    return None if listed is None else float(meant is not None)


def same_unit(listed: Row, meant: Row) -> float | None:
    """Share of the figures found that have the unit of the hand-made list."""
    return None if not (listed and meant) else float(listed["unit"] == meant["unit"])


def same_kind(listed: Row, meant: Row) -> float | None:
    """Share of the figures found that are rightly a target, a result or neither."""
    return None if not (listed and meant) else float(listed["kind"] == meant["kind"])


def same_indicator(listed: Row, meant: Row) -> float | None:
    """Share of the figures found whose indicator shares half its characters with the hand's."""
    return None if not (listed and meant) else float(likeness(listed, meant) >= _ALIKE)


def likeness(listed: Mapping[str, Any], meant: Mapping[str, Any]) -> float:
    """Return the share of the characters of two indicators that both have, 0 to 1."""
    ours, theirs = set(listed["indicator"]), set(meant["indicator"])
    return len(ours & theirs) / max(1, min(len(ours), len(theirs)))


def registry() -> dict[str, Callable[[Row, Row], float | None]]:
    """Return every measure of targets by the name it has in reports, in their order."""
    return {"right": right, "found": found, "true": true, "same_unit": same_unit,
            "same_kind": same_kind, "same_indicator": same_indicator}  # fmt: skip
