"""Tables over reports as HTML: figures with links into each report, and bars where they compare."""

from html import escape
from urllib.parse import urlencode

from index.scope import EVERYTHING, Scope
from rag.answers import Answer, Citation
from rag.table import Row, Table
from ui.web import links

_AROUND = 30  # characters shown around a term


def table_of(answer: Answer, scope: Scope = EVERYTHING) -> str:
    """Return the table of an answer, "" for one without: rows, bars, what is missing, downloads."""
    table = answer.table
    if table is None or not table.rows:
        return ""
    cited = {citation.n: citation for citation in answer.citations}
    bars = _comparable(table)
    top = max((abs(row.size or 0.0) for row in table.rows), default=0.0) if bars else 0.0
    rows = "".join(_row(row, cited[row.n], top) for row in table.rows)
    in_words = all(row.low is None for row in table.rows)
    heads = ["地区", "年份", "原文"] if in_words else _heads(bars)
    head = "".join(f"<th scope='col'>{escape(name)}</th>" for name in heads)
    lacking = escape("、".join(table.missing))
    missing = f"<p class='jw-quiet'>没有给出的（{len(table.missing)}）：{lacking}</p>" * bool(
        lacking
    )
    return (
        f"<div class='jw-wide'><table class='jw-table'><thead><tr>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div>{missing}{_downloads(answer, scope)}"
    )


def _heads(bars: bool) -> list[str]:
    return ["地区", "年份", "数值", *(["比较"] if bars else []), "原文"]


def _row(row: Row, citation: Citation, top: float) -> str:
    where = links.cite(citation.document_id, citation.start, citation.end)
    link = f"<a class='jw-mark' href='{where}'>[{row.n}]</a>"
    if row.low is None:
        said = f"{escape(_around(citation.quote, row.value))}{link}"
        return (
            f"<tr><th scope='row'>{escape(row.place)}</th><td>{row.year or '—'}</td>"
            f"<td class='jw-said'>{said}</td></tr>"
        )
    bar = f"<td class='jw-bars'>{_bar(row, top)}</td>" if top else ""
    return (
        f"<tr><th scope='row'>{escape(row.place)}</th><td>{row.year or '—'}</td>"
        f"<td class='jw-value'><a href='{where}'>{escape(row.value)}</a></td>{bar}"
        f"<td>{link}</td></tr>"
    )


def _around(quote: str, term: str) -> str:
    """Return the words around a term, … for what is left out."""
    at = quote.find(term)
    if at < 0 or len(quote) <= 2 * _AROUND:
        return quote
    start, end = max(0, at - _AROUND // 2), min(len(quote), at + len(term) + _AROUND // 2)
    return f"{'…' * (start > 0)}{quote[start:end]}{'…' * (end < len(quote))}"


def _bar(row: Row, top: float) -> str:
    """Return a bar as long as the figure; the figure beside it says the same to a screen reader."""
    percent = round(100 * abs(row.size or 0.0) / top, 1) if top else 0
    return f"<div class='jw-bar' style='width:{percent}%' aria-hidden='true'></div>"


def _comparable(table: Table) -> bool:
    """Tell whether the figures measure the same, so that bars mean something."""
    return len(table.rows) > 1 and all(row.size is not None for row in table.rows)


def _downloads(answer: Answer, scope: Scope) -> str:
    """Return the links that ask the same anew, of the same reports, for a file."""
    told = [("question", answer.resolved_question)]
    told += [("places", place) for place in scope.places]
    told += [("years", str(year)) for year in scope.years]
    told += [("documents", document) for document in scope.documents]
    asked = escape(urlencode(told), quote=True)
    return (
        "<p class='jw-quiet'>下载："
        f"<a href='api/table.csv?{asked}'>CSV</a>　<a href='api/table.xlsx?{asked}'>Excel</a></p>"
    )
