"""What a page does when it opens, by the function that Gradio is given."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import gradio as gr
import pytest

from rag.assembly import Assembly, Config
from ui.web.asking import as_it_is
from ui.web.chat import Chat
from ui.web.conversation import restoring
from ui.web.pen import Pen
from ui.web.rates import Rates
from ui.web.seats import Seats
from ui.web.talks import Talks


@pytest.fixture
def restore(home: Path) -> Callable[..., Any]:
    with gr.Blocks() as blocks:
        outputs = [gr.Chatbot(), gr.Textbox(), gr.State([]), gr.JSON()]
        restoring(Chat(Assembly(Config(home)), Seats()), Rates(), outputs, gr.State(Pen()), {})
    (event,) = blocks.fns.values()
    opened: Callable[..., Any] = event.fn
    return opened


def test_a_page_that_opens_shows_what_its_browser_kept(restore: Callable[..., Any]) -> None:
    pen, kept = Pen(), Talks().asking("口袋公园新建几个？").to_json()
    told, box, (turn,), talks = restore(kept, pen, gr.Request(query_params={}, client=None))
    assert (box, talks) == (gr.skip(), kept)
    assert told[0]["content"] == turn.question == "口袋公园新建几个？"
    assert not pen.is_fresh


def test_where_nothing_was_kept_nothing_is_told(restore: Callable[..., Any]) -> None:
    told = restore(Talks().to_json(), Pen(), gr.Request(query_params={}, client=None))
    assert told == as_it_is()


def test_nothing_comes_over_what_somebody_asked_before_the_page_was_ready(
    restore: Callable[..., Any],
) -> None:
    pen = Pen()
    with pen.taken():
        pass  # an answer was told
    assert restore(Talks().to_json(), pen, gr.Request(query_params={}, client=None)) == as_it_is()
