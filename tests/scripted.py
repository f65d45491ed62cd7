"""A scripted chat server over real HTTP, in the form of OpenAI's API."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from rag.generation.choice import ChatChoice, Patience
from rag.generation.listening import Listener
from rag.generation.models import open_model
from rag.generation.writer import Writer

QUICK = Patience(connect=0.5, first=1.0, whole=2.0)
GAS = "今年改造燃气管网623公里、供热管网150公里、供水管网30公里[1]。"

Script = Callable[["Handler", dict[str, Any]], None]


@dataclass
class Served:
    """What the server does with the next requests, and what it was sent."""

    script: Script
    requests: list[dict[str, Any]] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)
    address: str = ""


class Handler(BaseHTTPRequestHandler):
    """One request; the script of the server decides what becomes of it."""

    served: Served

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.served.requests.append(asked)
        try:
            self.served.script(self, asked)
        except (BrokenPipeError, ConnectionResetError):
            return  # the client gave up, as it should

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def status(self, code: int, body: bytes = b"{}", **headers: str) -> None:
        self.send_response(code)
        for name, told in headers.items():
            self.send_header(name.replace("_", "-"), told)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def say(
        self, pieces: list[str], streaming: bool, end: bool = True, reason: str = "stop"
    ) -> None:
        """Reply with a text, whole or in pieces; without `end` the stream just breaks off."""
        if not streaming:
            message = {"role": "assistant", "content": "".join(pieces)}
            choice = {"index": 0, "message": message, "finish_reason": reason}
            usage = {"prompt_tokens": 7, "completion_tokens": 5, "total_tokens": 12}
            whole = {"id": "1", "object": "chat.completion", "created": 0, "model": "m",
                     "choices": [choice], "usage": usage}  # fmt: skip
            self.status(200, json.dumps(whole).encode(), Content_Type="application/json")
            return
        self.begin_stream()
        for piece in pieces:
            self.send_piece({"content": piece})
        if end:
            self.send_piece({}, reason)
            self.wfile.write(b"data: [DONE]\n\n")

    def begin_stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()

    def send_piece(self, delta: dict[str, str], reason: str | None = None) -> None:
        choice = {"index": 0, "delta": delta, "finish_reason": reason}
        chunk = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "m",
                 "choices": [choice]}  # fmt: skip
        self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
        self.wfile.flush()


@contextmanager
def scripted() -> Iterator[Served]:
    """Give a server that says something sound, until it is given another script."""
    told = Served(lambda handler, asked: handler.say([GAS], asked.get("stream", False)))
    handler = type("Bound", (Handler,), {"served": told})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        told.address = f"http://127.0.0.1:{server.server_address[1]}/v1"
        yield told
        told.released.set()
        server.shutdown()


def writer(
    address: str, patience: Patience = QUICK, listener: Listener | None = None, **options: Any
) -> Writer:
    listener = listener or Listener(patience)
    opened = open_model(ChatChoice("openai:m", address, patience=listener.patience))
    return Writer(lambda: opened, "m", listener, **options)


def says(*pieces: str) -> Script:
    """A script that replies with a text."""
    return lambda handler, asked: handler.say(list(pieces), asked.get("stream", False))
