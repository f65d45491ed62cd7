"""Answers as HTML. Pure functions; every text that comes from outside is escaped here."""

import re
from collections.abc import Callable, Iterable, Sequence
from html import escape
from string import punctuation

from rag.answers import Answer, Citation, Mode, Refusal
from ui.web import links

_MARK = re.compile(r"\[(\d+)\](?=$|；|\[\d)")  # a mark ends a line or a headline, no text has it
LABELS: dict[Mode, str] = {"extractive": "原文摘录", "generative": "AI 生成，请核对原文"}
_REASONS: dict[Refusal, str] = {
    "not_in_documents": "报告里没有写", "no_such_figure": "报告没有给出这个细节",
    "other_year": "报告没有这一年的数据", "off_topic": "和报告无关",
    "unsafe": "不在服务范围内", "bad_question": "问题需要改一下",
}  # fmt: skip

Place = Callable[[Citation], str]


def message(answer: Answer, place: Place, more: Sequence[str] = ()) -> str:
    """Return the chat message of an answer or a refusal.

    `place` tells where a citation stands; `more` are questions to go on with.
    """
    shown = "".join(_paragraph(line, answer) for line in answer.answer.splitlines())
    told, further = _understood(answer), _offered(answer, more)
    if not answer.answered:
        return (
            f"<div class='jw-refusal'>{told}{_badge(answer)}{shown}"
            f"{_near(answer, place)}{further}</div>"
        )
    label = f"<span class='jw-label jw-{answer.mode}'>{LABELS[answer.mode]}</span>"
    warned = "".join(f"<p class='jw-quiet'>{escape(w)}</p>" for w in answer.warnings)
    sources = "".join(_source(citation, place) for citation in answer.citations)
    return (
        f"<div class='jw-answer'>{told}{label}{shown}{warned}"
        f"<ul class='jw-sources'>{sources}</ul>{further}</div>"
    )


def partial_messages(answer: Answer, whole: str) -> Iterable[str]:
    """Yield the message as it grows line by line; the last one is `whole`."""
    lines = answer.answer.splitlines() if answer.answered else []
    for count in range(1, len(lines)):
        yield "".join(f"<p>{escape(line)}</p>" for line in lines[:count])
    yield whole


def notice(text: str) -> str:
    """Return a message about something that went wrong."""
    return f"<div class='jw-refusal'><p>{escape(text)}</p></div>"


def literal(text: str) -> str:
    """Return what a visitor typed so that neither HTML nor Markdown sees anything in it."""
    return "".join(f"&#{ord(c)};" if c in punctuation else c for c in text).replace("\n", "<br>")


def _paragraph(line: str, answer: Answer) -> str:
    """Return a line of the answer; the headline, which is in our own words, stands out."""
    bare = _MARK.sub("", line).replace("；", "、")
    headline = answer.short_answer and bare == answer.short_answer.replace("；", "、")
    kind = " class='jw-short'" if headline else ""
    cited = {citation.n: citation for citation in answer.citations}
    return f"<p{kind}>{_MARK.sub(lambda m: _link(cited.get(int(m[1])), m[0]), escape(line))}</p>"


def _link(citation: Citation | None, mark: str) -> str:
    if citation is None:
        return mark
    shown = links.cite(citation.document_id, citation.start, citation.end)
    return f"<a class='jw-mark' href='{shown}' title='看原文'>{mark}</a>"


def _understood(answer: Answer) -> str:
    """Return how a question was understood, where that is not as it was typed, open to change."""
    if answer.resolved_question == answer.question.strip():
        return ""
    return (
        f"<p class='jw-understood'>理解为：{escape(answer.resolved_question)} "
        f"<a href='{links.edit(answer.resolved_question)}'>改一改</a></p>"
    )


def _badge(answer: Answer) -> str:
    reason = _REASONS[answer.refusal] if answer.refusal else "没有答案"
    return f"<span class='jw-label jw-no'>{reason}</span>"


def _source(citation: Citation, place: Place) -> str:
    copied = links.copy(citation.document_id, citation.start, citation.end)
    return f"<li>[{citation.n}] {escape(place(citation))} <a href='{copied}'>复制引文</a></li>"


def _near(answer: Answer, place: Place) -> str:
    """Return the passages near a refusal, each with a link to its place."""
    if not answer.related:
        return ""
    items = "".join(
        f"<li>{escape(c.quote)}{_link(c, f'[{c.n}]')}<br><small>{escape(place(c))}</small></li>"
        for c in answer.related
    )
    return (
        "<details class='jw-near' open><summary>最接近的原文（不是答案）</summary>"
        f"<ul>{items}</ul></details>"
    )


def _offered(answer: Answer, more: Sequence[str]) -> str:
    """Return questions that the documents answer, to be asked with a click, and the permalink."""
    items = "".join(f"<li><a href='{links.ask(q)}'>{escape(q)}</a></li>" for q in more)
    said = "还可以问" if answer.answered else "可以换成这样问"
    offered = f"<p class='jw-quiet'>{said}：</p><ul class='jw-more'>{items}</ul>" if items else ""
    link = links.permanent(answer.resolved_question)
    return f"{offered}<p class='jw-quiet'><a href='{link}'>本问链接</a></p>"
