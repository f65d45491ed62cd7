"""Where what people share is kept: in the home, or in a real database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clusters import Cluster
from ui.ledger import Ledger, ledger, visitors
from ui.ledger.database import NAME, Database


@pytest.fixture
def place() -> str:
    """Where the homes of a test keep what people share; a module may have both."""
    return "file"


@pytest.fixture
def url(place: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of the database that what people share is in, "" for the home's own file."""
    if place == "file":
        yield ""
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    url = cluster.database()
    yield url
    visitors(url).close()


@pytest.fixture
def kept(home: Path, url: str) -> Iterator[Ledger]:
    """What people share, empty."""
    made = ledger(Database(home / NAME), url)
    yield made
    made.close()
