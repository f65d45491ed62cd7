"""Does what was read answer the question? The reader's probability against a threshold."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rag.slots import DETAILS, Kind

CALIBRATION = "answerability.toml"


@dataclass(frozen=True, slots=True)
class Calibration:
    """The least probability that is answered, by what is asked for, and the least for a yes.

    A detail (figure, date, name, list) that is asked for and not there is the usual near miss, a
    policy hardly ever is. Fitted on whole reports that nothing was trained on (`jinwen eval fit`).
    """

    detail: float
    polar: float
    open: float
    yes: float

    def threshold(self, kind: Kind) -> float:
        """Return the least probability that is answered for a question of a kind."""
        if kind in DETAILS:
            return self.detail
        return self.polar if kind == "polar" else self.open


@cache
def calibration() -> Calibration:
    """Return the calibration in use, as `jinwen eval fit` wrote it."""
    text = files("rag").joinpath(CALIBRATION).read_text(encoding="utf-8")
    return Calibration(**tomllib.loads(text))
