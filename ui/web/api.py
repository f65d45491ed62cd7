"""The JSON API: one question in, one Answer out, as in the public contract."""

from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from corpus.errors import InputError, JinwenError
from rag.answers import Turn
from rag.assembly import Assembly


class Asked(BaseModel):
    """A question and the turns before it, as [question, answer] pairs."""

    question: str
    history: list[tuple[str, str]] = []


def api(assembly: Assembly) -> FastAPI:
    """Return the application with the API's routes; the page is mounted on it later."""
    app = FastAPI(title="津问", docs_url=None, redoc_url=None, openapi_url=None)

    @app.post("/api/ask")
    def ask(asked: Asked) -> JSONResponse:
        history = [Turn(*pair) for pair in asked.history]
        answer: dict[str, Any] = assembly.assistant().ask(asked.question, history).to_json()
        return JSONResponse(answer)

    @app.get("/api/health")
    def health() -> dict[str, str]:
        return {"status": "ok", "index_version": assembly.searcher().contents.version}

    @app.exception_handler(JinwenError)
    async def failed(_: Request, error: JinwenError) -> JSONResponse:
        status = 422 if isinstance(error, InputError) else 503
        return JSONResponse({"error": str(error)}, status_code=status)

    return app
