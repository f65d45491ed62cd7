"""Who is asked: the assistant of this process, a running server, or in the bench a rival."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

import httpx

from corpus.documents import Document
from corpus.errors import InputError, JinwenError
from index.build import build
from index.embedders import Embedder
from index.search import Searcher
from index.store import Store
from rag.answers import Turn
from rag.assistant import Assistant, refused_input
from rag.drafts import Writing
from rag.hints import Hinting
from rag.reader import Reader

Json = dict[str, Any]
_TIMEOUT_SECONDS = 90.0  # a service waits 60 s for a language model unless it is told to


class Asker(Protocol):
    """Answers questions and searches, both as the JSON of the public contract."""

    def ask(self, question: str, history: Sequence[Turn]) -> Json:
        """Return the Answer."""

    def search(self, query: str, k: int) -> list[Json] | None:
        """Return at most k hits, or None for one who does not search."""

    def about(self) -> Json:
        """Return what is asked: the index version and the models."""


@dataclass(frozen=True, slots=True)
class Local:
    """The assistant that users get, in this process."""

    searcher: Searcher
    assistant: Assistant
    writer: Writing | None = None
    hints: Hinting | None = None

    def ask(self, question: str, history: Sequence[Turn]) -> Json:
        """Return the Answer; a question that cannot be worked on is refused."""
        try:
            return self.assistant.ask(question, history).to_json()
        except InputError as error:
            return refused_input(question, str(error)).to_json()

    def search(self, query: str, k: int) -> list[Json]:
        """Return at most k hits."""
        return [hit.to_json() for hit in self.searcher.search(query, k)]

    def about(self) -> Json:
        """Return the index version and the embedding model."""
        contents = self.searcher.contents
        model = {"model": self.writer.name} if self.writer else {}
        hinted = {"hints": self.hints.name} if self.hints else {}
        return {
            "index_version": contents.version,
            "embedder": contents.manifest.embedder,
            **model,
            **hinted,
        }


class Remote:
    """A running server, over its API."""

    def __init__(self, url: str, generate: bool = False) -> None:
        self._url, self._generate = url.rstrip("/"), generate
        self._client = httpx.Client(timeout=_TIMEOUT_SECONDS, trust_env=False)

    def ask(self, question: str, history: Sequence[Turn]) -> Json:
        """Return the Answer; a question the server calls unworkable is refused."""
        turns = [(turn.question, turn.answer) for turn in history]
        told = {"question": question, "history": turns, "generate": self._generate}
        reply = self._post("/api/ask", told)
        if reply.status_code == httpx.codes.UNPROCESSABLE_ENTITY:
            return refused_input(question, reply.json()["error"]).to_json()
        answer: Json = reply.raise_for_status().json()
        return answer

    def search(self, query: str, k: int) -> list[Json]:
        """Return at most k hits."""
        reply = self._post("/api/search", {"query": query, "k": k}).raise_for_status()
        hits: list[Json] = reply.json()["hits"]
        return hits

    def about(self) -> Json:
        """Return the index version the server tells; raises JinwenError when it is not there."""
        try:
            told: Json = self._client.get(f"{self._url}/api/health").raise_for_status().json()
        except (httpx.HTTPError, ValueError) as error:
            raise JinwenError(f"连不上“{self._url}”（{error}），请先运行 jinwen serve") from error
        return {"url": self._url, "index_version": told["index_version"]}

    def _post(self, path: str, content: Json) -> httpx.Response:
        """Send a request, as often as the server says that it comes too soon."""
        while True:
            reply = self._client.post(f"{self._url}{path}", json=content)
            if reply.status_code != httpx.codes.TOO_MANY_REQUESTS:
                return reply
            time.sleep(int(reply.headers["retry-after"]))


@contextmanager
def local(
    documents: Sequence[Document], embedder: Embedder, reader: Reader,
    writer: Writing | None = None, hints: Hinting | None = None,
) -> Iterator[Local]:  # fmt: skip
    """Give the assistant of documents indexed in a throw-away home."""
    with TemporaryDirectory() as home:
        searcher = searcher_of(documents, embedder, Path(home))
        assistant = Assistant(lambda: searcher, reader, None, writer, hints)
        yield Local(searcher, assistant, writer, hints)


def searcher_of(documents: Sequence[Document], embedder: Embedder, home: Path) -> Searcher:
    """Return a searcher of documents indexed under `home`."""
    store = Store(home)
    return Searcher(store.open(build(store, list(documents), embedder)), embedder)
