from pathlib import Path

import pytest

from corpus.errors import ModelError
from rag.generation import llama
from rag.generation.choice import ChatChoice, Patience
from rag.generation.llama import LocalServer
from rag.generation.models import open_model
from rag.generation.opening import Opening

BASE = "http://127.0.0.1:1/v1"


def test_a_server_of_ones_own_needs_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    model = open_model(ChatChoice("openai:qwen", BASE, patience=Patience(1, 2, 3)))
    told = model.model_dump()
    assert (told["model_name"], told["openai_api_base"], told["max_retries"]) == ("qwen", BASE, 0)
    assert (told["request_timeout"].connect, told["request_timeout"].read) == (1, 3)


def test_without_a_key_the_provider_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(ModelError, match=r"openai:gpt.*JINWEN_CHAT_MODEL"):
        open_model(ChatChoice("openai:gpt"))


@pytest.mark.parametrize(
    ("model", "address"), [("deepseek:chat", "api_base"), ("ollama:qwen", "base_url")]
)
def test_other_providers_get_their_address(
    model: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEEPSEEK_API_KEY", "k")
    assert getattr(open_model(ChatChoice(model, BASE)), address) == BASE


@pytest.mark.parametrize(("model", "way"), [("nobody:x", "检查"), ("groq:x", "langchain-groq")])
def test_a_provider_that_is_not_there_is_an_error_with_a_way_out(model: str, way: str) -> None:
    with pytest.raises(ModelError, match=way):
        open_model(ChatChoice(model))


def test_a_model_is_opened_once() -> None:
    opening = Opening(ChatChoice("openai:m", BASE))
    assert opening.model() is opening.model()
    assert opening.writer.name == "openai:m"


def test_a_local_file_needs_its_extra_and_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(llama, "find_spec", lambda name: None)
    with pytest.raises(ModelError, match=r"\[local\]"):
        LocalServer(tmp_path / "m.gguf", 1).start()
    monkeypatch.setattr(llama, "find_spec", lambda name: object())
    with pytest.raises(ModelError, match=r"m\.gguf"):
        LocalServer(tmp_path / "m.gguf", 1).start()


def test_a_model_that_cannot_be_loaded_is_not_waited_for_for_ever(tmp_path: Path) -> None:
    broken = tmp_path / "m.gguf"
    broken.write_bytes(b"no model")
    pytest.importorskip("xllamacpp", reason="needs the extra [local]")
    server = LocalServer(broken, 1)
    try:
        with pytest.raises(ModelError, match="无法载入"):
            server.wait(20)
        broken.unlink()
        broken.write_bytes(b"still none")
        with pytest.raises(ModelError, match="无法载入"):  # and not loaded again at every question
            server.address()
    finally:
        server.stop()
