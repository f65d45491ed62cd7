"""The grid of a Word table, merged cells at their places, deleted rows and cells left out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from docx.oxml.ns import qn
from lxml.etree import _Element

from corpus.loaders.parsed import Box
from corpus.loaders.word.names import W_VAL, is_on, w, whole
from corpus.loaders.word.runs import inside

_MOST_COLUMNS = 1_000  # Word has 63; a span a file lies about must not fill the memory


@dataclass(frozen=True, slots=True)
class _Placed:
    cell: _Element
    column: int
    columns: int
    goes_on: bool


def rows(table: _Element) -> list[_Element]:
    """Return the rows of a table but those a tracked change deletes."""
    deleted = w("trPr/del")
    return [row for row in inside(table, w("tr")) if row.find(deleted) is None]


def cells(row: _Element) -> list[_Element]:
    """Return the cells of a row but those a tracked change deletes."""
    deleted = w("tcPr/cellDel")
    return [cell for cell in inside(row, w("tc")) if cell.find(deleted) is None]


def heading_rows(table: Sequence[_Element]) -> int:
    """Return how many rows at the top are marked to be repeated on every page."""
    marks = [is_on(row.find(w("trPr/tblHeader"))) for row in table]
    return [*marks, False].index(False)


def turns(row: _Element) -> tuple[bool, int]:
    """Tell whether a page begins before a row, and how many more while it is read."""
    before, within = False, 0
    for cell in cells(row):
        seen, inner = False, 0
        for element in cell.iter(w("t"), w("lastRenderedPageBreak")):
            if element.tag == w("t"):
                seen |= bool(element.text)
            elif seen:
                inner += 1
            else:
                before = True
        within = max(within, inner)
    return before, within


def grid(table: Sequence[_Element], text: Callable[[_Element], str]) -> list[list[Box | None]]:
    """Return the boxes of a table's rows, all of them as wide as the widest.

    `text` is asked once for every cell that is seen, in reading order.
    """
    placed = [_placed(row) for row in table]
    width = max((p.column + p.columns for row in placed for p in row), default=0)
    boxes: list[list[Box | None]] = []
    for number, row in enumerate(placed):
        line: list[Box | None] = [Box("")] * width
        for cell in row:
            line[cell.column : cell.column + cell.columns] = [None] * cell.columns
            if not (cell.goes_on and number and _above(placed[number - 1], cell)):
                height = _height(placed, number, cell)
                line[cell.column] = Box(text(cell.cell), height, cell.columns)
        boxes.append(line)
    return boxes


def _placed(row: _Element) -> list[_Placed]:
    column = _number(row, "w:trPr", "w:gridBefore", 0)
    found: list[_Placed] = []
    for cell in cells(row):
        columns = max(1, _number(cell, "w:tcPr", "w:gridSpan", 1))
        if found and _merge(cell, "w:hMerge") == "continue":
            last = found.pop()
            found.append(_Placed(last.cell, last.column, last.columns + columns, last.goes_on))
        else:
            found.append(_Placed(cell, column, columns, _merge(cell, "w:vMerge") == "continue"))
        column += columns
    return found


def _merge(cell: _Element, name: str) -> str:
    """Return restart or continue where a cell is merged, '' where it is not."""
    merge = cell.find(f"{qn('w:tcPr')}/{qn(name)}")
    return "" if merge is None else str(merge.get(W_VAL, "continue"))


def _above(row: Sequence[_Placed], cell: _Placed) -> bool:
    return any((p.column, p.columns) == (cell.column, cell.columns) for p in row)


def _height(placed: Sequence[Sequence[_Placed]], number: int, cell: _Placed) -> int:
    """Return how many rows a cell covers: its own, and those below in which it goes on."""
    if _merge(cell.cell, "w:vMerge") == "":
        return 1
    height = 1
    for row in placed[number + 1 :]:
        if not any(p.goes_on and (p.column, p.columns) == (cell.column, cell.columns) for p in row):
            break
        height += 1
    return height


def _number(element: _Element, parent: str, name: str, default: int) -> int:
    found = element.find(f"{qn(parent)}/{qn(name)}")
    value = default if found is None else whole(found.get(W_VAL), default)
    return min(max(0, value), _MOST_COLUMNS)
