"""Opening a chat model of any provider that LangChain knows; packages are loaded only here."""

import os
from typing import Any

from langchain_core.language_models import BaseChatModel

from corpus.errors import ModelError
from rag.generation.choice import ChatChoice, Patience

MAX_TOKENS = 600  # of an answer; the longest good one on our questions needs half
_INSTALL = {name: f"pip install -e '.[{name}]'" for name in ("openai", "deepseek", "ollama")}
_OTHERS = "pip install 加它的 LangChain 包（例如 langchain-groq）"
_KEYLESS = "none"  # servers on one's own machine want a key and look at none


def open_model(choice: ChatChoice) -> BaseChatModel:
    """Return the chat model of a choice; raises ModelError telling what is missing.

    Keys come from the provider's own environment variables. Retries are ours: a client that
    retries by itself overruns the time a person waits.
    """
    from langchain.chat_models import init_chat_model

    provider = choice.model.partition(":")[0]
    try:
        model: BaseChatModel = init_chat_model(choice.model, **_options(provider, choice))
    except ImportError as error:
        raise ModelError(
            f"没有安装“{provider}”的支持，请运行 {_INSTALL.get(provider, _OTHERS)} 后重试"
        ) from error
    except Exception as error:  # every provider has its own errors
        raise ModelError(
            f"无法使用模型“{choice.model}”（{_first_line(error)}），请检查 JINWEN_CHAT_MODEL 和密钥"
        ) from error
    return model


def _options(provider: str, choice: ChatChoice) -> dict[str, Any]:
    patience = choice.patience
    if provider == "ollama":
        address = {"base_url": choice.base_url} if choice.base_url else {}
        limits = {"timeout": _seconds(patience)}
        return {"temperature": 0, "num_predict": MAX_TOKENS, "client_kwargs": limits, **address}
    given: dict[str, Any] = {
        "temperature": 0, "max_tokens": MAX_TOKENS, "max_retries": 0, "timeout": _seconds(patience),
    }  # fmt: skip
    if provider == "openai":
        given["stream_usage"] = True
        if choice.base_url and not os.environ.get("OPENAI_API_KEY"):
            given["api_key"] = _KEYLESS
    if choice.base_url:
        given["api_base" if provider == "deepseek" else "base_url"] = choice.base_url
    return given


def _seconds(patience: Patience) -> Any:
    import httpx

    return httpx.Timeout(patience.whole, connect=patience.connect)


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)[:200]
