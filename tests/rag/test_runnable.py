from typing import Any
from uuid import UUID

from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.messages import BaseMessage

from index.search import Searcher
from rag.assistant import Assistant
from rag.reader import Reader
from rag.runnable import as_runnable
from tests.scripted import scripted, writer


async def test_the_runnable_answers_what_the_assistant_answers(
    searcher: Searcher, reader: Reader
) -> None:
    assistant = Assistant(lambda: searcher, reader)
    runnable = as_runnable(assistant)
    expected = assistant.ask("口袋公园新建几个").citations
    assert runnable.invoke("口袋公园新建几个").citations == expected
    assert runnable.invoke({"question": "口袋公园新建几个", "history": []}).citations == expected
    (answer,) = await runnable.abatch(["口袋公园新建几个"])
    assert answer.citations == expected
    piped = runnable | (lambda answer: answer.citations[0].quote[-7:])
    assert piped.invoke("口袋公园新建几个") == "袋公园50个。"


class Seen(BaseCallbackHandler):
    """What tracing is told of."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, UUID | None]] = []
        self.runs: set[UUID] = set()

    def on_chain_start(self, *_: Any, run_id: UUID, **told: Any) -> None:
        self.runs.add(run_id)

    def on_chat_model_start(
        self, serialized: dict[str, Any], messages: list[list[BaseMessage]], **told: Any
    ) -> None:
        self.calls.append((str(messages[0][-1].content), told["parent_run_id"]))


def test_tracing_sees_the_models_call_inside_the_question(
    searcher: Searcher, reader: Reader
) -> None:
    seen = Seen()
    with scripted() as served:
        assistant = Assistant(lambda: searcher, reader, writer=writer(served.address))
        asked = {"callbacks": [seen]}
        answer = as_runnable(assistant).invoke("今年改造多少公里燃气管网？", asked)  # type: ignore[arg-type]
    ((prompt, parent),) = seen.calls
    assert answer.mode == "generative"
    assert "问题：今年改造多少公里燃气管网？" in prompt
    assert parent in seen.runs
