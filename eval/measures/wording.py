"""Wording: the verdict on a paste, where it stands, and what differs."""

from collections.abc import Callable, Mapping
from typing import Any

Paste = Mapping[str, Any]
Check = Mapping[str, Any]

_SHARED = 0.6  # of what quote and match span together: the same place


def right(paste: Paste, check: Check) -> float:
    """Share of pastes with the right verdict."""
    return float(check["verdict"] == paste["verdict"])


def never_exact(paste: Paste, check: Check) -> float | None:
    """Share of pastes with other words than the report's that are not passed off as its own."""
    if paste["verdict"].startswith("exact"):
        return None
    return float(not check["verdict"].startswith("exact"))


def located(paste: Paste, check: Check) -> float | None:
    """Share of quoted or changed pastes with a match that shares 60 % with the passage meant."""
    if paste["span"] is None:
        return None
    start, end = paste["span"]
    return float(any(_shares(match, start, end) for match in check["matches"]))


def shown(paste: Paste, check: Check) -> float | None:
    """Share of changed words, put in or left out, that stand in a difference shown."""
    if not paste["changed"]:
        return None
    steps = [d for match in check["matches"] for d in match["diff"] if d["op"] != "equal"]
    found = [
        any(word in step["pasted"] or word in step["source"] for step in steps)
        for word in paste["changed"]
    ]
    return sum(found) / len(found)


def registry() -> dict[str, Callable[[Paste, Check], float | None]]:
    """Return every measure of a wording check by the name it has in reports, in their order."""
    return {"right": right, "never_exact": never_exact, "located": located, "diff_shown": shown}


def _shares(match: Mapping[str, Any], start: int, end: int) -> bool:
    both = min(match["end"], end) - max(match["start"], start)
    return bool(both >= _SHARED * (max(match["end"], end) - min(match["start"], start)))
