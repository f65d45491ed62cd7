"""How the conversation goes on: asked, asked again, stopped, cleared."""

from collections.abc import Iterator
from typing import Any

import gradio as gr

from index.scope import Scope
from ui.web.chat import Chat, Messages, Said, messages, settled
from ui.web.pen import Pen
from ui.web.picker import scope_of
from ui.web.rates import Admit, Rates
from ui.web.seats import WAITING, Seats
from ui.web.talks import Talks

Shown = tuple[Messages, Any, list[Said], Any]


def asking(
    chat: Chat, seats: Seats, rates: Rates, outputs: list[Any],
    choices: tuple[gr.Checkbox, gr.Dropdown],
    buttons: tuple[gr.Button, gr.Button, gr.Button], pen: gr.State,
) -> None:  # fmt: skip
    """Wire up asking, asking again, stopping and clearing."""
    shown, box, said, kept = outputs
    stopped, again, cleared = buttons
    generate, picked = choices
    # Who waits for a model takes no seat, so more may wait than work.
    patient = {
        **seats.limits(), "concurrency_limit": WAITING + seats.count,
        "show_progress_on": [shown], "trigger_mode": "multiple",
    }  # fmt: skip

    def ask(
        asked: str, turns: list[Said], talks: Any, wanted: bool, documents: Any, held: Pen,
        request: gr.Request,
    ) -> Iterator[Shown]:  # fmt: skip
        if asked or not turns:  # after a second press of the key the box is empty
            before = turns[:-1] if turns and turns[-1].question == asked else turns
            how = wanted, scope_of(documents), rates.of_page(request)
            yield from _shown(chat, asked, before, how, talks, held)
        yield as_it_is()

    def ask_again(
        turns: list[Said], talks: Any, wanted: bool, documents: Any, held: Pen,
        request: gr.Request,
    ) -> Iterator[Shown]:  # fmt: skip
        if turns:
            how = wanted, scope_of(documents), rates.of_page(request)
            yield from _shown(chat, turns[-1].question, turns[:-1], how, talks, held)
        yield as_it_is()

    def stop(turns: list[Said], held: Pen) -> tuple[Messages, list[Said]]:
        with held.taken():
            left = settled(turns)
            return messages(left), left

    def clear(talks: Any, held: Pen) -> Shown:
        left = Talks.of(talks)
        with held.taken():
            return [], "", [], left.without(left.current).to_json()

    inputs = [said, kept, generate, picked, pen]
    box.submit(ask, [box, *inputs], outputs, **patient)
    again.click(ask_again, inputs, outputs, **patient)
    stopped.click(stop, [said, pen], [shown, said], **seats.limits())
    cleared.click(clear, [kept, pen], outputs, **seats.limits())


def _shown(
    chat: Chat, asked: str, turns: list[Said], how: tuple[bool, Scope, Admit], talks: Any, pen: Pen
) -> Iterator[Shown]:
    """Yield what the page shows as an answer grows; a text that could not be asked stays typed."""
    first = True
    with pen.taken() as mine:
        for grown in chat.reply(asked, turns, *how):
            if not mine():
                return
            typed, held = _begun(grown[-1], asked, talks) if first else (gr.skip(), gr.skip())
            yield messages(grown), typed, grown, held
            first = False


def _begun(turn: Said, asked: str, talks: Any) -> tuple[str, Any]:
    """Return what stays in the box and what the browser keeps, told once.

    While a model writes, the visitor may type the next question.
    """
    kept = Talks.of(talks)
    if turn.answer is None:
        return asked, kept.to_json()
    return "", kept.asking(turn.question).to_json()


def as_it_is() -> Any:
    """Return an output that changes nothing, to end every event with.

    Gradio sends the last output again when an event ends, and clears the page if there was none.
    """
    return tuple(gr.skip() for _ in range(4))
