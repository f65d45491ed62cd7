"""`/metrics`, for the addresses that may read it and for nobody else."""

from collections.abc import Callable
from ipaddress import IPv6Address, ip_address

from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4

from ui.addresses import Networks
from ui.web.guard import App, Receive, Scope, Send

_PATH = "/metrics"
# Through a proxy on this machine everybody comes from 127.0.0.1.
_PROXIED = {b"forwarded", b"via", b"x-forwarded-for", b"x-real-ip"}


class Scrape:
    """ASGI middleware that answers /metrics; to others it passes on, where there is no such page.

    `allowed` are the addresses of the connection itself; what came through a proxy is none.
    """

    def __init__(self, app: App, told: Callable[[], bytes], allowed: Networks) -> None:
        self._app, self._told, self._allowed = app, told, allowed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the figures, or pass on."""
        if scope["type"] != "http" or scope["path"] != _PATH or not self._may(scope):
            await self._app(scope, receive, send)
            return
        headers = [(b"content-type", CONTENT_TYPE_PLAIN_0_0_4.encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": self._told()})

    def _may(self, scope: Scope) -> bool:
        if scope.get("client") is None or _PROXIED & {name for name, _ in scope["headers"]}:
            return False
        try:
            address = ip_address(scope["client"][0])
        except ValueError:  # a socket of this machine has no address
            return False
        if isinstance(address, IPv6Address) and address.ipv4_mapped:
            address = address.ipv4_mapped
        return any(address in network for network in self._allowed)
