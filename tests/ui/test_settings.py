from pathlib import Path

import pytest

from corpus.errors import InputError
from rag.generation.choice import ChatChoice, Patience
from ui.settings import Settings, load_settings


def test_without_a_model_answers_are_extracted() -> None:
    assert Settings().chat() is None


def test_a_model_is_read_with_its_address_and_times(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JINWEN_CHAT_MODEL", "openai:qwen-plus")
    monkeypatch.setenv("JINWEN_CHAT_BASE_URL", "http://h/v1")
    monkeypatch.setenv("JINWEN_CHAT_SECONDS", "9")
    expected = ChatChoice("openai:qwen-plus", "http://h/v1", None, Patience(5.0, 20.0, 9.0))
    assert Settings().chat() == expected
    assert expected.name == "openai:qwen-plus"


def test_a_file_is_a_model_named_after_it() -> None:
    choice = Settings(local_model=Path("/m/qwen.gguf")).chat()
    assert choice is not None
    assert choice.name == "qwen"


def test_hints_are_listed_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JINWEN_CHAT_MODEL", "openai:m")
    assert Settings().chat() == ChatChoice("openai:m")
    monkeypatch.setenv("JINWEN_CHAT_HINTS", "reword, expand")
    assert Settings().chat() == ChatChoice("openai:m", hints=frozenset({"reword", "expand"}))
    monkeypatch.setenv("JINWEN_CHAT_HINTS", "guess")
    with pytest.raises(InputError, match="JINWEN_CHAT_HINTS"):
        load_settings()


def test_the_operators_switch_wins() -> None:
    assert Settings(chat_model="openai:m", generation=False).chat() is None


@pytest.mark.parametrize(
    ("settings", "named"),
    [({"chat_model": "qwen"}, "openai:qwen-plus"),
     ({"chat_model": "openai:m", "local_model": Path("m.gguf")}, "JINWEN_LOCAL_MODEL")],
)  # fmt: skip
def test_what_cannot_be_meant_is_told_with_a_way_out(
    settings: dict[str, object], named: str
) -> None:
    with pytest.raises(InputError, match=named):
        Settings(**settings).chat()  # type: ignore[arg-type]


def test_the_access_log_is_in_the_home_unless_said_otherwise() -> None:
    assert Settings().access_file() is None
    assert Settings(access_log="-").access_file() is None
    assert Settings(access_log="a.jsonl").access_file(Path("/h")) == Path("/h/a.jsonl")
    assert Settings(access_log="/var/log/a.jsonl").access_file(Path("/h")) == Path(
        "/var/log/a.jsonl"
    )


def test_addresses_that_are_none_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [str(network) for network in Settings().metrics_from] == ["127.0.0.1/32", "::1/128"]
    monkeypatch.setenv("JINWEN_METRICS_FROM", "prometheus")
    with pytest.raises(InputError, match="JINWEN_METRICS_FROM"):
        load_settings()


def test_hosts_of_a_proxy_are_listed_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings().mcp_hosts == ()
    monkeypatch.setenv("JINWEN_MCP_HOSTS", "wen.example, 10.0.0.5")
    assert Settings().mcp_hosts == ("wen.example", "10.0.0.5")


def test_only_named_addresses_and_networks_are_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings().terms().proxies == ()
    monkeypatch.setenv("JINWEN_PROXIES", "127.0.0.1, 10.0.0.0/8 ::1")
    assert [str(n) for n in Settings().terms().proxies] == ["127.0.0.1/32", "10.0.0.0/8", "::1/128"]
    monkeypatch.setenv("JINWEN_PROXIES", "*")
    with pytest.raises(InputError, match="JINWEN_PROXIES"):
        load_settings()
