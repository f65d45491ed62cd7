"""The tab of targets: every figure the documents promise or report, searched, compared, saved."""

from base64 import b64encode
from collections import Counter
from collections.abc import Sequence
from typing import Any

from corpus.documents import Document
from corpus.errors import JinwenError
from rag.assembly import Assembly
from rag.targets.comparison import Row, side_by_side
from rag.targets.ordering import ordered, unit_of
from rag.targets.tables import Table, as_csv, as_xlsx, comparing, listing
from rag.targets.target import Target
from ui.web import goaltables
from ui.web.goalchoice import COMPARE, UNKNOWN, Choice, section_of, year_name
from ui.web.render import notice

PAGE = 50  # rows of a page


class Goals:
    """The targets of the version in use, as the tab shows and saves them."""

    def __init__(self, assembly: Assembly) -> None:
        self._assembly = assembly

    def documents(self) -> list[Document]:
        """Return the documents of the version in use."""
        return self._assembly.documents()

    def titles(self) -> dict[str, str]:
        """Return the titles of the documents by their ids."""
        return {document.id: document.title for document in self.documents()}

    def places(self) -> list[str]:
        """Return whose documents there are, each once, those that do not tell last."""
        return _known([d.place or UNKNOWN for d in self.documents()])

    def years(self) -> list[str]:
        """Return the years that the reports plan, the latest first."""
        return _known(sorted(map(year_name, self.documents()), reverse=True))

    def units(self) -> list[str]:
        """Return the units of the figures, the commonest first."""
        many = Counter(unit_of(t) for t in self._assembly.targets() if t.value is not None)
        return [unit for unit, _ in many.most_common() if unit]

    def among(self, *fields: Any) -> list[str]:
        """Return the ids of the documents that the fields ask for."""
        return Choice(*fields).among(self.documents())

    def sections(self, chosen: Sequence[str] = ()) -> list[str]:
        """Return the headings of one document that targets stand under; none of several."""
        wanted = list(chosen) or list(self.titles())
        if len(wanted) != 1:
            return []
        found = (t for t in self._assembly.targets() if t.document_id == wanted[0])
        return list(dict.fromkeys(map(section_of, found)))

    def html(self, *fields: Any) -> str:
        """Return the page of the table that the fields ask for, or why there is none."""
        return self.page(1, *fields)[0]

    def page(self, number: int, *fields: Any) -> tuple[str, int, int]:
        """Return a page of the table, its number and how many there are; the nearest there is."""
        try:
            return self._page(number, Choice(*fields))
        except JinwenError as error:
            return notice(str(error)), 1, 1

    def csv(self, *fields: Any) -> str:
        """Return the whole table as CSV."""
        return as_csv(self._table(Choice(*fields)))

    def xlsx(self, *fields: Any) -> str:
        """Return the whole table as a workbook, in Base64."""
        return b64encode(as_xlsx(self._table(Choice(*fields)), "目标清单")).decode()

    def _page(self, number: int, choice: Choice) -> tuple[str, int, int]:
        titles = self.titles()
        documents, found = self._chosen(choice)
        compared = _compared(documents, found) if choice.view == COMPARE else None
        last = max(1, -(-len(found if compared is None else compared) // PAGE))
        number = min(max(1, number), last)
        page = range((number - 1) * PAGE, number * PAGE)
        if compared is None:
            return goaltables.listed(found, titles, page), number, last
        return goaltables.compared(compared, [titles[d] for d in documents], page), number, last

    def _table(self, choice: Choice) -> Table:
        documents, found = self._chosen(choice)
        if choice.view == COMPARE:
            titles = self.titles()
            return comparing(_compared(documents, found), [titles[d] for d in documents])
        return listing(found)

    def _chosen(self, choice: Choice) -> tuple[list[str], list[Target]]:
        """Return the documents that are asked for, by id, and their targets that are, in order."""
        documents = choice.among(self.documents())
        return documents, ordered(choice.of(self._assembly.targets(), documents), choice.order)


def _compared(documents: Sequence[str], found: Sequence[Target]) -> list[Row]:
    """Return the rows of a comparison, those first that most documents speak of."""
    rows = side_by_side(found, documents)
    return sorted(rows, key=lambda row: -sum(map(bool, row.cells)))


def _known(names: Sequence[str]) -> list[str]:
    told = list(dict.fromkeys(names))
    return [*(name for name in told if name != UNKNOWN), *([UNKNOWN] if UNKNOWN in told else [])]
