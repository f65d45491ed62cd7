"""The tab of targets: every figure the documents promise or report, searched, compared, saved."""

from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from corpus.errors import JinwenError
from rag.assembly import Assembly
from rag.targets.comparison import Row, side_by_side
from rag.targets.tables import Table, as_csv, as_xlsx, comparing, listing
from rag.targets.target import KINDS, Target
from ui.web import goaltables
from ui.web.render import notice
from ui.web.saving import saving

_ALL = "全部"
_LIST, _COMPARE = "清单", "并排比较"
_ORDERS: dict[str, Callable[[Target], Any] | None] = {
    "原文顺序": None,
    "按指标": lambda t: t.indicator,
    "按数值（大到小）": lambda t: -(t.value or 0),
}
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_COMPARED = 4  # documents side by side when none are chosen; more do not fit a page


@dataclass(frozen=True, slots=True)
class Choice:
    """What a visitor chose; made from the values of the tab's fields, in their order."""

    word: str = ""
    kind: str = _ALL
    section: str = _ALL
    order: str = "原文顺序"
    documents: Sequence[str] = ()
    view: str = _LIST

    def of(self, found: Sequence[Target]) -> list[Target]:
        """Return the targets that were chosen, in the chosen order."""
        kept = [t for t in found if self._wants(t)]
        key = _ORDERS.get(self.order)
        return sorted(kept, key=key) if key else kept

    def _wants(self, t: Target) -> bool:
        return (
            str(self.word or "").strip() in f"{t.indicator} {t.quote}"
            and self.kind in (_ALL, KINDS[t.kind])
            and self.section in (_ALL, section_of(t))
            and (not self.documents or t.document_id in self.documents)
        )


def goals_tab(assembly: Assembly, busy: dict[str, Any]) -> None:
    """Lay the tab out inside the page that is being made."""
    goals = Goals(assembly)
    with gr.Row():
        word = gr.Textbox(label="搜索指标或原文", elem_id="jw-word", min_width=160)
        kind = gr.Dropdown([_ALL, *KINDS.values()], value=_ALL, label="类别", min_width=120)
        section = gr.Dropdown([_ALL], value=_ALL, label="章节", min_width=160)
        order = gr.Dropdown(list(_ORDERS), value="原文顺序", label="排序", min_width=120)
    with gr.Row(visible=False) as several:
        chosen = gr.Dropdown([], multiselect=True, label="文档（不选为全部）", elem_id="jw-docs")
        view = gr.Radio([_LIST, _COMPARE], value=_LIST, label="显示", elem_id="jw-view")
    with gr.Row(elem_classes="jw-tools"):
        excel = gr.Button("下载 Excel", size="sm", min_width=84)
        text = gr.Button("下载 CSV", size="sm", min_width=84)
    shown = gr.HTML(elem_classes="jw-found")
    fields: list[Any] = [word, kind, section, order, chosen, view]

    def fresh() -> tuple[Any, ...]:
        """Offer what the version in use has: documents may have come since the page was made."""
        try:
            titles, sections = goals.titles(), goals.sections()
        except JinwenError as error:
            return gr.skip(), gr.skip(), gr.skip(), notice(str(error))
        names = [(title, document) for document, title in titles.items()]
        return (gr.update(choices=[_ALL, *sections]), gr.update(choices=names),
                gr.update(visible=len(titles) > 1), goals.html())  # fmt: skip

    gr.on([f.change for f in fields], goals.html, fields, shown, **busy)
    saving(excel, goals.xlsx, fields, "目标清单.xlsx", _XLSX, busy)
    saving(text, goals.csv, fields, "目标清单.csv", "text/csv", busy)
    blocks = gr.context.Context.root_block
    assert blocks is not None
    blocks.load(fresh, None, [section, chosen, several, shown], **busy)


class Goals:
    """The targets of the version in use, as the tab shows and saves them."""

    def __init__(self, assembly: Assembly) -> None:
        self._assembly = assembly

    def titles(self) -> dict[str, str]:
        """Return the titles of the documents by their ids."""
        documents = self._assembly.searcher().contents.documents
        return {document.id: document.title for document in documents.values()}

    def sections(self) -> list[str]:
        """Return the headings that targets stand under, each once."""
        return list(dict.fromkeys(map(section_of, self._assembly.targets())))

    def html(self, *fields: Any) -> str:
        """Return the table that the fields ask for, or why there is none."""
        try:
            return self._shown(Choice(*fields))
        except JinwenError as error:
            return notice(str(error))

    def csv(self, *fields: Any) -> str:
        """Return that table as CSV."""
        return as_csv(self._table(Choice(*fields)))

    def xlsx(self, *fields: Any) -> str:
        """Return that table as a workbook, in Base64."""
        return b64encode(as_xlsx(self._table(Choice(*fields)), "目标清单")).decode()

    def _shown(self, choice: Choice) -> str:
        titles = self.titles()
        if choice.view == _COMPARE:
            documents, rows = self._compared(choice, titles)
            return goaltables.compared(rows, [titles[d] for d in documents])
        return goaltables.listed(choice.of(self._assembly.targets()), titles)

    def _table(self, choice: Choice) -> Table:
        titles = self.titles()
        if choice.view == _COMPARE:
            documents, rows = self._compared(choice, titles)
            return comparing(rows, [titles[d] for d in documents])
        return listing(choice.of(self._assembly.targets()))

    def _compared(self, choice: Choice, titles: dict[str, str]) -> tuple[list[str], list[Row]]:
        wanted = [d for d in choice.documents if d in titles] or list(titles)[:_COMPARED]
        return wanted, side_by_side(choice.of(self._assembly.targets()), wanted)


def section_of(t: Target) -> str:
    """Return the innermost heading that a target stands under."""
    return t.section[-1] if t.section else "（无章节）"
