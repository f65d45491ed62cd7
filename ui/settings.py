"""What the environment and a `.env` file may set, all under JINWEN_; read here and nowhere else."""

from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict

from index.embedders import BUNDLED, EmbedderChoice
from rag.assembly import Config

CHECKOUT = Path(__file__).parents[1]


class Settings(BaseSettings):
    """Defaults suit a checkout on a small machine."""

    model_config = SettingsConfigDict(env_prefix="JINWEN_", env_file=".env", extra="ignore")

    home: Path = CHECKOUT / "var"
    models: Path = CHECKOUT / "var" / "models"
    embedding_model: str = BUNDLED
    query_prompt: str | None = None
    passage_prompt: str | None = None
    threads: int = 2
    host: str = "127.0.0.1"
    port: int = 7860
    root_path: str = ""

    def config(self, home: Path | None = None) -> Config:
        """Return what the assembly needs; a home given on the command line wins."""
        choice = EmbedderChoice(
            self.embedding_model, self.models, self.query_prompt, self.passage_prompt, self.threads
        )
        return Config(home or self.home, choice)
