"""Ways in which a model server fails; each ends in the answer by extraction, in time."""

from asyncio import run_coroutine_threadsafe, to_thread
from concurrent.futures import ThreadPoolExecutor
from socket import socket
from threading import Event, current_thread
from time import monotonic
from typing import Any

import pytest

from index.search import Searcher
from rag.answers import Answer
from rag.assistant import Assistant
from rag.drafts import Draft
from rag.generation.choice import Patience
from rag.generation.listening import Listener
from rag.generation.looping import loop
from rag.generation.prompt import NOTHING
from rag.generation.writer import Writer
from rag.reader import Reader
from tests.scripted import GAS, QUICK, Handler, Script, Served, says, writer

_BUDGET = QUICK.whole + 1.0
Asked = dict[str, Any]


def _silent(handler: Handler, asked: Asked) -> None:
    handler.served.released.wait(30)


def _late(handler: Handler, asked: Asked) -> None:
    if asked.get("stream"):
        handler.begin_stream()
    handler.served.released.wait(30)


def _stalls(handler: Handler, asked: Asked) -> None:
    if not asked.get("stream"):
        _silent(handler, asked)
        return
    handler.begin_stream()
    handler.send_piece({"content": "今年改造燃气"})
    handler.served.released.wait(30)


def _breaks_off(handler: Handler, asked: Asked) -> None:
    if not asked.get("stream"):
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b'{"choices": [')
        return
    handler.say(["今年改造燃气管网6"], streaming=True, end=False)


def _status(code: int, **headers: str) -> Script:
    def script(handler: Handler, asked: Asked) -> None:
        handler.status(code, b'{"error": {"message": "sorry"}}', **headers)

    return script


def _html(handler: Handler, asked: Asked) -> None:
    handler.status(200, b"<html><body>Bad gateway</body></html>", Content_Type="text/html")


def _broken_json(handler: Handler, asked: Asked) -> None:
    kind = "text/event-stream" if asked.get("stream") else "application/json"
    handler.status(200, b'data: {"choices": [{\n\n', Content_Type=kind)


def _floods(text: str) -> Script:
    def script(handler: Handler, asked: Asked) -> None:
        if not asked.get("stream"):
            handler.say([text * 9_000], streaming=False)
            return
        handler.begin_stream()
        while not handler.served.released.is_set():
            handler.send_piece({"content": text})

    return script


def _thinks(handler: Handler, asked: Asked) -> None:
    if not asked.get("stream"):
        handler.say(["<think>" + "想" * 9_000], streaming=False)
        return
    handler.begin_stream()
    handler.send_piece({"content": "<think>"})
    while not handler.served.released.is_set():
        handler.send_piece({"content": "想"})


def _comments(handler: Handler, asked: Asked) -> None:
    handler.begin_stream()
    while not handler.served.released.wait(0.05):
        handler.wfile.write(b": keep-alive\n\n")
        handler.wfile.flush()


def _ended(reason: str) -> Script:
    def script(handler: Handler, asked: Asked) -> None:
        handler.say(["今年改造燃气管网6"], asked.get("stream", False), reason=reason)

    return script


def _endless(handler: Handler, asked: Asked) -> None:
    if asked.get("stream"):
        handler.begin_stream()
        while not handler.served.released.is_set():
            handler.send_piece({"content": "报告提出重要举措。"})
    else:
        handler.say(["报告提出重要举措。"] * 500, streaming=False)


FAULTS: dict[str, Script] = {
    "never answers": _silent,
    "first token late": _late,
    "stalls": _stalls,
    "breaks off": _breaks_off,
    "401": _status(401),
    "429": _status(429),
    "429 come back later": _status(429, Retry_After="60"),
    "500": _status(500),
    "503": _status(503),
    "html": _html,
    "broken json": _broken_json,
    "nothing but comments": _comments,
    "429 with a strange wait": _status(429, Retry_After="²"),
    "cut at its limit": _ended("length"),
    "filtered": _ended("content_filter"),
    "floods without an end": _floods("管网"),
    "thinks for ever": _thinks,
    "empty": says(""),
    "repeats for ever": _endless,
    "no citation": says("今年改造燃气管网623公里。"),
    "false citation": says("今年改造燃气管网623公里[9]。"),
    "false figure": says("今年改造燃气管网632公里[1]。"),
}


def _is_the_draft(answer: Answer, draft: Draft) -> None:
    assert (answer.answer, answer.citations) == (draft.answer.answer, draft.answer.citations)
    assert (answer.mode, answer.short_answer) == ("extractive", "623公里")
    assert answer.warnings


@pytest.mark.parametrize("streaming", [True, False], ids=["stream", "plain"])
@pytest.mark.parametrize("fault", FAULTS, ids=lambda name: name)
def test_a_fault_ends_in_the_answer_by_extraction_within_the_budget(
    served: Served, draft: Draft, fault: str, streaming: bool
) -> None:
    served.script = FAULTS[fault]
    start = monotonic()
    answer = _answer(writer(served.address), draft, streaming)
    assert monotonic() - start < _BUDGET
    _is_the_draft(answer, draft)
    assert served.requests  # it was the model that failed, not the way to it


@pytest.mark.parametrize("streaming", [True, False], ids=["stream", "plain"])
@pytest.mark.parametrize("address", ["refused", "http://no.such.host.invalid/v1"])
def test_no_connection_ends_there_too(draft: Draft, address: str, streaming: bool) -> None:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    reached = address if "://" in address else f"http://127.0.0.1:{port}/v1"
    start = monotonic()
    _is_the_draft(_answer(writer(reached), draft, streaming), draft)
    assert monotonic() - start < _BUDGET


@pytest.mark.parametrize("streaming", [True, False], ids=["stream", "plain"])
def test_a_connection_that_is_never_taken_ends_there_too(draft: Draft, streaming: bool) -> None:
    with socket() as full:  # nobody accepts, and the one place to wait is taken
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        with socket() as first, socket() as second:
            for waiting in (first, second):
                waiting.setblocking(False)
                waiting.connect_ex(full.getsockname())
            address = f"http://127.0.0.1:{full.getsockname()[1]}/v1"
            start = monotonic()
            _is_the_draft(_answer(writer(address), draft, streaming), draft)
            assert monotonic() - start < _BUDGET


def test_the_control_a_sound_server_is_heard_alike_in_a_stream_and_whole(
    write: Writer, draft: Draft
) -> None:
    stream, plain = _answer(write, draft, True), _answer(write, draft, False)
    assert (stream.mode, stream.warnings) == ("generative", ())
    assert "今年改造燃气管网623公里、供热管网150公里、供水管网30公里。[1]" in stream.answer
    assert (stream.answer, stream.citations) == (plain.answer, plain.citations)
    assert stream.citations == draft.answer.citations


def test_a_stream_that_breaks_off_keeps_its_whole_sentences_and_says_so(
    served: Served, draft: Draft
) -> None:
    served.script = lambda handler, asked: handler.say([GAS, "报告还提出"], True, end=False)
    answer = _answer(writer(served.address), draft, True)
    assert answer.mode == "generative"
    assert "报告还提出" not in answer.answer
    assert any("中途断了" in warning for warning in answer.warnings)


@pytest.mark.parametrize(("code", "asked"), [(503, 2), (429, 2), (401, 1), (400, 1)])
def test_only_what_passes_is_asked_again(
    served: Served, draft: Draft, code: int, asked: int
) -> None:
    served.script = _status(code)
    _answer(writer(served.address), draft, True)
    assert len(served.requests) == asked


def test_a_reply_that_is_done_is_not_waited_for(served: Served, draft: Draft) -> None:
    def stays(handler: Handler, asked: Asked) -> None:
        handler.begin_stream()
        handler.send_piece({"content": GAS})
        handler.send_piece({}, "stop")
        handler.served.released.wait(30)

    served.script = stays
    start = monotonic()
    answer = _answer(writer(served.address, Patience(0.5, 20.0, 20.0)), draft, True)
    assert (answer.mode, answer.warnings) == ("generative", ())
    assert monotonic() - start < 5


def test_a_model_that_answers_too_long_or_is_left_is_not_called_broken(
    served: Served, draft: Draft
) -> None:
    talks = writer(served.address, Patience(0.5, 20.0, 20.0))
    served.script = _ended("length")
    for _ in range(3):
        assert "中途断了" in _answer(talks, draft, True).warnings[-1]
    served.script = _stalls
    for _ in range(3):
        growing = talks.growing(draft)
        next(growing)
        growing.close()
    served.script = says(GAS)
    assert _answer(talks, draft, True).mode == "generative"


def test_what_cannot_be_cancelled_keeps_no_process_alive() -> None:
    async def job() -> bool:
        return await to_thread(lambda: current_thread().daemon)

    assert run_coroutine_threadsafe(job(), loop()).result(5)


def test_two_who_begin_at_once_share_one_loop() -> None:
    with ThreadPoolExecutor(8) as many:
        assert len({id(made) for made in many.map(lambda _: loop(), range(64))}) == 1


def test_a_plain_reply_has_the_whole_time_for_its_first_word(served: Served, draft: Draft) -> None:
    def slow(handler: Handler, asked: Asked) -> None:
        served.released.wait(0.6)
        handler.say([GAS], asked.get("stream", False))

    served.script = slow
    brief = Patience(connect=0.5, first=0.3, whole=5.0)
    assert _answer(writer(served.address, brief), draft, streaming=False).mode == "generative"
    assert _answer(writer(served.address, brief), draft, streaming=True).mode == "extractive"


def test_who_waits_gets_a_turn_while_the_model_is_silent(served: Served, draft: Draft) -> None:
    served.script = _silent
    waited = writer(served.address, Patience(0.5, 60.0, 60.0), seats=1)
    growing = waited.growing(draft)
    assert next(growing) == draft.answer
    growing.close()  # from here on the seat is free
    served.script = says(GAS)
    assert _answer(waited, draft, True).mode == "generative"


def test_a_service_that_stops_waits_for_no_model(served: Served, draft: Draft) -> None:
    served.script = _silent
    listener = Listener(Patience(0.5, 60.0, 60.0))
    waited = writer(served.address, listener=listener)
    with ThreadPoolExecutor(1) as waiting:
        begun = waiting.submit(waited.whole, draft)
        while not served.requests:
            Event().wait(0.01)  # until it is with the server
        start = monotonic()
        listener.close()
        assert "服务正在停止" in begun.result().warnings[0]
        assert monotonic() - start < 2


@pytest.mark.parametrize("streaming", [True, False], ids=["stream", "plain"])
def test_a_server_hears_that_nobody_waits_any_more(
    served: Served, draft: Draft, streaming: bool
) -> None:
    gone = Event()

    def holds_on(handler: Handler, asked: Asked) -> None:
        handler.connection.settimeout(10)
        if not handler.connection.recv(1):  # the other side has closed
            gone.set()

    served.script = holds_on
    _answer(writer(served.address, Patience(0.5, 0.3, 0.3)), draft, streaming)
    assert gone.wait(10)


@pytest.mark.parametrize("streaming", [True, False], ids=["stream", "plain"])
def test_one_that_says_that_there_is_no_answer_is_passed_over(
    served: Served, draft: Draft, streaming: bool
) -> None:
    served.script = says(NOTHING)
    answer = _answer(writer(served.address), draft, streaming)
    assert (answer.answer, answer.warnings) == (draft.answer.answer, ())


@pytest.mark.parametrize(
    "question",
    ["专精特新企业新增几家，选上了每家给补贴多少钱", "专精特新企业每家补贴多少钱，新增几家"],
)
def test_where_a_half_is_refused_the_model_is_told_of_neither(
    served: Served, searcher: Searcher, reader: Reader, question: str
) -> None:
    answer = Assistant(lambda: searcher, reader, writer=writer(served.address)).ask(question)
    assert answer.short_answer == "500家"
    assert "另一问" in answer.answer
    assert served.requests == []


def test_a_second_try_that_goes_well_is_used(served: Served, draft: Draft) -> None:
    def busy_once(handler: Handler, asked: Asked) -> None:
        if len(served.requests) == 1:
            handler.status(429, b"{}", Retry_After="0.1")
        else:
            handler.say([GAS], True)

    served.script = busy_once
    assert _answer(writer(served.address), draft, True).mode == "generative"


def test_after_three_failures_nobody_waits(served: Served, draft: Draft) -> None:
    served.script = _status(500)
    tired = writer(served.address)
    for _ in range(3):
        _answer(tired, draft, True)
    before = len(served.requests)
    answer = _answer(tired, draft, True)
    assert len(served.requests) == before
    assert any("暂时不可用" in warning for warning in answer.warnings)


def test_only_four_are_written_at_once(served: Served, draft: Draft) -> None:
    served.script = _silent
    busy = writer(served.address, Patience(0.5, 30.0, 30.0))
    with ThreadPoolExecutor(4) as waiting:
        begun = [waiting.submit(busy.whole, draft) for _ in range(4)]
        while len(served.requests) < len(begun):
            Event().wait(0.01)  # until all four are with the server
        assert any("人太多" in warning for warning in busy.whole(draft).warnings)
        served.released.set()
    assert not any("人太多" in warning for done in begun for warning in done.result().warnings)


def _answer(written: Writer, draft: Draft, streaming: bool) -> Answer:
    if not streaming:
        return written.whole(draft)
    *_, answer = written.growing(draft)
    return answer
