"""The JSON API: a question to an Answer, a query to Hits, as in the public contract."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from corpus.errors import InputError, JinwenError
from rag.answers import Turn
from rag.assembly import Assembly
from rag.questions import clean
from ui.web.desk import Desk
from ui.web.reading import reading


class Asked(BaseModel):
    """A question and the turns before it, as [question, answer] pairs.

    Without `generate` no language model is used, even where one is set.
    """

    question: str
    history: list[tuple[str, str]] = []
    generate: bool = True


class Wanted(BaseModel):
    """What to search for, and how many passages to return."""

    query: str
    k: int = Field(default=10, ge=1, le=100)


def api(assembly: Assembly, desk: Desk) -> FastAPI:
    """Return the application with the API's routes; the page is mounted on it later."""

    @asynccontextmanager
    async def living(_: FastAPI) -> AsyncIterator[None]:
        yield
        assembly.close()  # the server waits for whoever still waits for a language model

    app = FastAPI(title="津问", docs_url=None, redoc_url=None, openapi_url=None, lifespan=living)

    @app.post("/api/ask")
    def ask(asked: Asked) -> JSONResponse:
        history = [Turn(*pair) for pair in asked.history]
        assistant = assembly.assistant(asked.generate)
        with desk.seat(waits=asked.generate and assembly.hinter() is not None):
            draft = assistant.draft(asked.question, history)
        return JSONResponse(assistant.written(draft).to_json())  # a model is waited for unseated

    @app.post("/api/search")
    def search(wanted: Wanted) -> JSONResponse:
        query = clean(wanted.query)
        with desk.seat():
            hits = assembly.searcher().search(query, wanted.k)
        return JSONResponse({"hits": [hit.to_json() for hit in hits]})

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
            else '请求的格式不对，应为 {"question": "…"} 或 {"query": "…"}'
        )
        return JSONResponse({"error": said}, status_code=status)

    return app
