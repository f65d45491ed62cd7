"""The layout of the tab of targets: what can be chosen, the table by pages, what is saved."""

from typing import Any

import gradio as gr

from corpus.errors import JinwenError
from rag.assembly import Assembly
from rag.targets.ordering import ORDERS
from rag.targets.tables import XLSX
from rag.targets.target import KINDS
from ui.web.goalchoice import ALL, COMPARE, LIST
from ui.web.goals import Goals
from ui.web.render import notice
from ui.web.saving import saving


def goals_tab(assembly: Assembly, busy: dict[str, Any]) -> None:
    """Lay the tab out inside the page that is being made."""
    goals = Goals(assembly)
    with gr.Row():
        word = gr.Textbox(label="搜索指标或原文", elem_id="jw-word", min_width=160)
        kind = gr.Dropdown([ALL, *KINDS.values()], value=ALL, label="类别", min_width=120)
        unit = gr.Dropdown([ALL], value=ALL, label="单位", min_width=100)
        order = gr.Dropdown(list(ORDERS), value=ORDERS[0], label="排序", min_width=140)
    with gr.Row(visible=False) as several:
        place = gr.Dropdown([ALL], value=ALL, label="地区", elem_id="jw-place-of", min_width=140)
        year = gr.Dropdown([ALL], value=ALL, label="报告年份", min_width=120)
        view = gr.Radio([LIST, COMPARE], value=LIST, label="显示", elem_id="jw-view")
    chosen = gr.Dropdown([], multiselect=True, visible=False, label="文档（不选为全部）",
                         elem_id="jw-docs")  # fmt: skip
    section = gr.Dropdown([ALL], value=ALL, label="章节", visible=False, elem_id="jw-section")
    with gr.Row(elem_classes="jw-tools"):
        excel = gr.Button("下载 Excel", size="sm", min_width=84)
        text = gr.Button("下载 CSV", size="sm", min_width=84)
        back = gr.Button("上一页", size="sm", min_width=84, visible=False, elem_id="jw-back")
        on = gr.Button("下一页", size="sm", min_width=84, visible=False, elem_id="jw-on")
    shown, at = gr.HTML(elem_classes="jw-found"), gr.State(1)
    fields: list[Any] = [word, kind, section, order, chosen, view, place, year, unit]
    outputs: list[Any] = [shown, at, back, on]
    pager = Pager(goals)

    def fresh() -> tuple[Any, ...]:
        """Offer what the version in use has: documents may have come since the page was made."""
        try:
            names = [(title, document) for document, title in goals.titles().items()]
            offered = [_offered(n) for n in (goals.places(), goals.years(), goals.units())]
        except JinwenError as error:
            return (*[gr.skip()] * 6, notice(str(error)), *[gr.skip()] * 3)
        many = len(names) > 1
        return (*offered, gr.update(choices=names, visible=many), gr.update(visible=many),
                _sections(goals, []), *pager.first())  # fmt: skip

    gr.on([f.change for f in fields], pager.first, fields, outputs, **busy)
    gr.on([f.change for f in (chosen, place, year)], pager.sections, fields, section, **busy)
    back.click(pager.back, [at, *fields], outputs, **busy)
    on.click(pager.on, [at, *fields], outputs, **busy)
    saving(excel, goals.xlsx, fields, "目标清单.xlsx", XLSX, busy)
    saving(text, goals.csv, fields, "目标清单.csv", "text/csv", busy)
    blocks = gr.context.Context.root_block
    assert blocks is not None
    blocks.load(fresh, None, [place, year, unit, chosen, several, section, *outputs], **busy)


class Pager:
    """Turns the pages of the table: the page, its number, and which buttons lead on."""

    def __init__(self, goals: Goals) -> None:
        self._goals = goals

    def first(self, *fields: Any) -> tuple[Any, ...]:
        """Return the first page of what is asked for."""
        return self._turned(1, fields)

    def back(self, at: int, *fields: Any) -> tuple[Any, ...]:
        """Return the page before."""
        return self._turned(at - 1, fields)

    def on(self, at: int, *fields: Any) -> tuple[Any, ...]:
        """Return the page behind."""
        return self._turned(at + 1, fields)

    def sections(self, *fields: Any) -> Any:
        """Return the sections to choose from, for one document alone."""
        return _sections(self._goals, self._goals.among(*fields))

    def _turned(self, number: int, fields: tuple[Any, ...]) -> tuple[Any, ...]:
        html, number, last = self._goals.page(number, *fields)
        many = last > 1
        return (html, number, gr.update(visible=many, interactive=number > 1),
                gr.update(visible=many, interactive=number < last))  # fmt: skip


def _offered(names: list[str]) -> Any:
    return gr.update(choices=[ALL, *names])


def _sections(goals: Goals, chosen: list[str]) -> Any:
    found = goals.sections(chosen)
    return gr.update(choices=[ALL, *found], value=ALL, visible=bool(found))
