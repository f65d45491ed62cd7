"""The page with a language model behind it: a scripted server, so that what it says is known."""

import json
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.scripted import GAS, Handler, Served, says, scripted
from tests.ui.page.conftest import Ask, opened, served

_GAS = "今年改造多少公里燃气管网？"
_FIRMS = "今年新增多少专精特新企业？"
_SWITCH = "#jw-model input[type=checkbox]"


@pytest.fixture(scope="module")
def model() -> Iterator[Served]:
    with scripted() as told:
        yield told


def _settings(model: Served) -> dict[str, str]:
    return {"JINWEN_CHAT_MODEL": "openai:scripted", "JINWEN_CHAT_BASE_URL": model.address}


@pytest.fixture(scope="module")
def with_model(home: Path, model: Served) -> Iterator[str]:
    for address in served(home, **_settings(model)):
        assert model.requests == []  # example questions are tried without it
        yield address


@pytest.fixture
def page(context: BrowserContext, with_model: str, model: Served) -> Page:
    model.script, model.requests = says(GAS), []
    return opened(context.new_page(), with_model)


def _ask(page: Page, question: str = _GAS) -> None:
    page.fill("#jw-box textarea", question)
    page.press("#jw-box textarea", "Enter")


def test_what_a_model_wrote_is_labelled_and_shows_the_words_it_rests_on(page: Page) -> None:
    _ask(page)
    answer = page.locator(".jw-answer").last
    expect(answer.locator(".jw-generative")).to_contain_text(
        "以下内容由人工智能生成（openai:scripted）"
    )
    expect(answer.locator(".jw-short")).to_have_text("623公里[1]")
    expect(answer).to_contain_text("今年改造燃气管网623公里、供热管网150公里、供水管网30公里。[1]")
    expect(answer.locator(".jw-sources")).to_contain_text(
        "原文：制定城市燃气、供热、供水等老旧管网"
    )
    expect(page.locator(".jw-writing")).to_have_count(0)


def test_the_extracted_answer_is_there_while_the_model_thinks(page: Page, model: Served) -> None:
    def thinks(handler: Handler, asked: dict[str, object]) -> None:
        model.released.wait(10)
        handler.say([GAS], True)

    model.script = thinks
    _ask(page)
    expect(page.locator(".jw-writing")).to_contain_text("openai:scripted")
    expect(page.locator(".jw-answer .jw-label").last).to_have_text("原文摘录")
    model.released.set()
    expect(page.locator(".jw-answer .jw-generative")).to_have_count(1)
    model.released.clear()


def _silent(handler: Handler, asked: dict[str, object]) -> None:
    handler.served.released.wait(30)


def _ask_in_vain(page: Page, model: Served) -> None:
    """Ask a model that says nothing, until the page waits for it."""
    model.script = _silent
    _ask(page)
    expect(page.locator(".jw-writing")).to_have_count(1)


def _ask_on(page: Page, model: Served) -> None:
    """Ask a second question, which alone is worded and takes nothing from the first."""
    model.script = says("新增“专精特新”企业500家[1]。")
    _ask(page, _FIRMS)
    expect(page.locator(".jw-answer")).to_have_count(2)
    expect(page.locator(".jw-answer .jw-generative")).to_have_count(1)
    expect(page.locator(".jw-writing")).to_have_count(0)


@pytest.mark.parametrize("streaming", [True, False], ids=["silent", "writing"])
def test_one_may_stop_a_model_and_ask_on(page: Page, model: Served, streaming: bool) -> None:
    def half(handler: Handler, asked: dict[str, object]) -> None:
        handler.begin_stream()
        handler.send_piece({"content": "今年改造燃气管网623公里、供热管网150公里[1]。报"})
        handler.served.released.wait(30)

    model.script = _silent if streaming else half
    _ask(page)
    expect(page.locator(".jw-writing")).to_have_count(1)
    if not streaming:
        expect(page.locator(".jw-answer .jw-generative")).to_have_count(1)
    page.click("button:has-text('停止')")
    expect(page.locator(".jw-writing")).to_have_count(0)
    answer = page.locator(".jw-answer")
    expect(answer).to_contain_text("623公里[1]")
    model.script = says(GAS)
    _ask(page, _FIRMS)
    expect(answer).to_have_count(2)
    expect(answer.nth(1)).to_contain_text("500家")
    expect(page.locator(".jw-writing")).to_have_count(0)
    assert len(model.requests) == 2


def test_what_is_cleared_stays_cleared(page: Page, model: Served) -> None:
    _ask_in_vain(page, model)
    page.click("button:has-text('清空')")
    expect(page.locator(".jw-answer")).to_have_count(0)
    model.script = says(GAS)
    _ask(page)
    expect(page.locator(".jw-answer .jw-generative")).to_have_count(1)
    expect(page.locator(".jw-answer")).to_have_count(1)


def test_one_may_ask_again_at_once(page: Page, model: Served) -> None:
    _ask_in_vain(page, model)
    model.script = says(GAS)
    page.click("button:has-text('重新回答')")
    expect(page.locator(".jw-answer .jw-generative")).to_have_count(1)
    expect(page.locator(".jw-answer")).to_have_count(1)


def test_the_next_question_takes_the_place_of_one_that_is_waited_for(
    page: Page, model: Served
) -> None:
    _ask_in_vain(page, model)
    _ask_on(page, model)


def test_a_second_press_of_the_key_asks_nothing_new(page: Page, model: Served) -> None:
    for _ in range(2):
        _ask(page)
    page.press("#jw-box textarea", "Enter")
    expect(page.locator(".jw-answer .jw-generative")).to_have_count(1)
    expect(page.locator(".jw-answer, .jw-refusal")).to_have_count(1)


def test_a_question_after_asking_again_is_kept(page: Page, model: Served) -> None:
    _ask(page)
    expect(page.locator(".jw-answer .jw-generative")).to_have_count(1)
    model.script = _silent
    page.click("button:has-text('重新回答')")
    expect(page.locator(".jw-writing")).to_have_count(1)
    _ask_on(page, model)


def test_the_next_question_may_be_typed_while_the_model_thinks(page: Page, model: Served) -> None:
    _ask_in_vain(page, model)
    page.locator("#jw-box textarea").press_sequentially("下一个问题", delay=200)
    assert page.input_value("#jw-box textarea") == "下一个问题"
    page.click("button:has-text('停止')")


def _ask_the_api(address: str) -> None:
    asked = json.dumps({"question": _GAS}).encode()
    kind = {"Content-Type": "application/json"}
    with suppress(OSError):
        urlopen(Request(f"{address}api/ask", asked, kind))


def test_a_service_that_is_stopped_waits_for_no_model(home: Path, model: Served) -> None:
    model.script, model.requests = _silent, []
    for address in served(home, JINWEN_CHAT_FIRST_SECONDS="60", **_settings(model)):
        Thread(target=_ask_the_api, args=(address,)).start()
        while not model.requests:
            time.sleep(0.05)  # polling until the model is asked
        start = time.monotonic()
    assert time.monotonic() - start < 15


def test_a_visitor_may_switch_the_model_off(page: Page, model: Served, ask: Ask) -> None:
    expect(page.locator("#jw-model")).to_contain_text("openai:scripted")
    page.uncheck(_SWITCH)
    ask(page, _GAS)
    expect(page.locator(".jw-answer .jw-label").last).to_have_text("原文摘录")
    assert model.requests == []


def test_nothing_a_model_says_becomes_markup_or_a_request(page: Page, model: Served) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    model.script = says(
        "今年改造燃气管网623公里<img src=http://evil.example/x onerror=alert(1)>[1]。",
        "供热管网150公里![x](http://evil.example/y)[1]。", GAS,
    )  # fmt: skip
    _ask(page)
    expect(page.locator(".jw-answer .jw-generative")).to_have_count(1)
    expect(page.locator(".jw-answer")).to_contain_text("有 2 句与引文不符")
    assert not [url for url in asked if "evil" in url]
    assert page.locator(".jw-answer img").count() == 0


def test_without_a_model_there_is_no_switch(wide: Page) -> None:
    expect(wide.locator("#jw-model")).to_have_count(0)


def test_the_operators_switch_turns_it_off_for_all(
    context: BrowserContext, home: Path, model: Served, ask: Ask
) -> None:
    model.requests = []
    for address in served(home, JINWEN_GENERATION="false", **_settings(model)):
        page = opened(context.new_page(), address)
        expect(page.locator("#jw-model")).to_have_count(0)
        ask(page, _GAS)
        expect(page.locator(".jw-answer .jw-label").last).to_have_text("原文摘录")
    assert model.requests == []
