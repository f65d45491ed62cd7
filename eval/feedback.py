"""Feedback becomes cases: a draft for a person to review, never a case by itself."""

from collections.abc import Iterable

from eval.cases import Case
from rag.feedback import Feedback, Verdict

# What a verdict says about the case; who was wrong about a figure still has to be looked up.
_KINDS: dict[Verdict, str] = {
    "complaint": "review: a complaint or a wish; read the comment",
    "right": "review: right as it is",
    "wrong_figure": "review: give the right figure in accept and its quote in evidence",
    "wrong_citation": "review: give the right quote in evidence",
    "incomplete": "review: give all items and their quotes",
    "needless_refusal": "review: give the answer and its quote, or set answerable to false",
}


def drafts(feedback: Iterable[Feedback]) -> list[Case]:
    """Return a draft case a judgement, the last word on a question winning.

    What was judged right keeps its headline and quotes as expectation; of what was wrong only
    the question is kept, with a kind that says what a reviewer has to add.
    """
    latest = {(f.question, f.history): f for f in feedback if f.question}
    return [_draft(n, f) for n, f in enumerate(latest.values(), start=1)]


def _draft(number: int, feedback: Feedback) -> Case:
    answer, right = feedback.answer, feedback.verdict == "right"
    answered = bool(answer.get("answered"))
    short = answer.get("short_answer")
    return Case(
        f"feedback-{number:03d}", feedback.question, _KINDS[feedback.verdict],
        answerable=answered or not right,
        accept=[short] if right and short else [],
        evidence=[cited["quote"] for cited in answer.get("citations", [])] if right else [],
        refusal=answer.get("refusal") if right and not answered else None,
        history=list(feedback.history),
    )  # fmt: skip
