"""The assistant as a LangChain Runnable, to be piped, traced and batched like any other."""

from typing import TypedDict

from langchain_core.runnables import Runnable, RunnableLambda

from rag.answers import Answer, Turn
from rag.assistant import Assistant


class Asked(TypedDict, total=False):
    """What the runnable takes: a question, and the turns before it as (question, answer)."""

    question: str
    history: list[tuple[str, str]]


def as_runnable(assistant: Assistant) -> Runnable[str | Asked, Answer]:
    """Return a Runnable from a question (text, or a dict with history) to an Answer."""

    def ask(asked: str | Asked) -> Answer:
        if isinstance(asked, str):
            return assistant.ask(asked)
        turns = [Turn(*pair) for pair in asked.get("history", [])]
        return assistant.ask(asked["question"], turns)

    return RunnableLambda(ask, name="jinwen")
