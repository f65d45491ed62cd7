"""On what terms the service is offered: under which path and names, to whom, how often."""

from collections.abc import Sequence
from dataclasses import dataclass

from ui.addresses import Networks


@dataclass(frozen=True, slots=True)
class Terms:
    """What an operator decides.

    `metrics_from` may read /metrics, `hosts` are names of this service that /mcp knows besides
    this machine's, `proxies` are believed about whom they forward for. With `needs_key`, programs
    without a key are turned away. An address may ask `per_minute` questions, 0 is any number.
    """

    root_path: str = ""
    metrics_from: Networks = ()
    hosts: Sequence[str] = ()
    proxies: Networks = ()
    needs_key: bool = False
    per_minute: int = 0

    @property
    def prefix(self) -> str:
        """Return the path that all pages are under, "" at the root of a host."""
        inner = self.root_path.strip("/")
        return f"/{inner}" if inner else ""
