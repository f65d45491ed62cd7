"""Whose request it is when a proxy stands before the service."""

import sys
from ipaddress import ip_address

from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from ui.addresses import Networks
from ui.web.guard import App, Receive, Scope, Send

_FORWARDED = b"x-forwarded-for"


def seen(app: App, proxies: Networks) -> App:
    """Put in place of a named proxy's address and scheme what it tells of the visitor's.

    X-Forwarded-For is read from the right, named proxies are passed over; what anybody else sends
    changes nothing. Inside of what may only be read from the connection itself (`Scrape`), outside
    of the guard, which takes the headers away.
    """
    named = [str(network) for network in proxies]
    believing = ProxyHeadersMiddleware(app, named)  # type: ignore[arg-type]  # any ASGI application
    return Wondering(believing, proxies)  # type: ignore[arg-type]


class Wondering:
    """ASGI middleware: says once that there may be a proxy nearby that nobody has named.

    All that come through it are counted as one visitor, which is safe, and annoys them.
    """

    def __init__(self, app: App, proxies: Networks) -> None:
        self._app, self._proxies, self._said = app, proxies, False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on."""
        if not self._said and scope["type"] == "http" and self._is_unnamed(scope):
            self._said = True
            print(
                f"来自 {scope['client'][0]} 的请求带着 X-Forwarded-For，JINWEN_PROXIES 里没有它："
                "经它来的人都算同一个来访者；如果它是您的代理，请写进 JINWEN_PROXIES",
                file=sys.stderr, flush=True,
            )  # fmt: skip
        await self._app(scope, receive, send)

    def _is_unnamed(self, scope: Scope) -> bool:
        """Tell whether a request was forwarded by a neighbour; strangers say what they like."""
        if not scope.get("client") or not any(name == _FORWARDED for name, _ in scope["headers"]):
            return False
        try:
            address = ip_address(scope["client"][0])
        except ValueError:
            return False
        return address.is_private and not any(address in network for network in self._proxies)
