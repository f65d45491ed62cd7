"""What is no HTTP is told so in Chinese; uvicorn's own line is English."""

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

_SAID = "这不是合格的 HTTP 请求，请检查请求行和请求头后重试".encode()
_REPLY = (
    b"HTTP/1.1 400 Bad Request\r\ncontent-type: text/plain; charset=utf-8\r\n"
    b"content-length: %d\r\nconnection: close\r\n\r\n%b" % (len(_SAID), _SAID)
)
_NOTHING_SENT = (h11.IDLE, h11.SEND_RESPONSE)


class Wire(H11Protocol):
    """uvicorn's protocol of a connection, with our line for what it cannot read."""

    def send_400_response(self, msg: str) -> None:
        """Refuse the connection, unless a reply has begun; `msg` is for who reads English."""
        if self.conn.our_state in _NOTHING_SENT:
            self.transport.write(_REPLY)
        self.transport.close()
