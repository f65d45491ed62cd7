"""Server-sent events, as browsers and chat clients read them."""

import json
from collections.abc import Iterator
from typing import Any

from fastapi.responses import StreamingResponse

_KIND = "text/event-stream"
# What a route that may stream says of it in the description of the API.
STREAMS: dict[str, Any] = {"content": {_KIND: {}}}
ALIVE = ": …\n\n"  # a remark that clients pass over: the answer is still being written


def event(data: dict[str, Any], name: str = "") -> str:
    """Return an event with JSON as its data, and a name where it is to have one."""
    named = f"event: {name}\n" if name else ""
    return f"{named}data: {json.dumps(data, ensure_ascii=False)}\n\n"


def streamed(events: Iterator[str]) -> StreamingResponse:
    """Return a response that sends events as they come; proxies are asked to keep none back."""
    headers = {"cache-control": "no-cache", "x-accel-buffering": "no"}
    return StreamingResponse(events, media_type=_KIND, headers=headers)
