"""The writer of a choice: its model opened on first use, its local server started and stopped."""

from dataclasses import replace
from threading import Lock

from langchain_core.language_models import BaseChatModel

from rag.generation.choice import ChatChoice
from rag.generation.llama import LocalServer
from rag.generation.models import open_model
from rag.generation.writer import Writer


class Opening:
    """Gives the chat model of a choice; one that is served here is opened at its address of now."""

    def __init__(self, choice: ChatChoice, threads: int = 2) -> None:
        self._choice, self._lock = choice, Lock()
        self.server = LocalServer(choice.local, threads) if choice.local else None
        self._opened: tuple[str, BaseChatModel] | None = None

    def writer(self) -> Writer:
        """Return a writer that uses the model; nothing is opened before it writes."""
        return Writer(self.model, self._choice.name, self._choice.patience)

    def model(self) -> BaseChatModel:
        """Return the model; raises ModelError when it cannot be had, or not yet."""
        address = self.server.address() if self.server else self._choice.base_url
        name = "openai:local" if self.server else self._choice.model
        with self._lock:
            if self._opened is None or self._opened[0] != address:
                told = replace(self._choice, model=name, base_url=address)
                self._opened = address, open_model(told)
            return self._opened[1]
