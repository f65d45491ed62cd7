"""A target: a figure that a document promises or reports, and what it is of."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

FALLS = ("下降", "降低", "减少", "回落")  # a rate behind these is no growth

Kind = Literal["target", "result", "other"]

KINDS: dict[Kind, str] = {"target": "目标", "result": "已完成", "other": "其他"}


@dataclass(frozen=True, slots=True)
class Target:
    """A figure as it is written and what it is of; `value` is None for 一批 and 百万吨以上.

    `quote` is the clause, the document's text from `start` to `end` (code points, end exclusive);
    `written` is the figure with its qualifier, from `figure_start` to `figure_end`. `high` is the
    upper end of a range; `year` is the one it speaks of, None in what is no work report.
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
    high: float | None = None
    written: str = ""
    figure_start: int = -1
    figure_end: int = -1
    year: int | None = None
    place: str = ""

    @property
    def figure(self) -> str:
        """Return the number with its unit: 2000亿元, 4.5—5%; 未量化 where nothing is written."""
        if self.value is None:
            return self.written or "未量化"
        top = "" if self.high is None else f"—{self.high:.15g}"
        return f"{self.value:.15g}{top}{self.unit}"

    @property
    def shown(self) -> str:
        """Return the figure as people are to read it: as it is written, 不低于5%."""
        return self.written or self.figure

    def to_json(self) -> dict[str, Any]:
        """Return the target as the plain values of the public contract."""
        return asdict(self)
