import pytest

from ui.addresses import counted, visitor_of


@pytest.mark.parametrize(
    ("address", "expected"),
    [("203.0.113.9", "203.0.113.9"), ("::ffff:203.0.113.9", "203.0.113.9"),
     ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"), ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
     ("2001:db8:1:3::9", "2001:db8:1:3::/64"), ("fe80::1%eth0", "fe80::/64"),
     ("testclient", "testclient"), ("x" * 1000, "x" * 64)],
)  # fmt: skip
def test_an_address_is_counted_as_one_visitor(address: str, expected: str) -> None:
    assert counted(address) == expected


def test_a_connection_without_an_address_is_nobody_in_particular() -> None:
    assert visitor_of({"client": None}) == visitor_of({}) == ""
    assert visitor_of({"client": ("::1", 5)}) == "::/64"
