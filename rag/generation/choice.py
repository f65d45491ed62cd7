"""Which language model writes, and how long it may take."""

from dataclasses import dataclass
from pathlib import Path

from rag.hints import HintKind


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds to wait for a connection, for the first words, and for the whole.

    A model on two cores takes 4 to 12 s to its first word; a service that is up connects in less
    than one.
    """

    connect: float = 5.0
    first: float = 20.0
    whole: float = 60.0


@dataclass(frozen=True, slots=True)
class ChatChoice:
    """A chat model as LangChain names it (`provider:model`), or a GGUF file that is served here.

    `hints` are the kinds it is asked for before an answer is looked for; see `generation.hinter`.
    """

    model: str = ""
    base_url: str = ""
    local: Path | None = None
    patience: Patience = Patience()
    hints: frozenset[HintKind] = frozenset()

    @property
    def name(self) -> str:
        """Return what people see: which model answers."""
        return self.local.stem if self.local else self.model
