"""Who is counted when a proxy stands before the service, and whom nobody believes."""

from ipaddress import ip_network

import pytest
from starlette.testclient import TestClient

from tests.ui.desk.conftest import NAMES, Visitor, around, said
from ui.desk.desk import Desk
from ui.desk.entry import LOCKED, WRONG
from ui.desk.roles import Role
from ui.desk.tries import MOST_AT_ONE
from ui.web.guard import Guard
from ui.web.proxied import seen

ADMIN = NAMES[Role.ADMIN]
PROXIES = (ip_network("127.0.0.1"), ip_network("10.1.0.0/16"))
STRANGER, OWNER = "203.0.113.9", "203.0.113.10"


class Proxied:
    """The desk, reached from an address with headers of its choice."""

    def __init__(self, desk: Desk) -> None:
        self._app = seen(Guard(around(desk)), PROXIES)

    def visitor(self, peer: str = "127.0.0.1", **headers: str) -> Visitor:
        named = {f"x-forwarded-{name}": value for name, value in headers.items()}
        return Visitor(TestClient(self._app, client=(peer, 5000), headers=named))


@pytest.fixture
def proxied(desk: Desk) -> Proxied:
    return Proxied(desk)


def locked(visitor: Visitor) -> bool:
    """Guess until the name is locked for somebody."""
    told = [said(visitor.enter(ADMIN, "wrong-password")) for _ in range(MOST_AT_ONE + 1)]
    assert told[:MOST_AT_ONE] == [WRONG] * MOST_AT_ONE
    return told[-1] == LOCKED


def test_behind_a_named_proxy_each_visitor_counts_alone(proxied: Proxied) -> None:
    assert locked(proxied.visitor(**{"for": STRANGER}))
    assert proxied.visitor(**{"for": OWNER}).enter(ADMIN).status_code == 303
    # The same stranger, through two named proxies, with what they made up at the left.
    chain = f"{OWNER}, {STRANGER}, 10.1.2.3"
    assert said(proxied.visitor(**{"for": chain}).enter(ADMIN)) == LOCKED
    # From another address of the same household.
    assert locked(proxied.visitor(**{"for": "2001:db8::1"}))
    assert said(proxied.visitor(**{"for": "2001:db8::2"}).enter(ADMIN)) == LOCKED


def test_what_anybody_else_says_of_an_address_changes_nothing(proxied: Proxied) -> None:
    for n in range(MOST_AT_ONE):
        spoofed = proxied.visitor(STRANGER, **{"for": f"198.51.100.{n}"})
        assert said(spoofed.enter(ADMIN, "wrong-password")) == WRONG
    assert said(proxied.visitor(STRANGER, **{"for": OWNER}).enter(ADMIN)) == LOCKED
    assert proxied.visitor(OWNER).enter(ADMIN).status_code == 303


@pytest.mark.parametrize(
    ("peer", "scheme", "secure"),
    [("127.0.0.1", "https", True), ("127.0.0.1", "http", False), (STRANGER, "https", False)],
)
def test_only_a_named_proxy_tells_of_https(
    proxied: Proxied, peer: str, scheme: str, secure: bool
) -> None:
    page = proxied.visitor(peer, proto=scheme).get("/login")
    assert ("Secure" in page.headers["set-cookie"]) == secure


def test_a_proxy_nearby_that_nobody_named_is_told_of_once(
    proxied: Proxied, capsys: pytest.CaptureFixture[str]
) -> None:
    for peer in ("127.0.0.1", "10.1.2.3", "8.8.8.8", "testclient"):
        proxied.visitor(peer, **{"for": OWNER}).get("/login")
    proxied.visitor("10.2.0.1").get("/login")
    assert capsys.readouterr().err == ""
    for peer in ("10.2.0.1", "192.168.0.1"):
        proxied.visitor(peer, **{"for": OWNER}).get("/login")
    assert capsys.readouterr().err.count("来自 10.2.0.1 的请求带着 X-Forwarded-For") == 1
