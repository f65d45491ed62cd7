"""What a visitor thinks of the last answer: taken without a login, kept on this machine."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import get_args

from corpus.errors import InputError
from rag.feedback import Feedback, FeedbackFile, Verdict
from ui.web.chat import Said

CHOICES: tuple[tuple[str, Verdict], ...] = (
    ("答得对", "right"), ("数字错", "wrong_figure"), ("引用错", "wrong_citation"),
    ("漏答", "incomplete"), ("不该拒答", "needless_refusal"), ("投诉或建议", "complaint"),
)  # fmt: skip
MOST_CHARS = 1000


def record(file: FeedbackFile, said: Sequence[Said], verdict: object, comment: object) -> None:
    """Append a judgement of the last answer; raises InputError where one cannot be made of it."""
    if verdict not in get_args(Verdict):
        raise InputError("请先选一项，再提交")
    told = str(comment or "").strip()
    if len(told) > MOST_CHARS:
        raise InputError(f"补充说明最多 {MOST_CHARS} 字，请缩短后再提交")
    answered = [turn for turn in said if turn.answer]
    if not answered and not (verdict == "complaint" and told):
        raise InputError("还没有可以评价的回答；投诉或建议请写在补充说明里")
    last = answered[-1] if answered else None
    before = tuple((t.turn.question, t.turn.answer) for t in answered[:-1])
    file.append(
        Feedback(
            datetime.now(UTC).isoformat(timespec="seconds"),
            verdict,  # type: ignore[arg-type]  # checked above
            last.question if last else "",
            last.answer.to_json() if last and last.answer else {},
            before, told,
        )
    )  # fmt: skip
