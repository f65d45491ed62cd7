"""A target: a figure that a document promises or reports, and what it is of."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

Kind = Literal["target", "result", "other"]

KINDS: dict[Kind, str] = {"target": "目标", "result": "已完成", "other": "其他"}


@dataclass(frozen=True, slots=True)
class Target:
    """A figure as it is written and what it is of; `value` is None for 一批.

    `quote` is the clause, the document's text from `start` to `end` (code points, end exclusive).
    """

    indicator: str
    value: float | None
    unit: str
    qualifier: str
    kind: Kind
    quote: str
    document_id: str
    section: tuple[str, ...]
    start: int
    end: int

    @property
    def figure(self) -> str:
        """Return the number with its unit, as it is written: 2000亿元; 未量化 without one."""
        return "未量化" if self.value is None else f"{self.value:.15g}{self.unit}"

    def to_json(self) -> dict[str, Any]:
        """Return the target as the plain values of the public contract."""
        return asdict(self)
