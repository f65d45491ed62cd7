"""Long proofs that the service holds under fault and attack; too long for tests.

Each module has `prove(size) -> Proof`. What is asked of it must hold every time, and must not hold
every time in its control, where the guard is off: a proof whose control holds proves nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Control:
    """The same tried with the guard off; `held` of `asked`, and fewer than all."""

    what: str
    asked: int
    held: int

    @property
    def is_red(self) -> bool:
        """Tell whether it failed, as it must."""
        return self.held < self.asked


@dataclass(frozen=True, slots=True)
class Proof:
    """What was tried, how often it held of how often it was asked, and the figure in words."""

    what: str
    asked: int
    held: int
    figure: str
    control: Control | None = None
    more: Mapping[str, object] = field(default_factory=dict)

    @property
    def stands(self) -> bool:
        """Tell whether all held, and the control, if there can be one, did not."""
        return self.held == self.asked > 0 and (self.control is None or self.control.is_red)
