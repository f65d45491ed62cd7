"""What a visitor thinks of an answer: a thumb on it, and after a thumb down the reason.

Taken without a login.
"""

from collections.abc import Sequence
from typing import Any, get_args

import gradio as gr

from corpus.errors import InputError, JinwenError, StoreError
from rag.feedback import MOST_CHARS, Feedback, Judgements, Verdict
from ui.web.chat import Said
from ui.web.rates import Admit, Rates

CHOICES: tuple[tuple[str, Verdict], ...] = (
    ("数字错", "wrong_figure"), ("引用错", "wrong_citation"), ("漏答", "incomplete"),
    ("不该拒答", "needless_refusal"), ("投诉或建议", "complaint"),
)  # fmt: skip
_THANKS = "已记下，谢谢。"
_SHOWN_CHARS = 30  # of the question, above the reasons


def opinion(
    kept: Judgements, rates: Rates, shown: gr.Chatbot, said: gr.State, busy: dict[str, Any]
) -> None:  # fmt: skip
    """Take a thumb up as it is; after a thumb down open the reasons, about that very answer.

    What is judged is held with the reasons: the conversation may have become another meanwhile.
    """
    about = gr.State([])  # the conversation to the end of the answer that is judged
    with gr.Column(visible=False, elem_id="jw-why") as reasons:
        verdict = gr.Radio(list(CHOICES), label="哪里不对？")
        comment = gr.Textbox(label="补充说明（可不填）", lines=2, max_length=MOST_CHARS)
        with gr.Row(elem_classes="jw-tools"):
            sent = gr.Button("提交", variant="primary", size="sm", min_width=84)
            closed = gr.Button("不评了", size="sm", min_width=84)
        told = gr.HTML()
    hidden = gr.update(visible=False)

    def thumbed(
        turns: list[Said], data: gr.LikeData, request: gr.Request
    ) -> tuple[Any, ...]:  # fmt: skip
        judged = _up_to(turns, data.index)
        if not data.liked:
            return judged, gr.update(visible=True), gr.update(label=_asked_of(judged)), ""
        failed = _recorded(kept, judged, ("right", ""), rates.of_page(request))
        gr.Info(failed or _THANKS, title="提示", duration=4)
        return gr.skip(), hidden, gr.skip(), ""

    def send(
        judged: list[Said], chosen: Any, written: Any, request: gr.Request
    ) -> tuple[Any, ...]:  # fmt: skip
        if failed := _recorded(kept, judged, (chosen, written), rates.of_page(request)):
            return f"<p role='alert'>{failed}</p>", gr.skip(), gr.skip(), gr.skip()
        gr.Info(_THANKS, title="提示", duration=4)
        return "", None, "", hidden

    shown.like(thumbed, [said], [about, reasons, verdict, told], **busy)
    sent.click(send, [about, verdict, comment], [told, verdict, comment, reasons], **busy)
    closed.click(lambda: hidden, None, reasons, **busy)


def _asked_of(judged: Sequence[Said]) -> str:
    """Return what the reasons are headed by: of which answer they are."""
    question = judged[-1].question if judged else ""
    cut = question[:_SHOWN_CHARS] + ("…" if len(question) > _SHOWN_CHARS else "")
    return f"对“{cut}”的回答，哪里不对？"


def record(
    kept: Judgements, judged: Sequence[Said], verdict: object, comment: object
) -> None:  # fmt: skip
    """Append a judgement of the last turn; raises InputError where none can be made of it."""
    if verdict not in get_args(Verdict):
        raise InputError("请先选一项，再提交")
    told = str(comment or "").strip()
    if len(told) > MOST_CHARS:
        raise InputError(f"补充说明最多 {MOST_CHARS} 字，请缩短后再提交")
    if not judged or (answer := judged[-1].answer) is None:
        raise InputError("还没有可以评价的回答，请先提问")
    before = tuple((t.turn.question, t.turn.answer) for t in judged[:-1] if t.answer)
    chosen: Verdict = verdict  # type: ignore[assignment]  # checked above
    kept.append(Feedback.now(chosen, judged[-1].question, answer, before, told))


def _recorded(
    kept: Judgements, judged: Sequence[Said], told: tuple[object, object], admit: Admit
) -> str:  # fmt: skip
    """Keep a verdict with its comment and return what went wrong, "" for nothing."""
    try:
        admit()
        record(kept, judged, *told)
    except (StoreError, OSError):
        return "没能保存，请稍后再试"
    except JinwenError as error:
        return str(error)
    return ""


def _up_to(turns: list[Said], place: Any) -> list[Said]:
    """Return a conversation to the turn of a message; there are two messages a turn."""
    number = place[0] if isinstance(place, list | tuple) else place
    turn = number // 2 if isinstance(number, int) else -1
    return turns[: turn + 1] if 0 <= turn < len(turns) else []
