"""What a visitor of the tab of targets asks for: which documents, which targets, in what order."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.documents import Document
from rag.targets.ordering import ORDERS, unit_of
from rag.targets.target import KINDS, Target
from rag.years import plan_year

ALL = "全部"
UNKNOWN = "未注明"
LIST, COMPARE = "清单", "并排比较"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a visitor chose; made from the values of the tab's fields, in their order."""

    word: str = ""
    kind: str = ALL
    section: str = ALL
    order: str = ORDERS[0]
    documents: Sequence[str] = ()
    view: str = LIST
    place: str = ALL
    year: str = ALL
    unit: str = ALL

    def among(self, documents: Sequence[Document]) -> list[str]:
        """Return the ids of the documents that were chosen, in their order."""
        return [
            d.id
            for d in documents
            if (not self.documents or d.id in self.documents)
            and self.place in (ALL, d.place or UNKNOWN)
            and self.year in (ALL, year_name(d))
        ]

    def of(self, found: Sequence[Target], documents: Sequence[str]) -> list[Target]:
        """Return the targets of these documents that were chosen.

        A section counts only where one document is left, for headings are one report's own.
        """
        wanted = set(documents)
        section = self.section if len(wanted) == 1 else ALL
        return [t for t in found if t.document_id in wanted and self._wants(t, section)]

    def _wants(self, t: Target, section: str) -> bool:
        return (
            str(self.word or "").strip() in f"{t.indicator} {t.quote}"
            and self.kind in (ALL, KINDS[t.kind])
            and section in (ALL, section_of(t))
            and self.unit in (ALL, unit_of(t))
        )


def section_of(t: Target) -> str:
    """Return the innermost heading that a target stands under."""
    return t.section[-1] if t.section else "（无章节）"


def year_name(document: Document) -> str:
    """Return the year a report plans as it is offered to be chosen."""
    year = plan_year(document)
    return f"{year}年" if year else UNKNOWN
