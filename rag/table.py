"""A table over reports: a row a report, with its figure as written and the citation it stands in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """What one report says: `value` as it is written, its `low` and `high` ends in `unit`.

    `n` is the number of the citation it stands in.
    """

    place: str
    year: int | None
    value: str
    low: float | None
    high: float | None
    unit: str
    n: int
    document_id: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows in the order in which they were asked for, and the places that give no such figure."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    missing: tuple[str, ...] = ()
