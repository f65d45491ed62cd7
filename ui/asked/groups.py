"""What the log of questions says: what was refused or disliked, grouped by question."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from ui.ledger import Connection

DISLIKED = "disliked"  # a kind beside the kinds of refusal
_SETTLED = "ended IN ('answered', 'small_talk')"  # what nobody has to look at
_OPEN = f"(disliked = 1 OR NOT {_SETTLED})"
_GROUPS = """
WITH page AS (
    SELECT question, count(*) AS times, max(time) AS last, max(disliked) AS disliked,
        max(id) AS newest
    FROM asked WHERE {chosen} GROUP BY question ORDER BY newest DESC LIMIT ? OFFSET ?
), kinds AS (SELECT DISTINCT question, ended FROM asked WHERE {chosen})
SELECT page.question, asked.resolved, page.times, page.last, page.disliked, kinds.ended
FROM page JOIN asked ON asked.id = page.newest JOIN kinds ON kinds.question = page.question
ORDER BY page.newest DESC, kinds.ended
"""


@dataclass(frozen=True, slots=True)
class Group:
    """A question that was refused or disliked: how often, when last (ISO 8601, UTC), and how.

    `kinds` are the kinds of refusal, and "disliked".
    """

    question: str
    resolved: str
    times: int
    last: str
    kinds: tuple[str, ...]


def groups(base: Connection, kind: str, start: int, count: int) -> tuple[list[Group], int]:
    """Return a page of the groups, the latest first, and how many there are."""
    chosen, values = _chosen(kind)
    (total,) = base.execute(
        f"SELECT count(DISTINCT question) FROM asked WHERE {chosen}", values
    ).fetchone()
    rows = base.execute(_GROUPS.format(chosen=chosen), (*values, count, start, *values))
    return [_group(list(same)) for _, same in groupby(rows, itemgetter(0))], total


def kinds(base: Connection) -> dict[str, int]:
    """Return how many questions there are of each kind, the commonest first."""
    refused = base.execute(
        f"SELECT ended, count(DISTINCT question) AS n FROM asked WHERE NOT {_SETTLED}"
        " GROUP BY ended ORDER BY n DESC, ended"
    )
    (disliked,) = base.execute(
        "SELECT count(DISTINCT question) FROM asked WHERE disliked = 1"
    ).fetchone()
    return {**dict(refused), **({DISLIKED: disliked} if disliked else {})}


def _chosen(kind: str) -> tuple[str, Sequence[str]]:
    if kind == DISLIKED:
        return "disliked = 1", ()
    return (f"{_OPEN} AND ended = ?", (kind,)) if kind else (_OPEN, ())


def _group(rows: Sequence[Any]) -> Group:
    """Return a group of its rows, one for each way it ended."""
    question, resolved, times, last, disliked, _ = rows[0]
    refused = [row[5] for row in rows if row[5] != "answered"]
    return Group(question, resolved, times, last, (*refused, *([DISLIKED] if disliked else [])))
