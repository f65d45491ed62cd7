"""What is no HTTP is told so in Chinese; uvicorn's own line is English."""

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

_SAID = "这不是合格的 HTTP 请求，请检查请求行和请求头后重试".encode()
_HEADERS = [
    ("content-type", "text/plain; charset=utf-8"),
    ("content-length", f"{len(_SAID)}"),
    ("connection", "close"),
]


class Wire(H11Protocol):
    """uvicorn's protocol of a connection, with our line for what it cannot read."""

    def send_400_response(self, msg: str) -> None:
        """Refuse the connection; `msg` is for who reads English."""
        for event in (
            h11.Response(status_code=400, headers=_HEADERS, reason=b"Bad Request"),
            h11.Data(data=_SAID),
            h11.EndOfMessage(),
        ):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()
