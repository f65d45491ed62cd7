"""The same indicator side by side: across years of one place, or across places."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

from corpus.figures.units import UNITS, in_base
from index.folding import fold
from index.lexicon import words
from rag.language.names import is_verb
from rag.language.synonyms import synonyms
from rag.targets.target import Target

_SCOPE = re.compile(r"^(?:我[市区县省]|全[市区县省年]|本[市区县省]|全年)")
_COUNTED = re.compile("人数|数量|总数|总量|总额|户数|规模")
_SCALE = re.compile("^[十百千万亿]+")
_CHANGE = re.compile("增长|提高|下降|减少|上涨|降低")
_TO = re.compile("[提升降][高升低]?[到至]|控制在|保持在|稳定在")
_OVERALL = re.compile("累计|总量")

Key = tuple[str, bool, bool, str]


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator and what each document says of it, in the order of the documents."""

    indicator: str
    cells: tuple[tuple[Target, ...], ...]

    @property
    def shared(self) -> bool:
        """Tell whether more than one document speaks of it."""
        return sum(map(bool, self.cells)) > 1

    def to_json(self) -> dict[str, Any]:
        """Return the row as plain values, its targets by document."""
        said = {cell[0].document_id: [t.to_json() for t in cell] for cell in self.cells if cell}
        return {"indicator": self.indicator, "documents": said}


def side_by_side(found: Sequence[Target], documents: Sequence[str]) -> list[Row]:
    """Return the indicators that two or more of the documents (by id) speak of, first met first.

    Two targets are of the same indicator when the words of their names are the same but for verbs,
    scope (全市) and counting words (人数), and their figures can be compared: the same measure,
    both a level or both a change, both 累计 or neither.
    """
    order = {document: place for place, document in enumerate(documents)}
    told = [t for t in found if t.document_id in order and t.value is not None]
    rows: dict[Key, list[Target]] = {}
    for target in told:
        rows.setdefault(_key(target), []).append(target)
    made = (_row(same, order) for same in rows.values())
    return [row for row in made if row.shared]


def _row(same: list[Target], order: dict[str, int]) -> Row:
    cells: list[tuple[Target, ...]] = [()] * len(order)
    ranked = sorted(same, key=lambda t: order[t.document_id])
    for document, targets in groupby(ranked, key=lambda t: t.document_id):
        cells[order[document]] = tuple(targets)
    return Row(min((t.indicator for t in same), key=len), tuple(cells))


def _key(target: Target) -> Key:
    said = f"{target.indicator}{target.qualifier}"
    change = bool(_CHANGE.search(said)) and not _TO.search(target.quote)
    return measure(target.unit), change, bool(_OVERALL.search(said)), _core(target.indicator)


@lru_cache(maxsize=20_000)
def _core(indicator: str) -> str:
    """Return what an indicator is about, whatever the order of its words."""
    name = _SCOPE.sub("", fold(indicator))
    told = {w for w in words(_COUNTED.sub("", name) or name) if not is_verb(w)} or {name}
    core = "".join(sorted(told))
    return min({core} | synonyms(core) | synonyms(name))


@lru_cache(maxsize=2_000)
def measure(unit: str) -> str:
    """Return what a unit measures; things are counted in whatever words (家, 个, 万户)."""
    bare = _SCALE.sub("", fold(unit)) or unit
    known = UNITS.get(bare)
    if known is None or known.use in ("classifier", "vague"):
        return "个"
    return in_base(known.factor, known.name)[1]
