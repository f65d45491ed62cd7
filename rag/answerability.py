"""Does what was read answer the question? The reader's probability against a threshold."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

CALIBRATION = "answerability.toml"


@dataclass(frozen=True, slots=True)
class Calibration:
    """The least probability that is answered, and the least for a yes.

    Fitted on whole reports that nothing was trained on (`jinwen eval fit`). Thresholds of their own
    for kinds of questions did not carry over: one for yes/no questions, fitted on 100 of them,
    refused 30 % of those of another report.
    """

    threshold: float
    yes: float


@cache
def calibration() -> Calibration:
    """Return the calibration in use, as `jinwen eval fit` wrote it."""
    text = files("rag").joinpath(CALIBRATION).read_text(encoding="utf-8")
    return Calibration(**tomllib.loads(text))
