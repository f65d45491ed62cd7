"""`jinwen ask --explain`: how a question was understood, what was read, why it was answered."""

from ui.explained import Explained, Part

_CHARS = 60  # of a sentence


def told(explained: Explained) -> str:
    """Return the steps from the question to the answer, for a terminal."""
    answer = explained.answer
    lines = [f"问题：{answer.question}", f"理解为：{answer.resolved_question}"]
    for number, part in enumerate(explained.parts, start=1):
        lines += [f"— 第 {number} 问：{part.plain}", *_steps(part, explained.threshold)]
    return "\n".join([*lines, "— 答复", answer.answer])


def _steps(part: Part, threshold: float) -> list[str]:
    lines = ["  检索到的句子（得分、余弦、年份）："]
    lines += [
        f"    {f.score:.2f} {f.cosine:.3f} {f.year or '-'} {f.text[:_CHARS]}" for f in part.found
    ]
    lines.append("  读过的窗口（答案在此的概率、是非问的概率、是的概率）：")
    lines += [
        f"    {r.answered:.3f} {r.polar:.2f} {r.yes:.2f} {r.text[:_CHARS]}" for r in part.looked
    ]
    lines.append(f"  找到：{(part.short or '（原文）') if part.answers else '没有'}")
    lines.append(f"  概率 {part.confidence:.3f}，门槛 {threshold:.3f}"
                 f"{'，不答：' + part.refusal if part.refusal else '，作答'}")  # fmt: skip
    return lines
