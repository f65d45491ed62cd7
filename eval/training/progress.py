"""How far a training is, and one line that says so."""

import math
import sys
from dataclasses import dataclass, field

from corpus.errors import ModelError


@dataclass(slots=True)
class Progress:
    """Steps done, seconds they took in all runs together, and the loss of each step."""

    step: int = 0
    seconds: float = 0.0
    losses: list[float] = field(default_factory=list)

    def add(self, losses: list[float]) -> None:
        """Keep the losses of the last steps; raises ModelError for one that is no number."""
        if not all(map(math.isfinite, losses)):
            raise ModelError(
                "训练的损失成了无效数字，请调低 eval/training/config.toml 里的 rate，"
                "删除检查点后重试"
            )
        self.losses += losses

    def line(self, name: str, steps: int) -> str:
        """Return where the training is."""
        recent = self.losses[-20:] or [math.nan]
        mean = sum(recent) / len(recent)
        return f"{name} 第 {self.step}/{steps} 步，损失 {mean:.3f}，已用 {self.seconds:.0f} 秒"


def tell(line: str) -> None:
    """Write a line where progress goes."""
    print(line, file=sys.stderr, flush=True)


def share(progress: Progress, steps: int, seconds: float | None) -> float:
    """Return how much of the training is over once the next step is, by steps or by time."""
    by_time = progress.seconds / seconds if seconds else 0.0
    return min(1.0, max((progress.step + 1) / steps, by_time))


def rate(peak: float, over: float, warm_up: float, rest: float) -> float:
    """Return the learning rate: it rises to its peak, then falls in a line to what rests."""
    if over < warm_up:
        return peak * over / warm_up
    return peak * max(rest, (1 - over) / (1 - warm_up))
