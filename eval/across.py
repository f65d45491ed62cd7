"""Indicators across reports, held against tables made by hand: `python -m eval.across TABLE`.

A table has lines of asked, place and value as the report writes it, "" where it gives none. The
one that is shipped, `datasets/indicators2026.csv`, has ten targets of the 31 provincial reports of
2026 (facts from the official reports; the texts are not shipped). Words for values (与经济增长同步)
are no figures and count as none.
"""

import argparse
import csv
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from index.folding import fold
from index.search import Searcher
from rag.across.matching import matching
from rag.assembly import Assembly
from ui.settings import load_settings

TABLE = Path(__file__).parent / "datasets" / "indicators2026.csv"
OUTCOMES = ("right", "wrong", "missed", "extra", "none")

Tables = dict[str, dict[str, str]]


def read_tables(path: Path) -> Tables:
    """Return the value of each place by what is asked."""
    tables: Tables = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            tables.setdefault(row["asked"], {})[row["place"]] = row["value"]
    return tables


def outcomes(asked: str, values: dict[str, str], searcher: Searcher) -> Counter[str]:
    """Return how many places' figures are right, wrong, missed, extra, or rightly none."""
    documents = [d for d in searcher.contents.documents.values() if d.place in values]
    found = matching(asked, documents, searcher)
    return Counter(
        outcome(values[d.place], found[d.id].written if d.id in found else "") for d in documents
    )


def outcome(value: str, written: str) -> str:
    """Return what became of one figure; marks and widths are no difference."""
    wanted = _plain(value) if any(map(str.isdigit, value)) else ""
    got = _plain(written)
    if not wanted:
        return "extra" if got else "none"
    if not got:
        return "missed"
    return "right" if _holds(wanted, got) or _holds(got, wanted) else "wrong"


def _holds(text: str, figure: str) -> bool:
    """Tell whether a figure stands in a text as a whole one: 5% is not in 5.5%."""
    return bool(re.search(rf"(?<![\d.]){re.escape(figure)}", text))


def _plain(value: str) -> str:
    return fold(value).replace("—", "-").replace("–", "-").replace(" ", "")


def main(argv: Sequence[str] | None = None) -> None:
    """Print a line an indicator, and the sum."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("table", nargs="?", type=Path, default=TABLE)
    parser.add_argument("--home", type=Path)
    options = parser.parse_args(argv)
    searcher = Assembly(load_settings().config(options.home)).searcher()
    total: Counter[str] = Counter()
    for asked, values in read_tables(options.table).items():
        counted = outcomes(asked, values, searcher)
        total += counted
        print(asked, *(f"{name} {counted[name]}" for name in OUTCOMES))
    print("total", *(f"{name} {total[name]}" for name in OUTCOMES))


if __name__ == "__main__":
    main()
