"""An application served by a real uvicorn on a free port."""

from collections.abc import Iterator
from contextlib import contextmanager
from socket import create_server
from threading import Thread
from typing import Any

import uvicorn

from ui.web.wire import Wire


@contextmanager
def serving(app: Any) -> Iterator[str]:
    """Yield the address of an application, with a slash at its end, until it is done with."""
    # Bound and listening before the server runs: who connects early waits, and nobody polls.
    with create_server(("127.0.0.1", 0)) as socket:
        server = uvicorn.Server(uvicorn.Config(app, http=Wire, log_level="warning"))
        thread = Thread(target=server.run, kwargs={"sockets": [socket]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{socket.getsockname()[1]}/"
        finally:
            server.should_exit = True
            thread.join()
