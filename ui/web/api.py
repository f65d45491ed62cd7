"""The JSON API: one question in, one Answer out, as in the public contract."""

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from corpus.errors import InputError, JinwenError
from rag.answers import Turn
from rag.assembly import Assembly
from ui.web.desk import Desk


class Asked(BaseModel):
    """A question and the turns before it, as [question, answer] pairs."""

    question: str
    history: list[tuple[str, str]] = []


def api(assembly: Assembly, desk: Desk) -> FastAPI:
    """Return the application with the API's routes; the page is mounted on it later."""
    app = FastAPI(title="津问", docs_url=None, redoc_url=None, openapi_url=None)

    @app.post("/api/ask")
    def ask(asked: Asked) -> JSONResponse:
        history = [Turn(*pair) for pair in asked.history]
        with desk.seat():
            answer = assembly.assistant().ask(asked.question, history)
        return JSONResponse(answer.to_json())

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
        said = "没有这个接口" if status == 404 else '请求的格式不对，应为 {"question": "…"}'
        return JSONResponse({"error": said}, status_code=status)

    return app
