"""The service as a model of OpenAI's chat API, so that any chat client can ask it."""

from collections.abc import Iterator
from time import time
from typing import Any
from uuid import uuid4

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from corpus.errors import InputError, JinwenError
from rag.answers import Answer
from ui.web.answering import Answering
from ui.web.chatform import MODEL, Wished, annotations, chunk, completion, content, pieces
from ui.web.errorform import failure, refusal
from ui.web.events import ALIVE, STREAMS, event, streamed
from ui.web.later import LaterError
from ui.web.rates import Costs

_CARD = {"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}


class UnknownModelError(JinwenError):
    """A model that is not served here."""


def completions(answering: Answering, costs: Costs = ()) -> FastAPI:
    """Return the application to be mounted at /v1; its errors have OpenAI's form."""
    app = FastAPI(title="津问", docs_url=None, redoc_url=None, openapi_url=None)

    told: dict[int | str, dict[str, Any]] = {200: STREAMS}

    @app.post(
        "/chat/completions", summary="按 OpenAI 的格式提问", responses=told, dependencies=costs
    )
    def complete(wished: Wished) -> Response:
        _require_known(wished.model)
        question, history = wished.asked()
        name, created = f"chatcmpl-{uuid4().hex}", int(time())
        if wished.stream:
            growing = answering.growing(question, history)
            return streamed(_chunks(name, created, wished, growing))
        answer = answering.answer(question, history)
        return JSONResponse(completion(name, created, wished, answer))

    @app.get("/models", summary="按 OpenAI 的格式列出模型")
    def models() -> dict[str, Any]:
        return {"object": "list", "data": [_CARD]}

    @app.get("/models/{model}", summary="按 OpenAI 的格式查看模型")
    def model(model: str) -> dict[str, Any]:
        _require_known(model)
        return _CARD

    _failing(app)
    return app


def _require_known(model: str) -> None:
    if model != MODEL:
        raise UnknownModelError(f"没有模型“{model[:40]}”，请把 model 改为 {MODEL}")


def _chunks(name: str, created: int, wished: Wished, growing: Iterator[Answer]) -> Iterator[str]:
    """Yield a stream of chunks: line by line once it is sure, for a chunk cannot be taken back."""
    yield event(chunk(name, created, {"role": "assistant", "content": ""}))
    for grown in growing:
        answer = grown
        yield ALIVE
    text = content(answer)
    for piece in pieces(text):
        yield event(chunk(name, created, {"content": piece}))
    told = {"annotations": annotations(answer)}
    yield event(chunk(name, created, told, "stop", jinwen=answer.to_json()))
    if wished.stream_options and wished.stream_options.include_usage:
        yield event(chunk(name, created, None, usage=wished.usage(text)))
    yield "data: [DONE]\n\n"


def _failing(app: FastAPI) -> None:
    """Put every error in OpenAI's form."""

    @app.exception_handler(UnknownModelError)
    async def unknown(_: Request, error: UnknownModelError) -> JSONResponse:
        told = failure(str(error), "invalid_request_error", "model_not_found", "model")
        return JSONResponse(told, 404)

    @app.exception_handler(InputError)
    async def unfit(_: Request, error: InputError) -> JSONResponse:
        return JSONResponse(failure(str(error), "invalid_request_error", None, "messages"), 400)

    @app.exception_handler(LaterError)
    async def later(_: Request, error: LaterError) -> Response:
        return refusal("/v1", error.status, str(error), error.headers)

    @app.exception_handler(JinwenError)
    async def failed(_: Request, error: JinwenError) -> JSONResponse:
        return JSONResponse(failure(str(error), "server_error", "unavailable"), 503)

    @app.exception_handler(RequestValidationError)
    async def not_understood(_: Request, error: RequestValidationError) -> JSONResponse:
        place = ".".join(str(part) for part in error.errors()[0]["loc"][1:3])
        said = (
            '请求的格式不对，应为 {"model": "jinwen", "messages": [{"role": "user", '
            '"content": "…"}]}，请改正后重试'
        )
        told = failure(said, "invalid_request_error", None, place or None)
        return JSONResponse(told, 422)

    @app.exception_handler(HTTPException)
    async def no_route(_: Request, error: HTTPException) -> JSONResponse:
        said = "没有这个接口，请用 /v1/chat/completions 或 /v1/models"
        told = failure(said, "invalid_request_error", "unknown_url")
        return JSONResponse(told, error.status_code)
