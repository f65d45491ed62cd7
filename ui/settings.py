"""What the environment and a `.env` file may set, all under JINWEN_; read here and nowhere else."""

from ipaddress import ip_network
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from corpus.errors import InputError
from index.embedders import BUNDLED, EmbedderChoice
from rag.assembly import Config
from rag.generation.choice import ChatChoice, Patience
from rag.hints import HintKind
from ui.addresses import Networks
from ui.terms import Terms

CHECKOUT = Path(__file__).parents[1]
_LOCAL = ip_network("127.0.0.1"), ip_network("::1")


class Settings(BaseSettings):
    """Defaults suit a checkout on a small machine."""

    model_config = SettingsConfigDict(
        env_prefix="JINWEN_", env_file=CHECKOUT / ".env", env_ignore_empty=True, extra="ignore"
    )

    home: Path = CHECKOUT / "var"
    models: Path = CHECKOUT / "var" / "models"
    index_url: str = ""
    embedding_model: str = BUNDLED
    query_prompt: str | None = None
    passage_prompt: str | None = None
    threads: int = Field(default=2, ge=1, le=256)
    host: str = "127.0.0.1"
    port: int = Field(default=7860, ge=1, le=65535)
    root_path: str = ""
    access_log: str = ""
    metrics_from: Annotated[Networks, NoDecode] = _LOCAL
    mcp_hosts: Annotated[tuple[str, ...], NoDecode] = ()
    proxies: Annotated[Networks, NoDecode] = ()
    needs_key: bool = False
    per_minute: int = Field(default=60, ge=0, le=100_000)
    chat_model: str = ""
    chat_base_url: str = ""
    chat_connect_seconds: float = Field(default=5.0, gt=0, le=600)
    chat_first_seconds: float = Field(default=20.0, gt=0, le=600)
    chat_seconds: float = Field(default=60.0, gt=0, le=600)
    chat_hints: Annotated[frozenset[HintKind], NoDecode] = frozenset()
    local_model: Path | None = None
    generation: bool = True

    def config(self, home: Path | None = None) -> Config:
        """Return what the assembly needs; a home given on the command line wins."""
        choice = EmbedderChoice(
            self.embedding_model, self.models, self.query_prompt, self.passage_prompt, self.threads
        )
        return Config(home or self.home, choice, self.chat(), self.index_url)

    def terms(self) -> Terms:
        """Return on what terms the service is offered."""
        return Terms(
            self.root_path, self.metrics_from, self.mcp_hosts, self.proxies, self.needs_key,
            self.per_minute,
        )  # fmt: skip

    def access_file(self, home: Path | None = None) -> Path | None:
        """Return where the access log is, in the home unless said otherwise; None for no file."""
        if self.access_log in ("", "-"):
            return None
        return (home or self.home) / self.access_log

    def chat(self) -> ChatChoice | None:
        """Return which language model words answers; None when none is set or none may."""
        if not self.generation or not (self.chat_model or self.local_model):
            return None
        if self.chat_model and self.local_model:
            raise InputError("JINWEN_CHAT_MODEL 和 JINWEN_LOCAL_MODEL 只能设一个，请去掉其中之一")
        if self.chat_model and ":" not in self.chat_model:
            raise InputError(
                "JINWEN_CHAT_MODEL 应写成 服务商:模型，例如 openai:qwen-plus，"
                f"现在是“{self.chat_model}”，请改正后重试"
            )
        patience = Patience(self.chat_connect_seconds, self.chat_first_seconds, self.chat_seconds)
        return ChatChoice(
            self.chat_model, self.chat_base_url, self.local_model, patience, self.chat_hints
        )

    @field_validator("chat_hints", "metrics_from", "mcp_hosts", "proxies", mode="before")
    @classmethod
    def _listed(cls, told: object) -> object:
        """Read kinds of hints, addresses or hosts as words between commas."""
        return told.replace(",", " ").split() if isinstance(told, str) else told


def load_settings() -> Settings:
    """Return the settings; raises InputError naming the variable that is not right."""
    try:
        return Settings()
    except ValidationError as error:
        names = "、".join(f"JINWEN_{item['loc'][0]}".upper() for item in error.errors())
        raise InputError(f"环境变量或 .env 里的 {names} 取值不对，请改正后重试") from error
    except UnicodeDecodeError as error:
        raise InputError("“.env”不是 UTF-8 编码，请另存为 UTF-8 后重试") from error
