"""The routes of the JSON API that look things up: passages, wording, targets, tables, documents."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import JSONResponse, Response

from corpus.documents import Document
from index.scope import Scope
from rag.assembly import Assembly
from rag.questions import clean
from rag.table import cells
from rag.targets.comparison import side_by_side
from rag.targets.tables import XLSX, as_csv, as_xlsx
from ui.web.bodies import Listed, Pasted, Wanted
from ui.web.rates import Costs
from ui.web.reading import described, passage, reading
from ui.web.seats import Seats

Listing = Annotated[Sequence[str], Query()]
Years = Annotated[Sequence[int], Query()]
_FILE = {"schema": {"type": "string", "format": "binary"}}
_FILES: dict[str, Any] = {"content": {"text/csv": _FILE, XLSX: _FILE}}


def lookups(assembly: Assembly, seats: Seats, costs: Costs = ()) -> APIRouter:
    """Return the routes; all but those that only read a document cost something."""
    router = APIRouter(prefix="/api")
    _searching(router, assembly, seats, costs)
    _listing(router, assembly, seats, costs)
    _reading(router, assembly)
    return router


def _searching(router: APIRouter, assembly: Assembly, seats: Seats, costs: Costs) -> None:
    @router.post("/search", summary="检索段落", dependencies=costs)
    def search(wanted: Wanted) -> JSONResponse:
        """Return the passages nearest to a query, best first."""
        query = clean(wanted.query)
        with seats.seat():
            searcher = assembly.searcher()
            hits = searcher.search(query, wanted.k, searcher.within(wanted.scope))
        return JSONResponse({"hits": [hit.to_json() for hit in hits]})

    @router.post("/check", summary="核对措辞", dependencies=costs)
    def check(pasted: Pasted) -> JSONResponse:
        """Return what of a text stands in the documents word by word, changed, or not at all."""
        with seats.seat():
            return JSONResponse(assembly.checker().check_in(pasted.scope, pasted.text).to_json())


def _listing(router: APIRouter, assembly: Assembly, seats: Seats, costs: Costs) -> None:
    @router.post("/targets", summary="列出目标", dependencies=costs)
    def targets(listed: Listed) -> JSONResponse:
        """Return a page of the targets, and how many there are."""
        with seats.seat():
            found = assembly.targets(listed.scope)
        page = found[listed.start : listed.start + listed.count]
        return JSONResponse({"total": len(found), "targets": [t.to_json() for t in page]})

    @router.post("/compare", summary="并排比较目标", dependencies=costs)
    def compare(listed: Listed) -> JSONResponse:
        """Return the indicators that two or more documents speak of, with each one's targets."""
        with seats.seat():
            ids = [d.id for d in listed.scope.of(assembly.documents())]
            rows = side_by_side(assembly.targets(listed.scope), ids)
        page = [row.to_json() for row in rows[listed.start : listed.start + listed.count]]
        return JSONResponse({"documents": ids, "total": len(rows), "rows": page})

    @router.get(
        "/table.{form}", summary="下载跨报告的表", response_class=Response,
        responses={200: _FILES}, dependencies=costs,
    )  # fmt: skip
    def table(
        form: Literal["csv", "xlsx"], question: str, places: Listing = (), years: Years = (),
        documents: Listing = (),
    ) -> Response:  # fmt: skip
        """Return the table of a question across reports as a file."""
        scope = Scope(tuple(places), tuple(years), tuple(documents))
        with seats.seat():
            answer = assembly.assistant(generate=False).ask(question, scope=scope)
        if answer.table is None:
            raise HTTPException(404, "这个问题的回答没有表，请换成问几个地方的问题")
        rows = cells(answer.table, {c.n: c.quote for c in answer.citations})
        name = {"content-disposition": f"attachment; filename=table.{form}"}
        if form == "csv":
            return Response(f"\ufeff{as_csv(rows)}", media_type="text/csv", headers=name)
        return Response(as_xlsx(rows, "各报告"), media_type=XLSX, headers=name)


def _reading(router: APIRouter, assembly: Assembly) -> None:
    def known(document: str) -> Document:
        found = assembly.searcher().contents.documents
        if document not in found:
            raise HTTPException(404, "没有这份文档，请用 /api/documents 里的编号")
        return found[document]

    @router.get("/documents", summary="列出文档")
    def documents() -> JSONResponse:
        """Return what each document is."""
        return JSONResponse({"documents": [described(d) for d in assembly.documents()]})

    @router.get("/documents/{document_id:path}", summary="读一份文档")
    def document(document_id: str) -> JSONResponse:
        """Return a document's paragraphs and sections, with their offsets in code points."""
        return JSONResponse(reading(known(document_id)))

    @router.get("/passages", summary="读一段原文")
    def passages(document: str, start: int, end: int) -> JSONResponse:
        """Return characters from start to end (code points, end exclusive) and where they stand."""
        return JSONResponse(passage(known(document), start, end))
