import json
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from corpus.errors import JinwenError
from eval.askers import Local, Remote
from index.search import Searcher
from rag.answers import Turn
from rag.assembly import Assembly
from tests.serving import serving
from ui.web.server import application

QUESTION = "今年要改造多少公里燃气管网？"


@pytest.fixture(scope="module")
def url(assembly: Assembly) -> Iterator[str]:
    with serving(application(assembly)) as address:
        yield address.removesuffix("/")


def test_a_server_answers_as_the_assistant_in_process_does(
    url: str, searcher: Searcher, assembly: Assembly
) -> None:
    near, far = Local(searcher, assembly.assistant()), Remote(url)
    for question, turns in (
        (QUESTION, []),
        ("那供热的呢？", [Turn(QUESTION, "623公里")]),
        ("", []),
    ):
        a, b = near.ask(question, turns), far.ask(question, turns)
        a.pop("timings_ms"), b.pop("timings_ms")
        assert json.dumps(b) == json.dumps(a)  # in JSON a tuple is a list
    assert [h["start"] for h in far.search(QUESTION, 3)] == [
        h["start"] for h in near.search(QUESTION, 3)
    ]
    assert far.about()["index_version"] == near.about()["index_version"]


def test_a_server_that_is_not_there_is_named() -> None:
    with pytest.raises(JinwenError, match=r"连不上“http://127\.0\.0\.1:9”"):
        Remote("http://127.0.0.1:9").about()


def test_a_question_that_comes_too_soon_is_asked_again() -> None:
    told = [JSONResponse({"error": "问得太快了"}, 429, {"retry-after": "0"}) for _ in range(2)]
    replies = [*told, JSONResponse({"hits": [{"start": 7}]})]

    async def search(_: Request) -> JSONResponse:
        return replies.pop(0)

    with serving(Starlette(routes=[Route("/api/search", search, methods=["POST"])])) as address:
        assert Remote(address).search(QUESTION, 3) == [{"start": 7}]
    assert replies == []
