"""Targets as tables of a page, every figure with a link to its words in the report."""

from collections.abc import Mapping, Sequence
from html import escape

from rag.targets.comparison import Row
from rag.targets.target import KINDS, Target
from ui.web import links

_MOST_ROWS = 500  # more are slow to draw; downloads have them all


def listed(found: Sequence[Target], titles: Mapping[str, str]) -> str:
    """Return targets as a table, with the document of each where there are several."""
    heads = ["指标", "数值", "限定", "类别", "原文", *(["文档"] if len(titles) > 1 else [])]
    rows = [_listed(t, titles) for t in found[:_MOST_ROWS]]
    return _table(heads, rows, f"共 {len(found)} 项。{_more(len(found))}")


def compared(rows: Sequence[Row], titles: Sequence[str]) -> str:
    """Return indicators that two or more documents speak of, a column for each document."""
    cells = [
        [f"<th scope='row'>{escape(row.indicator)}</th>", *map(_cell, row.cells, titles)]
        for row in rows[:_MOST_ROWS]
    ]
    told = f"{'、'.join(titles)}：共有的指标 {len(rows)} 项。" if len(titles) > 1 else (
        "请选两份以上的文档来比较。"
    )  # fmt: skip
    return _table(["指标", *titles], cells, f"{told}{_more(len(rows))}")


def _more(count: int) -> str:
    """Return what is to be said where there are more rows than are shown."""
    return f"只显示前 {_MOST_ROWS} 项，可搜索缩小范围，下载的表里有全部。" * (count > _MOST_ROWS)


def _listed(t: Target, titles: Mapping[str, str]) -> list[str]:
    words = f"{escape(t.quote)} {_link(t, '看原文')}"
    told = [escape(t.indicator), escape(t.figure), escape(t.qualifier), KINDS[t.kind], words]
    if len(titles) > 1:
        told.append(escape(titles.get(t.document_id, t.document_id)))
    return [f"<td>{cell}</td>" for cell in told]


def _cell(said: Sequence[Target], title: str) -> str:
    told = "<br>".join(
        f"{_link(t, escape(t.figure))} {escape(t.qualifier)}（{KINDS[t.kind]}）" for t in said
    )
    return f"<td data-of='{escape(title, quote=True)}'>{told or '—'}</td>"


def _link(t: Target, text: str) -> str:
    quote = escape(t.quote, quote=True)
    return f"<a href='{links.cite(t.document_id, t.start, t.end)}' title='{quote}'>{text}</a>"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], told: str) -> str:
    head = "".join(f"<th scope='col'>{escape(h)}</th>" for h in heads)
    body = "".join(f"<tr>{''.join(row)}</tr>" for row in rows)
    return (
        f"<p class='jw-quiet' role='status'>{escape(told)}</p><div class='jw-wide'>"
        f"<table id='jw-goals'><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )
