"""The plots of a report, as SVG text to put into a page; labels stay text, so any font will do."""

from collections.abc import Mapping
from io import StringIO
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from eval.statistics import Records, trade_off

_STYLE: Any = {
    "svg.fonttype": "none", "svg.hashsalt": "jinwen", "font.size": 10, "axes.spines.top": False,
    "axes.spines.right": False, "font.family": "sans-serif", "axes.axisbelow": True,
}  # fmt: skip
_INK, _PALE = "#1f5f8b", "#9fc3dc"


def kinds(summary: Mapping[str, Any]) -> str:
    """Return bars of the share right by question kind, with 95 % intervals."""
    rows = {name: row for name, row in reversed(summary["kinds"].items()) if row["n"]}
    figure, axes = _figure(6.4, 0.9 + 0.27 * len(rows))
    centre = [row["mean"] for row in rows.values()]
    spread = [[row["mean"] - row["low"] for row in rows.values()],
              [row["high"] - row["mean"] for row in rows.values()]]  # fmt: skip
    labels = [f"{name} ({row['n']})" for name, row in rows.items()]
    axes.barh(labels, centre, xerr=spread, color=_PALE, ecolor=_INK, height=0.62)
    axes.set(xlim=(0, 1.02), xlabel="right, with 95 % interval")
    axes.grid(axis="x", alpha=0.3)
    return _svg(figure)


def refusals(summary: Mapping[str, Any], records: Records) -> str:
    """Return the curve of false answers against false refusals; '' for questions of one sort."""
    curve = trade_off(records)
    if curve is None:
        return ""
    figure, axes = _figure(4.2, 3.6)
    axes.plot(curve[0], curve[1], color=_INK)
    now = summary["refusal"]["false_answers"], summary["refusal"]["false_refusals"]
    axes.plot(*now, "o", color="#c0392b")
    axes.annotate("now", now, textcoords="offset points", xytext=(6, 6), color="#c0392b")
    axes.set(xlim=(-0.02, 1.02), ylim=(-0.02, 1.02), xlabel="false answers")
    axes.set(ylabel="false refusals", title=f"by confidence alone, AUROC {curve[2]:.3f}")
    axes.grid(alpha=0.3)
    return _svg(figure)


def latency(records: Records) -> str:
    """Return the distribution of milliseconds a question."""
    figure, axes = _figure(4.2, 3.6)
    taken = sorted(record["given"]["milliseconds"] for record in records)
    axes.plot(taken, [(i + 1) / len(taken) for i in range(len(taken))], color=_INK)
    axes.set(xlim=(0, None), ylim=(0, 1.02), xlabel="milliseconds a question",
             ylabel="share answered by then")  # fmt: skip
    axes.grid(alpha=0.3)
    return _svg(figure)


def _figure(width: float, height: float) -> tuple[Figure, Axes]:
    with rc_context(_STYLE):
        figure = Figure(figsize=(width, height), layout="constrained")
        return figure, figure.subplots()


def _svg(figure: Figure) -> str:
    out = StringIO()
    with rc_context(_STYLE):
        figure.savefig(out, format="svg", transparent=True, metadata={"Date": None})
    text = out.getvalue()
    return text[text.index("<svg") :]
