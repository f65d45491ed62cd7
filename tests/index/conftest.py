"""A store filled with small files: what a version holds does not matter to it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.embedders import Embedder, EmbedderChoice, load_embedder
from index.manifest import Manifest, digest
from index.store import Store

Publish = Callable[[Store, str], str]


def manifest_of(files: dict[str, bytes]) -> Manifest:
    return Manifest(
        created="2024-01-23T00:00:00+00:00",
        embedder="toy",
        dimension=64,
        query_prompt="问：",
        passage_prompt="文：",
        passages=1,
        documents={},
        files={name: digest(data) for name, data in files.items()},
    )


@pytest.fixture(scope="session")
def plain(models: Path) -> Embedder:
    """The bundled encoder as it came, not trained on reports."""
    return load_embedder(EmbedderChoice("e5", models))


@pytest.fixture
def publish() -> Publish:
    """Publish a version of two files, `a.txt` with the text given and `b.bin`; return its name."""

    def publish(store: Store, text: str) -> str:
        files = {"a.txt": text.encode(), "b.bin": bytes(range(256))}
        with store.writing("index build"):
            return store.publish(manifest_of(files), files)

    return publish


@pytest.fixture(scope="session")
def milvus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that speaks Milvus's protocol."""
    grpc = pytest.importorskip("milvus_lite.adapter.grpc.server", reason="needs milvus-lite")
    server, database, port = grpc.start_server_in_thread(str(tmp_path_factory.mktemp("milvus")))
    yield f"milvus://127.0.0.1:{port}"
    server.stop(None)
    database.close()
