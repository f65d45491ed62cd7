"""A connection to PostgreSQL that understands what is written for SQLite as well."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from psycopg import Connection, Cursor


class Row:
    """A row, whose values have a name and a position."""

    __slots__ = ("_places", "_values")

    def __init__(self, values: Sequence[Any], places: Mapping[str, int]) -> None:
        self._values, self._places = values, places

    def __getitem__(self, at: int | str) -> Any:
        """Return a value."""
        return self._values[self._places[at] if isinstance(at, str) else at]

    def __iter__(self) -> Iterator[Any]:
        """Yield the values in order."""
        return iter(self._values)


class Understood:
    """A connection that understands what is written for SQLite."""

    def __init__(self, connection: Connection[Any]) -> None:
        self._connection = connection

    def execute(self, sql: str, given: Any = (), /) -> Cursor[Row]:
        """Run a statement; a value stands in it as `?` or `:name`."""
        cursor = self._connection.cursor(row_factory=_rows)
        return cursor.execute(_put(sql).encode(), _storable(given))


@lru_cache(128)
def _put(sql: str) -> str:
    """Return a statement with values where psycopg has them."""
    return re.sub(r"(?<![:\w]):(\w+)", r"%(\1)s", sql.replace("%", "%%").replace("?", "%s"))


def _storable(given: Any) -> Any:
    """Return values that can be kept: PostgreSQL knows no text with U+0000."""
    if isinstance(given, Mapping):
        return {name: _without_nul(value) for name, value in given.items()}
    return [_without_nul(value) for value in given]


def _without_nul(value: Any) -> Any:
    return value.replace("\0", "\ufffd") if isinstance(value, str) else value


def _rows(cursor: Any) -> Callable[[Sequence[Any]], Row]:
    places = {column.name: number for number, column in enumerate(cursor.description or ())}
    return lambda values: Row(values, places)
