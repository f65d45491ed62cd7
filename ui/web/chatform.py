"""The form of OpenAI's chat API: what a client sends, and an answer in that form."""

from collections.abc import Iterator, Sequence
from typing import Any, Literal

from pydantic import BaseModel, Field

from corpus.errors import InputError
from index.tokens import count
from rag.answers import Answer, Citation, Turn
from ui.web.bodies import Text

MODEL = "jinwen"
_SOURCES = "\n\n出处：\n"


class Part(BaseModel):
    """A piece of a message; only text is understood."""

    type: str
    text: Text = ""


class Message(BaseModel):
    """What one side said."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: Text | list[Part] | None = None

    @property
    def text(self) -> str:
        """Return what was said; raises InputError where it is not text."""
        if not isinstance(self.content, list):
            return self.content or ""
        if any(part.type not in ("text", "input_text") for part in self.content):
            raise InputError("只能读文字，请去掉图片、声音和文件后再问")
        return "".join(part.text for part in self.content)


class StreamOptions(BaseModel):
    """Whether a stream ends by telling its usage."""

    include_usage: bool = False


class Wished(BaseModel):
    """A request; temperature, max_tokens and all else that is not here changes nothing."""

    model: Text
    messages: list[Message] = Field(min_length=1)
    stream: bool = False
    stream_options: StreamOptions | None = None

    def asked(self) -> tuple[str, list[Turn]]:
        """Return the last question and the turns before it; raises InputError without one."""
        said = [m for m in self.messages if m.role in ("user", "assistant")]
        if not said or said[-1].role != "user":
            raise InputError("最后一条消息应当是用户的问题，请补上后再问")
        return said[-1].text, turns(said[:-1])

    def usage(self, content: str) -> dict[str, int]:
        """Return Qwen tokens of all that was sent, and of the content that answers it."""
        read, wrote = sum(count(m.text) for m in self.messages), count(content)
        return {"prompt_tokens": read, "completion_tokens": wrote, "total_tokens": read + wrote}


def turns(said: Sequence[Message]) -> list[Turn]:
    """Return questions with what was answered, without the sources that were listed below."""
    paired: list[Turn] = []
    for message in said:
        if message.role == "user":
            paired.append(Turn(message.text, ""))
        elif paired:
            answer = message.text.partition(_SOURCES)[0]
            paired[-1] = Turn(paired[-1].question, paired[-1].answer + answer)
    return paired


def content(answer: Answer) -> str:
    """Return an answer as text: its lines, then where each citation stands."""
    sources = "\n".join(_source(c, answer) for c in answer.citations)
    return f"{answer.answer}{_SOURCES}{sources}" if sources else answer.answer


def pieces(text: str) -> Iterator[str]:
    """Yield a text line by line; joined, they are the text."""
    yield from text.splitlines(keepends=True)


def annotations(answer: Answer) -> list[dict[str, Any]]:
    """Return the citations as a message carries them; offsets in code points of the document."""
    return [
        {
            "type": "file_citation", "index": c.n, "file_id": c.document_id, "filename": c.title,
            "document_id": c.document_id, "title": c.title, "quote": c.quote, "start": c.start,
            "end": c.end, "path": list(c.path),
        }
        for c in answer.citations
    ]  # fmt: skip


def completion(name: str, created: int, wished: Wished, answer: Answer) -> dict[str, Any]:
    """Return a whole answer; `created` in seconds since 1970."""
    text = content(answer)
    message = {"role": "assistant", "content": text, "refusal": None,
               "annotations": annotations(answer)}  # fmt: skip
    choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
    return {
        "id": name, "object": "chat.completion", "created": created, "model": MODEL,
        "choices": [choice], "usage": wished.usage(text), "jinwen": answer.to_json(),
    }  # fmt: skip


def chunk(
    name: str, created: int, delta: dict[str, Any] | None, reason: str | None = None,
    **more: Any,
) -> dict[str, Any]:  # fmt: skip
    """Return a piece of a stream; without a delta one that has no choice, for the usage."""
    choice = {"index": 0, "delta": delta, "finish_reason": reason, "logprobs": None}
    choices = [] if delta is None else [choice]
    return {"id": name, "object": "chat.completion.chunk", "created": created, "model": MODEL,
            "choices": choices, **more}  # fmt: skip


def _source(citation: Citation, answer: Answer) -> str:
    """Return where a citation stands, with its words where the answer has them in others."""
    quote = f"：“{citation.quote}”" if answer.mode == "generative" else ""
    return f"[{citation.n}] {' · '.join(citation.path)}{quote}"
