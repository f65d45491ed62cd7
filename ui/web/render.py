"""Answers as HTML. Pure functions; every text that comes from outside is escaped here."""

import re
from collections.abc import Iterable, Mapping
from html import escape

from corpus.documents import Document
from rag.answers import Answer, Citation

_AROUND = 160  # characters of context on each side of a quote
_MARK = re.compile(r"\[(\d+)\](?=$|；|\[\d)")  # a mark ends a line or a headline, no text has it
_EMPTY = "<p class='jw-hint'>提问后，这里会列出答案依据的原文，并标出它在报告中的位置。</p>"


def message(answer: Answer) -> str:
    """Return the chat message of an answer or a refusal; [n] becomes a link to its card."""
    shown = "".join(_paragraph(line, answer) for line in answer.answer.splitlines())
    told = _understood(answer)
    if not answer.answered:
        return f"<div class='jw-refusal'>{told}{shown}</div>"
    return f"<div class='jw-answer'>{told}<span class='jw-label'>原文摘录</span>{shown}</div>"


def _paragraph(line: str, answer: Answer) -> str:
    """Return a line of the answer; the headline, which is in our own words, stands out."""
    bare = _MARK.sub("", line).replace("；", "、")
    headline = answer.short_answer and bare == answer.short_answer.replace("；", "、")
    kind = " class='jw-short'" if headline else ""
    return f"<p{kind}>{_linked(line)}</p>"


def _understood(answer: Answer) -> str:
    """Return how a question was understood, where that is not as it was typed."""
    if answer.resolved_question == answer.question.strip():
        return ""
    return f"<p class='jw-understood'>理解为：{escape(answer.resolved_question)}</p>"


def partial_messages(answer: Answer) -> Iterable[str]:
    """Yield the message as it grows line by line; the last one is `message(answer)`."""
    lines = answer.answer.splitlines() if answer.answered else []
    for count in range(1, len(lines)):
        yield "".join(f"<p>{escape(line)}</p>" for line in lines[:count])
    yield message(answer)


def notice(text: str) -> str:
    """Return a message about something that went wrong."""
    return f"<div class='jw-refusal'><p>{escape(text)}</p></div>"


def title(documents: Iterable[tuple[str, str]]) -> str:
    """Return the head of the page; `documents` are titles and notes."""
    listed = [f"《{escape(name)}》" + (f"（{escape(note)}）" if note else "")
              for name, note in documents]  # fmt: skip
    shown = "、".join(listed[:3]) + (f" 等 {len(listed)} 份文档" if len(listed) > 3 else "")
    about = f"依据{shown}作答，句句有出处；以官方发布为准。" if listed else "还没有收录任何文档。"
    return f"<h1>津问</h1><p>{about}</p>"


def cards(answer: Answer | None, documents: Mapping[str, Document]) -> str:
    """Return the evidence pane: a card for each citation, or for what is near a refusal."""
    if answer is None:
        return _EMPTY
    if answer.answered:
        heading, shown = "依据的原文", answer.citations
    else:
        heading, shown = "最接近的原文（不是答案）", answer.related
    if not shown:
        return _EMPTY
    body = "".join(_card(citation, documents[citation.document_id].text) for citation in shown)
    return f"<h2 class='jw-heading'>{heading}</h2>{body}"


def _card(citation: Citation, text: str) -> str:
    before, after = _around(citation, text)
    place = " › ".join((citation.title, *citation.section))
    paragraph = text.count("\n", 0, citation.start) + 1
    return (
        f"<article class='jw-card' id='cite-{citation.n}' tabindex='-1'>"
        f"<header><b>[{citation.n}]</b> {escape(place)}</header>"
        f"<p>{escape(before)}<mark>{escape(citation.quote)}</mark>{escape(after)}</p>"
        f"<footer>第 {paragraph} 行，第 {citation.start}–{citation.end} 字"
        f"（{escape(citation.document_id)}）</footer></article>"
    )


def _around(citation: Citation, text: str) -> tuple[str, str]:
    """Return the text before and after a quote inside its paragraph, in whole sentences."""
    before = text[max(0, citation.start - _AROUND) : citation.start].rpartition("\n")[2]
    after = text[citation.end : citation.end + _AROUND].partition("\n")[0]
    if len(before) == _AROUND:
        before = "…" + before.partition("。")[2]
    if len(after) == _AROUND:
        after = after[: after.rfind("。") + 1] + "…"
    return before, after


def _linked(line: str) -> str:
    return _MARK.sub(r"<a class='jw-mark' href='#cite-\1'>[\1]</a>", escape(line))
