"""When a model's words came, and how many tokens they were."""

from time import perf_counter

from rag.generation.calling import Piece


class Timing:
    """When words came, and how many tokens they were."""

    def __init__(self) -> None:
        self._start = perf_counter()
        self._laps: dict[str, float] = {}
        self.tokens: dict[str, int] = {}

    def hear(self, piece: Piece) -> None:
        """Take note of a piece."""
        if piece.text:
            self.mark("first_token")
        self.tokens.update(piece.tokens)

    def mark(self, name: str) -> None:
        """Note the time of something that happens for the first time."""
        self._laps.setdefault(name, round((perf_counter() - self._start) * 1000, 2))

    def laps(self) -> dict[str, float]:
        """Return the milliseconds to each mark, and to now as `write`."""
        return {**self._laps, "write": round((perf_counter() - self._start) * 1000, 2)}
