"""The trained reader: the bundled encoder with the reader's adapter and heads."""

from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from threading import Lock

from index.bundled.crossencoder import CrossEncoder, Reading
from index.bundled.folder import FOLDER
from index.folding import fold
from rag.reader import Mark, Read, Readable

_KNOWN = 500  # windows read lately, some 20 kB each: a question asked again costs nothing


class TrainedReader:
    """Reads windows with the cross-encoder; safe to share between threads.

    Raises ModelError when its weights are missing or damaged.
    """

    name = f"{FOLDER} reader"

    def __init__(self, models: Path) -> None:
        self._encoder = CrossEncoder(models)
        self._known: OrderedDict[tuple[str, Readable], Read] = OrderedDict()
        self._lock = Lock()

    def read(self, question: str, windows: Sequence[Readable]) -> list[Read]:
        """Return what stands in each window, in their order; what was read lately is known."""
        asked = fold(question)
        with self._lock:
            known = {w: self._known[asked, w] for w in windows if (asked, w) in self._known}
        if fresh := [window for window in windows if window not in known]:
            told = self._encoder.read(asked, [(w.heading, w.texts) for w in fresh])
            known |= {w: _read(w, reading) for w, reading in zip(fresh, told, strict=True)}
            self._keep(asked, known)
        return [known[window] for window in windows]

    def _keep(self, asked: str, known: dict[Readable, Read]) -> None:
        with self._lock:
            self._known.update({(asked, window): read for window, read in known.items()})
            while len(self._known) > _KNOWN:
                self._known.popitem(last=False)


def _read(window: Readable, reading: Reading) -> Read:
    none, span, yes, no = map(float, reading.verdict)
    marks = tuple(
        Mark(window.span(token.start, token.end), float(inside), float(begins))
        for token, inside, begins in zip(
            reading.tokens, reading.inside, reading.begins, strict=True
        )
    )
    decided = yes + no
    return Read(window, 1 - none, decided / (decided + span), yes / decided, marks)
