"""The JSON API: a question to an Answer, a query to Hits, as in the public contract."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from corpus.errors import InputError, JinwenError, StoreError
from rag.answers import Answer, Turn
from rag.assembly import Assembly
from rag.feedback import Feedback, Judgements
from ui.judgements import feedback_of
from ui.web.answering import Answering
from ui.web.apidocs import telling
from ui.web.bodies import Asked, Judged
from ui.web.completions import completions
from ui.web.events import STREAMS, event, streamed
from ui.web.later import LaterError
from ui.web.lookups import lookups
from ui.web.rates import Costs, Rates
from ui.web.seats import Seats

_NOWHERE = "没有这个接口，接口和用法见 /api/docs"
_FORM = (
    '请求的格式不对，应为 {"question": "…"}、{"query": "…"} 或 {"text": "…"}，'
    "可加 places、years、documents，不能有别的项"
)
_FORMS = {
    "/api/feedback": '请求的格式不对，应为 {"question": "…", "answer": {返回的整个回答}, '
    '"verdict": "right"}，可加 comment（最多 1000 字）、history，不能有别的项',
    "/api/passages": "请写明 document、start、end 三项，后两项是整数",
}


def api(assembly: Assembly, seats: Seats, rates: Rates | None = None) -> FastAPI:
    """Return the application with the API's routes; the page is mounted on it later."""

    @asynccontextmanager
    async def living(_: FastAPI) -> AsyncIterator[None]:
        yield
        assembly.close()  # the server waits for whoever still waits for a language model

    app = FastAPI(title="津问", docs_url=None, redoc_url=None, openapi_url=None, lifespan=living)
    answering, costs = Answering(assembly, seats), [Depends((rates or Rates()).counted)]
    _asking(app, answering, costs)
    _judging(app, feedback_of(assembly.config), costs)
    app.include_router(lookups(assembly, seats, costs))
    _living(app, assembly)
    model = completions(answering, costs)
    app.include_router(telling(app, model))
    app.mount("/v1", model)
    _missing(app)
    _failing(app)
    return app


def _asking(app: FastAPI, answering: Answering, costs: Costs) -> None:
    told: dict[int | str, dict[str, Any]] = {200: {"model": Answer, **STREAMS}}

    @app.post("/api/ask", summary="提问", responses=told, dependencies=costs)
    def ask(asked: Asked) -> Response:
        """Return an Answer; with `stream`, events: `answer` as it grows, then `done`."""
        history = [Turn(*pair) for pair in asked.history]
        how = asked.question, history, asked.scope, asked.generate
        if asked.stream:
            return streamed(_events(answering.growing(*how)))
        return JSONResponse(answering.answer(*how).to_json())


def _events(growing: Iterator[Answer]) -> Iterator[str]:
    """Yield the answer as it grows, each time whole and in place of the one before."""
    for grown in growing:
        answer = grown
        yield event(answer.to_json(), "answer")
    yield event(answer.to_json(), "done")


def _judging(app: FastAPI, judgements: Judgements, costs: Costs) -> None:
    @app.post("/api/feedback", summary="评价一个回答", dependencies=costs)
    def feedback(judged: Judged) -> dict[str, str]:
        """Keep a judgement of an answer, as the page's thumbs do."""
        kept = Feedback.now(
            judged.verdict, judged.question, judged.answer, judged.history, judged.comment.strip()
        )
        try:
            judgements.append(kept)
        except (OSError, StoreError) as error:
            raise StoreError("没能保存，请稍后再试") from error
        return {"status": "ok"}


def _living(app: FastAPI, assembly: Assembly) -> None:
    @app.get("/api/health", summary="服务是否活着")
    async def health() -> dict[str, str]:
        """Return at once that the service runs, and its version of the index."""
        return {"status": "ok", "index_version": assembly.store.current()}

    @app.get("/api/ready", summary="能不能回答问题")
    def ready() -> dict[str, str]:
        """Return once index and models are loaded; 503 with the reason where they cannot be."""
        version = assembly.searcher().contents.version
        assembly.reader()
        return {"status": "ready", "index_version": version}


def _missing(app: FastAPI) -> None:
    methods = ["GET", "POST", "PUT", "PATCH", "DELETE"]

    @app.api_route("/api/{path:path}", methods=methods, include_in_schema=False)
    def missing() -> None:
        """Say so here: the page, which has all other paths, says it in English."""
        raise HTTPException(404, _NOWHERE)


def _failing(app: FastAPI) -> None:
    """Tell every error in Chinese, as {"error": …}."""

    @app.exception_handler(LaterError)
    async def later(_: Request, error: LaterError) -> JSONResponse:
        return JSONResponse({"error": str(error)}, error.status, error.headers)

    @app.exception_handler(JinwenError)
    async def failed(_: Request, error: JinwenError) -> JSONResponse:
        status = 422 if isinstance(error, InputError) else 503
        return JSONResponse({"error": str(error)}, status_code=status)

    @app.exception_handler(RequestValidationError)
    async def not_understood(request: Request, _: RequestValidationError) -> JSONResponse:
        said = _FORMS.get(request.scope["path"], _FORM)
        return JSONResponse({"error": said}, status_code=422)

    @app.exception_handler(HTTPException)
    async def not_there(_: Request, error: HTTPException) -> JSONResponse:
        own = not error.detail.isascii()  # the framework's are English
        said = error.detail if own else _NOWHERE
        return JSONResponse({"error": said}, status_code=error.status_code)
