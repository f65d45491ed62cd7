"""The writer of a choice: its model opened on first use, its local server started and stopped."""

from dataclasses import replace
from threading import Lock

from langchain_core.language_models import BaseChatModel

from rag.generation.choice import ChatChoice
from rag.generation.hinter import Hinter
from rag.generation.listening import Listener
from rag.generation.llama import SLOTS, LocalServer
from rag.generation.models import open_model
from rag.generation.writer import SEATS, Writer


class Opening:
    """Gives the chat model of a choice; one that is served here is opened at its address of now.

    `writer` and, if hints are wanted, `hinter` use the model; nothing is opened before they do.
    """

    def __init__(self, choice: ChatChoice, threads: int = 2) -> None:
        self._choice, self._lock = choice, Lock()
        self._server = LocalServer(choice.local, threads) if choice.local else None
        self._opened: tuple[str, BaseChatModel] | None = None
        seats = SLOTS if self._server else SEATS
        # Two, for hints have less time: a model too slow for them may still write.
        self._listeners = Listener(choice.patience), Listener(choice.patience)
        writing, hinting = self._listeners
        self.writer = Writer(self.model, choice.name, writing, seats=seats)
        self.hinter = (
            Hinter(self.model, choice.name, hinting, choice.hints) if choice.hints else None
        )

    def start(self, wait_seconds: float = 0.0) -> None:
        """Make ready what can be, and wait for a model served here; raises ModelError."""
        if self._server is None:
            self.model()
        elif wait_seconds:
            self._server.wait(wait_seconds)
        else:
            self._server.start()

    def close(self) -> None:
        """Keep nobody waiting, and stop what is served here."""
        for listener in self._listeners:
            listener.close()
        if self._server:
            self._server.stop()

    @property
    def faults(self) -> int:
        """Return how many calls have failed since the start."""
        return sum(listener.faults for listener in self._listeners)

    def model(self) -> BaseChatModel:
        """Return the model; raises ModelError when it cannot be had, NotYetError not yet."""
        address = self._server.address() if self._server else self._choice.base_url
        name = "openai:local" if self._server else self._choice.model
        with self._lock:
            if self._opened is None or self._opened[0] != address:
                told = replace(self._choice, model=name, base_url=address)
                self._opened = address, open_model(told)
            return self._opened[1]
