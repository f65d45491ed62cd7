"""`jinwen ask --explain`: how a question was understood, what was read, why it was answered."""

from rag.answerability import Calibration
from rag.answers import Answer
from rag.inquiry import Reading

_SENTENCES = 5


def explained(readings: list[Reading], answer: Answer, rule: Calibration) -> str:
    """Return the steps from the question to the answer, for a terminal."""
    lines = [f"问题：{answer.question}", f"理解为：{answer.resolved_question}"]
    for number, reading in enumerate(readings, start=1):
        lines += [f"— 第 {number} 问：{reading.question.plain}", *_steps(reading, rule)]
    return "\n".join([*lines, "— 答复", answer.answer])


def _steps(reading: Reading, rule: Calibration) -> list[str]:
    lines = ["  检索到的句子（得分、余弦、年份）："]
    lines += [
        f"    {e.score:.2f} {e.cosine:.3f} {e.year or '-'} {e.text[:60]}"
        for e in reading.evidence[:_SENTENCES]
    ]
    lines.append("  读过的窗口（答案在此的概率、是非问的概率、是的概率）：")
    lines += [
        f"    {s.read.answered:.3f} {s.read.polar:.2f} {s.read.yes:.2f} {s.evidence.text[:60]}"
        for s in reading.sights
    ]
    lines.append(f"  找到：{(reading.found.short or '（原文）') if reading.found else '没有'}")
    lines.append(f"  概率 {reading.confidence:.3f}，门槛 {rule.threshold:.3f}"
                 f"{'，不答：' + reading.refusal if reading.refusal else '，作答'}")  # fmt: skip
    return lines
