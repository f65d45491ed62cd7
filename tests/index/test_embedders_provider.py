"""Services LangChain knows; Ollama's protocol is spoken by a small server on this machine."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import numpy as np
import pytest

from corpus.errors import ModelError
from index.embedders import EmbedderChoice, load_embedder


class Ollama(ThreadingHTTPServer):
    """Embeds a text as its length and 1, and notes what it was sent."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[list[str]] = []


class _Handler(BaseHTTPRequestHandler):
    server: Ollama

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        texts = [request["input"]] if isinstance(request["input"], str) else request["input"]
        self.server.asked.append(texts)
        reply = {"model": request["model"], "embeddings": [[len(text), 1] for text in texts]}
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(reply).encode())

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def ollama(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ollama]:
    pytest.importorskip("langchain_ollama")
    with Ollama() as server:
        monkeypatch.setenv("OLLAMA_HOST", f"http://127.0.0.1:{server.server_port}")
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_a_service_embeds_with_the_prompts_given(ollama: Ollama) -> None:
    embedder = load_embedder(EmbedderChoice("ollama:bge-m3", Path("unused"), "问：", "文："))
    assert (embedder.name, embedder.dimension) == ("ollama:bge-m3", 2)
    ollama.asked.clear()
    question = embedder.embed_query("改造")
    passages = embedder.embed_passages(["燃气", "供热管网"])
    assert ollama.asked == [["问：改造"], ["文：燃气", "文：供热管网"]]
    np.testing.assert_allclose(question, np.array([4, 1]) / np.sqrt(17), atol=1e-6)
    np.testing.assert_allclose(passages[1], np.array([6, 1]) / np.sqrt(37), atol=1e-6)


def test_passages_are_sent_in_batches_and_kept_in_order(ollama: Ollama) -> None:
    embedder = load_embedder(EmbedderChoice("ollama:bge-m3"))
    ollama.asked.clear()
    told: list[int] = []
    rows = embedder.embed_passages(["文" * n for n in range(1, 131)], told.append)
    assert [len(texts) for texts in ollama.asked] == told == [64, 64, 2]
    np.testing.assert_allclose(rows[:, 0] / rows[:, 1], np.arange(1, 131), rtol=1e-4)


def test_no_passages_give_no_vectors(ollama: Ollama) -> None:
    assert load_embedder(EmbedderChoice("ollama:bge-m3")).embed_passages([]).shape == (0, 2)


def test_a_service_that_does_not_answer_is_an_error_of_ours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pytest.importorskip("langchain_ollama")
    monkeypatch.setenv("OLLAMA_HOST", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with pytest.raises(ModelError):
        load_embedder(EmbedderChoice("ollama:bge-m3"))


def test_a_service_without_its_key_is_an_error_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("langchain_openai")
    for variable in ("OPENAI_API_KEY", "OPENAI_ADMIN_KEY"):
        monkeypatch.delenv(variable, raising=False)
    with pytest.raises(ModelError):
        load_embedder(EmbedderChoice("openai:text-embedding-3-small"))


def test_a_provider_nobody_knows_is_an_error() -> None:
    with pytest.raises(ModelError) as caught:
        load_embedder(EmbedderChoice("nobody:model"))
    assert str(caught.value) == "LangChain 不认识“nobody:model”，请写成 服务商:模型名"


def test_a_provider_that_is_not_installed_is_an_error_that_says_what_to_install() -> None:
    with pytest.raises(ModelError, match="需要先安装：pip install langchain-cohere"):
        load_embedder(EmbedderChoice("cohere:embed-v4"))
