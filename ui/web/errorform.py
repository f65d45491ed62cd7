"""The form of an error, by where it was asked: OpenAI's under /v1, JSON-RPC's at /mcp, or ours."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import JSONResponse, PlainTextResponse, Response

_OPENAI = {
    401: ("invalid_request_error", "invalid_api_key"),
    413: ("invalid_request_error", "request_too_large"),
    429: ("requests", "rate_limit_exceeded"),
    503: ("server_error", "unavailable"),
}
_SERVER_ERROR = -32000  # of JSON-RPC: what a server may define for itself


def part_of(path: str) -> str:
    """Return the first part of a path: which face of the service is meant."""
    return path.split("/")[1] if path.startswith("/") else ""


def refusal(
    path: str, status: int, message: str, headers: Mapping[str, str] | None = None
) -> Response:
    """Return the answer to a request that is turned away before it has come to its route."""
    match part_of(path):
        case "v1":
            return JSONResponse(failure(message, *_OPENAI[status]), status, headers)
        case "mcp":
            error = {"code": _SERVER_ERROR, "message": message}
            return JSONResponse({"jsonrpc": "2.0", "id": None, "error": error}, status, headers)
        case "api":
            return JSONResponse({"error": message}, status, headers)
    return PlainTextResponse(message, status, headers)


def failure(message: str, kind: str, code: str | None, param: str | None = None) -> dict[str, Any]:
    """Return an error in OpenAI's form; the message is Chinese, kind and code are theirs."""
    return {"error": {"message": message, "type": kind, "param": param, "code": code}}
