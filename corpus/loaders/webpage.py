"""HTML: the article without the page around it, found by trafilatura; tables keep their cells.

trafilatura joins merged cells to nothing, so each table of data is put out of its sight and a line
left in its place; what it keeps of those lines tells which tables belong to the article.
"""

import re
from typing import Any

import trafilatura
from lxml import html

from corpus.decoding import decode
from corpus.loaders.captions import caption
from corpus.loaders.parsed import Box, Parsed, Scribe, header_rows

_STAND_IN = "此处是本页的第{}张表格，" + "表格的内容另行读出，" * 4
_FOUND = re.compile(r"此处是本页的第(\d+)张表格，")
_PROSE_CHARS = 150  # a cell with more holds paragraphs: the table lays out the page
_MOST_SPAN = 1_000
Grid = list[list[Box | None]]


def parse(data: bytes) -> Parsed:
    """Return the main text of a page, "" when there is none, and its tables."""
    text = decode(data, "html")
    tables: list[tuple[Grid, int]] = []
    if "<table" in text.lower():
        text = _without_tables(text, tables)
    scribe, above = Scribe(), list[str]()
    found = trafilatura.extract(
        text, include_comments=False, include_tables=True, favor_recall=True
    )
    if found and (title := _title(text)) and title not in found:
        scribe.line(title, level=0)  # trafilatura takes it for data about the page
    for line in (found or "").split("\n"):
        if place := _FOUND.search(line):
            grid, headers = tables[int(place[1])]
            scribe.table(grid, headers, caption(above))
        else:
            scribe.line(line)
            above.append(line)
    if pictures := len(re.findall(r"<img\b", text, re.I)):
        scribe.leave_out("张图片", pictures)
    return scribe.done()


def _title(text: str) -> str:
    """Return the one heading of the first level that a page has, "" for none or several."""
    try:
        page = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except (ValueError, html.etree.ParserError):
        return ""
    found = page.xpath("//h1")
    return " ".join(found[0].text_content().split()) if len(found) == 1 else ""


def _without_tables(text: str, tables: list[tuple[Grid, int]]) -> str:
    """Return a page with a line in place of each table of data, which is added to `tables`."""
    try:
        page = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except (ValueError, html.etree.ParserError):
        return text
    for table in page.xpath("//table[not(.//table)]"):
        grid = _grid(table)
        if table.getparent() is None:
            continue
        if not _is_data(grid):
            _unwrap(table)
            continue
        line = html.Element("p")
        line.text = _STAND_IN.format(len(tables))
        line.tail = table.tail
        for title in table.xpath("./caption"):
            title.tag, title.tail = "p", None
            table.addprevious(title)
        table.getparent().replace(table, line)
        tables.append((grid, _headers(table, grid)))
    return str(html.tostring(page, encoding="unicode"))


def _unwrap(table: Any) -> None:
    """Make a table that only lays out the page what it is: boxes of paragraphs."""
    for part in table.iter("table", "thead", "tbody", "tfoot", "tr", "td", "th"):
        part.tag = "div"


def _grid(table: Any) -> Grid:
    grid: dict[tuple[int, int], Box | None] = {}
    rows = table.xpath("./tr|./*/tr")
    for r, row in enumerate(rows):
        c = 0
        for cell in row.xpath("./td|./th"):
            while (r, c) in grid:
                c += 1
            high, wide = min(_span(cell, "rowspan"), len(rows) - r), _span(cell, "colspan")
            for at in ((y, x) for y in range(r, r + high) for x in range(c, c + wide)):
                grid[at] = None
            grid[r, c] = Box(" ".join(cell.text_content().split()), high, wide)
    width = max((c for _, c in grid), default=-1) + 1
    return [[grid.get((r, c)) for c in range(width)] for r in range(len(rows))]


def _span(cell: Any, name: str) -> int:
    told = cell.get(name, "1")
    return max(1, min(int(told), _MOST_SPAN)) if told.isascii() and told.isdecimal() else 1


def _is_data(grid: Grid) -> bool:
    """Tell whether a table has rows and columns of short cells; others lay out a page."""
    cells = [box for row in grid for box in row if box]
    several = sum(sum(bool(box and box.text) for box in row) > 1 for row in grid)
    return several > 1 and all(len(box.text) <= _PROSE_CHARS for box in cells)


def _headers(table: Any, grid: Grid) -> int:
    """Return how many rows are headings: those of a thead or of th alone, else by their look."""
    told = len(table.xpath("./thead/tr"))
    if not told:
        for row in table.xpath("./tr|./*/tr"):
            if row.xpath("./td"):
                break
            told += 1
    return told if 0 < told < len(grid) else header_rows(grid)
