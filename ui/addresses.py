"""Whose address a request comes from, and as what it is counted."""

from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any

Networks = tuple[IPv4Network | IPv6Network, ...]
_ONE_VISITOR = 64  # bits of an IPv6 address: what a provider gives a household, the least


def visitor_of(scope: Mapping[str, Any]) -> str:
    """Return as what the sender of a request is counted; "" where the connection has no address.

    In front of all that asks, `ui.web.server` has put the address that a named proxy tells of in
    the place of the proxy's own.
    """
    client = scope.get("client")
    return counted(client[0]) if client else ""


def counted(address: str) -> str:
    """Return an address as it is counted: of IPv6 its /64, an IPv4 address always as such."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address[:64]
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(IPv6Network((found, _ONE_VISITOR), strict=False))
