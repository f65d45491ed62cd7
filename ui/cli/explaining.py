"""`jinwen ask --explain`: how a question was understood, what was found, why it was answered."""

from dataclasses import asdict

from rag.answerability import Calibration
from rag.answers import Answer
from rag.assistant import Reading
from rag.slots import DETAILS

_SENTENCES = 4


def explained(readings: list[Reading], answer: Answer, rule: Calibration) -> str:
    """Return the steps from the question to the answer, for a terminal."""
    lines = [f"问题：{answer.question}", f"理解为：{answer.resolved_question}"]
    for number, reading in enumerate(readings, start=1):
        lines += [f"— 第 {number} 问：{reading.question.plain}", *_steps(reading, rule)]
    return "\n".join([*lines, "— 答复", answer.answer])


def _steps(reading: Reading, rule: Calibration) -> list[str]:
    slot, found = reading.question.slot, reading.found
    asked = "，".join(filter(None, (slot.kind, slot.dimension, slot.unit, slot.head)))
    words = " ".join(f"{w}({x:.1f})" for w, x in reading.wanted.weights.items() if x)
    lines = [
        f"  所问：{asked}",
        f"  词与权重：{words}",
        "  候选句（得分、余弦、超出量、覆盖率、年份）：",
    ]
    lines += [
        f"    {e.score:.2f} {e.cosine:.3f} {e.margin:+.3f} {e.coverage:.2f} {e.year or '-'} "
        f"{e.text[:60]}"
        for e in reading.evidence[:_SENTENCES]
    ]
    lines.append(f"  找到：{found.short or '（原文）' if found else '没有'}")
    if reading.features:
        group = "slotted" if slot.kind in DETAILS else "open"
        told = " ".join(f"{name}={value:.2f}" for name, value in asdict(reading.features).items())
        lines.append(f"  特征（{group}）：{told}")
    lines.append(f"  概率 {reading.confidence:.3f}，门槛 {rule.threshold:.3f}"
                 f"{'，不答：' + reading.refusal if reading.refusal else '，作答'}")  # fmt: skip
    return lines
