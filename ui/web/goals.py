"""The tab of targets: every figure the documents promise or report, to be searched and saved."""

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import gradio as gr

from rag.assembly import Assembly
from rag.targets import KINDS, Target, table, targets
from ui.web import links
from ui.web.saving import saving

_ALL = "全部"
_ORDERS: dict[str, Callable[[Target], Any] | None] = {
    "原文顺序": None,
    "按指标": lambda t: t.indicator,
    "按数值（大到小）": lambda t: -(t.value or 0),
}


def goals_tab(assembly: Assembly, busy: dict[str, Any]) -> None:
    """Lay the tab out inside the page that is being made."""
    found = _targets(assembly)
    sections = list(dict.fromkeys(_section(t) for t in found))
    with gr.Row():
        word = gr.Textbox(label="搜索指标或原文", elem_id="jw-word", min_width=160)
        kind = gr.Dropdown([_ALL, *KINDS.values()], value=_ALL, label="类别", min_width=120)
        section = gr.Dropdown([_ALL, *sections], value=_ALL, label="章节", min_width=160)
        order = gr.Dropdown(list(_ORDERS), value="原文顺序", label="排序", min_width=120)
    with gr.Row(elem_classes="jw-tools"):
        saved = gr.Button("下载 CSV", size="sm", min_width=84)
    shown = gr.HTML(listed(found), elem_classes="jw-found")
    chosen: list[Any] = [word, kind, section, order]

    def show(*choice: str) -> str:
        return listed(chosen_of(_targets(assembly), *choice))

    def save(*choice: str) -> str:
        return table(chosen_of(_targets(assembly), *choice))

    gr.on([c.change for c in chosen], show, chosen, shown, **busy)
    saving(saved, save, chosen, "目标清单.csv", "text/csv", busy)


def chosen_of(
    found: Sequence[Target], word: str, kind: str, section: str, order: str
) -> list[Target]:
    """Return the targets that hold a word, of a kind and section, in an order."""
    kept = [
        t for t in found
        if str(word).strip() in f"{t.indicator} {t.quote}" and kind in (_ALL, KINDS[t.kind])
        and section in (_ALL, _section(t))
    ]  # fmt: skip
    key = _ORDERS.get(order)
    return sorted(kept, key=key) if key else kept


def listed(found: Sequence[Target]) -> str:
    """Return targets as a table, each row with a link to its words in the report."""
    heads = "".join(f"<th scope='col'>{h}</th>" for h in ("指标", "数值", "限定", "类别", "原文"))
    rows = "".join(map(_row, found))
    return (
        f"<p class='jw-quiet' role='status'>共 {len(found)} 项。</p><div class='jw-wide'>"
        f"<table id='jw-goals'><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(t: Target) -> str:
    value = "未量化" if t.value is None else f"{t.value:.15g}{escape(t.unit)}"
    words = f"{escape(t.quote)} <a href='{links.cite(t.document_id, t.start, t.end)}'>看原文</a>"
    told = (escape(t.indicator), value, escape(t.qualifier), KINDS[t.kind], words)
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in told)}</tr>"


def _section(t: Target) -> str:
    return t.section[-1] if t.section else "（无章节）"


def _targets(assembly: Assembly) -> list[Target]:
    return targets(list(assembly.searcher().contents.documents.values()))
