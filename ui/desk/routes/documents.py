"""The documents of the index: what there is, how much of it, and since when."""

from collections import Counter
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from corpus.documents import Document
from corpus.library import shipped
from ui.desk.desk import Desk
from ui.desk.door import Reader, TheDesk
from ui.desk.facts import KINDS
from ui.desk.pages import page, page_count, page_number

_ROWS = 100

router = APIRouter(prefix="/documents")


@dataclass(frozen=True, slots=True)
class Row:
    """A document as a line of the list; `since` is ISO text in UTC or words."""

    document: Document
    kind: str
    passages: int
    since: str
    is_shipped: bool


@router.get("")
def listed(request: Request, desk: TheDesk, who: Reader) -> Response:
    """List the documents, those whose title, place or file has the word that is asked for."""
    word = request.query_params.get("text", "").strip()
    rows = [row for row in _rows(desk) if _has(row.document, word)]
    number = page_number(request)
    return page(
        request, "documents.html", who, rows=rows[(number - 1) * _ROWS : number * _ROWS],
        count=len(rows), characters=sum(len(row.document.text) for row in rows), word=word,
        number=number, pages=page_count(len(rows), _ROWS),
    )  # fmt: skip


def _rows(desk: Desk) -> list[Row]:
    contents = desk.assembly.searcher().contents
    passages = Counter(passage.document_id for passage in contents.passages)
    arrivals, ours = desk.jobs.arrivals(), {document.id for document in shipped()}
    return [
        Row(d, KINDS[d.kind], passages[d.id], arrivals.get(d.id, ""), d.id in ours)
        for d in contents.documents.values()
    ]


def _has(document: Document, word: str) -> bool:
    return any(word in text for text in (document.label, document.origin, document.id))
