"""The JSON API: a question to an Answer, a query to Hits, as in the public contract."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Annotated, Literal

from fastapi import FastAPI, HTTPException, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from corpus.errors import InputError, JinwenError
from index.scope import Scope
from rag.answers import Turn
from rag.assembly import Assembly
from rag.questions import clean
from rag.table import cells
from rag.targets.tables import XLSX, as_csv, as_xlsx
from ui.web.answering import Answering
from ui.web.reading import described, reading
from ui.web.seats import Seats

Listing = Annotated[Sequence[str], Query()]
Years = Annotated[Sequence[int], Query()]


class Scoped(BaseModel):
    """What limits the documents: places by any of their names, years, ids; unknown fields fail."""

    model_config = ConfigDict(extra="forbid")

    places: list[str] = []
    years: list[int] = []
    documents: list[str] = []

    @property
    def scope(self) -> Scope:
        """Return the scope."""
        return Scope(tuple(self.places), tuple(self.years), tuple(self.documents))


class Asked(Scoped):
    """A question and the turns before it, as [question, answer] pairs.

    Without `generate` no language model is used, even where one is set.
    """

    question: str
    history: list[tuple[str, str]] = []
    generate: bool = True


class Wanted(Scoped):
    """What to search for, and how many passages to return."""

    query: str
    k: int = Field(default=10, ge=1, le=100)


class Pasted(Scoped):
    """A text whose wording is checked."""

    text: str


class Listed(Scoped):
    """Which targets are listed: a page of them."""

    start: int = Field(default=0, ge=0)
    count: int = Field(default=100, ge=1, le=1000)


def api(assembly: Assembly, seats: Seats) -> FastAPI:
    """Return the application with the API's routes; the page is mounted on it later."""
    answering = Answering(assembly, seats)

    @asynccontextmanager
    async def living(_: FastAPI) -> AsyncIterator[None]:
        yield
        assembly.close()  # the server waits for whoever still waits for a language model

    app = FastAPI(title="津问", docs_url=None, redoc_url=None, openapi_url=None, lifespan=living)

    @app.post("/api/ask")
    def ask(asked: Asked) -> JSONResponse:
        history = [Turn(*pair) for pair in asked.history]
        answer = answering.ask(asked.question, history, asked.scope, asked.generate)
        return JSONResponse(answer.to_json())

    @app.post("/api/search")
    def search(wanted: Wanted) -> JSONResponse:
        query = clean(wanted.query)
        with seats.seat():
            searcher = assembly.searcher()
            hits = searcher.search(query, wanted.k, searcher.within(wanted.scope))
        return JSONResponse({"hits": [hit.to_json() for hit in hits]})

    @app.post("/api/check")
    def check(pasted: Pasted) -> JSONResponse:
        with seats.seat():
            return JSONResponse(assembly.checker().check_in(pasted.scope, pasted.text).to_json())

    @app.post("/api/targets")
    def targets(listed: Listed) -> JSONResponse:
        with seats.seat():
            found = assembly.targets(listed.scope)
        page = found[listed.start : listed.start + listed.count]
        return JSONResponse({"total": len(found), "targets": [t.to_json() for t in page]})

    @app.get("/api/table.{form}")
    def table(
        form: Literal["csv", "xlsx"], question: str, places: Listing = (), years: Years = (),
        documents: Listing = (),
    ) -> Response:  # fmt: skip
        scope = Scope(tuple(places), tuple(years), tuple(documents))
        with seats.seat():
            answer = assembly.assistant(generate=False).ask(question, scope=scope)
        if answer.table is None:
            raise HTTPException(404)
        rows = cells(answer.table, {c.n: c.quote for c in answer.citations})
        name = {"content-disposition": f"attachment; filename=table.{form}"}
        if form == "csv":
            return Response(f"\ufeff{as_csv(rows)}", media_type="text/csv", headers=name)
        return Response(as_xlsx(rows, "各报告"), media_type=XLSX, headers=name)

    @app.get("/api/documents")
    def documents() -> JSONResponse:
        return JSONResponse({"documents": [described(d) for d in assembly.documents()]})

    @app.get("/api/documents/{document_id:path}")
    def document(document_id: str) -> JSONResponse:
        known = assembly.searcher().contents.documents
        if document_id not in known:
            raise HTTPException(404)
        return JSONResponse(reading(known[document_id]))

    @app.get("/api/health")
    async def health() -> dict[str, str]:
        return {"status": "ok", "index_version": assembly.store.current()}

    @app.exception_handler(JinwenError)
    async def failed(_: Request, error: JinwenError) -> JSONResponse:
        status = 422 if isinstance(error, InputError) else 503
        return JSONResponse({"error": str(error)}, status_code=status)

    @app.exception_handler(RequestValidationError)
    @app.exception_handler(HTTPException)
    async def not_understood(_: Request, error: Exception) -> JSONResponse:
        status = error.status_code if isinstance(error, HTTPException) else 422
        said = (
            "没有这个接口"
            if status == 404
            else '请求的格式不对，应为 {"question": "…"}、{"query": "…"} 或 {"text": "…"}，'
            "可加 places、years、documents，不能有别的项"
        )
        return JSONResponse({"error": said}, status_code=status)

    return app
