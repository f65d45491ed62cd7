"""Targets as tables of a page, every figure with a link to its words in the report."""

from collections.abc import Mapping, Sequence
from html import escape

from rag.targets.comparison import Row
from rag.targets.target import KINDS, Target
from ui.web import links

_NAMED = 4  # documents of a comparison that are named above it; more are in the heads


def listed(found: Sequence[Target], titles: Mapping[str, str], page: range) -> str:
    """Return a page of targets as a table, with the document of each where there are several."""
    heads = ["指标", "数值", "限定", "类别", "年份", "原文", *(["文档"] if len(titles) > 1 else [])]
    rows = [_listed(t, titles) for t in found[page.start : page.stop]]
    return _table(heads, rows, f"共 {len(found)} 项。{_where(page, len(found))}")


def compared(rows: Sequence[Row], titles: Sequence[str], page: range) -> str:
    """Return a page of indicators that two or more documents speak of, a column for each."""
    cells = [
        [f"<th scope='row'>{escape(row.indicator)}</th>", *map(_cell, row.cells, titles)]
        for row in rows[page.start : page.stop]
    ]
    told = "请选两份以上的文档来比较。"
    if len(titles) > 1:
        who = "、".join(titles) if len(titles) <= _NAMED else f"{len(titles)} 份文档"
        told = f"{who}：共有的指标 {len(rows)} 项。"
    return _table(["指标", *titles], cells, f"{told}{_where(page, len(rows))}")


def _where(page: range, count: int) -> str:
    """Return which rows a page has, where there are more pages than one."""
    if count <= len(page):
        return ""
    return f"这里是第 {page.start + 1}—{min(page.stop, count)} 项，下载的表里有全部。"


def _listed(t: Target, titles: Mapping[str, str]) -> list[str]:
    words = f"{escape(t.quote)} {_link(t, '看原文')}"
    told = [escape(t.indicator), escape(t.shown), escape(_limits(t)), KINDS[t.kind],
            str(t.year or ""), words]  # fmt: skip
    if len(titles) > 1:
        told.append(escape(titles.get(t.document_id, t.document_id)))
    return [f"<td>{cell}</td>" for cell in told]


def _limits(t: Target) -> str:
    """Return what limits a figure and does not stand in it: 新增 of 新增…60万人以上."""
    return "、".join(word for word in t.qualifier.split("、") if word not in t.shown)


def _cell(said: Sequence[Target], title: str) -> str:
    told = "<br>".join(
        f"{_link(t, escape(t.shown))} {escape(_limits(t))}（{_time(t)}）" for t in said
    )
    return f"<td data-of='{escape(title, quote=True)}'>{told or '—'}</td>"


def _time(t: Target) -> str:
    return f"{t.year}年{KINDS[t.kind]}" if t.year else KINDS[t.kind]


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
