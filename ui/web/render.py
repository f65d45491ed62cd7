"""Answers as HTML. Pure functions; every text that comes from outside is escaped here."""

from collections.abc import Callable, Sequence
from html import escape
from string import punctuation

from index.scope import EVERYTHING, Scope
from rag.answers import Answer, Citation, Mode, Refusal
from ui.web import links
from ui.web.lines import link, paragraphs, words
from ui.web.tabling import table_of

_GENERATED = "以下内容由人工智能生成（{}），仅供参考，以政府工作报告原文为准"
_REASONS: dict[Refusal, str] = {
    "not_in_documents": "报告里没有写", "no_such_figure": "报告没有给出这个细节",
    "other_year": "报告没有这一年的数据", "off_topic": "和报告无关",
    "no_such_report": "没有这份报告", "which_place": "请说明是哪个地方",
    "which_report": "请说明是哪个地方", "out_of_scope": "所选范围里没有报告",
    "unsafe": "不在服务范围内", "bad_question": "问题需要改一下",
}  # fmt: skip

_LINES = 6  # reports told line by line; of more, the table tells
_QUOTES = 3  # shown under a headline before the rest is folded

Place = Callable[[Citation], str]


def message(
    answer: Answer, place: Place, more: Sequence[str] = (), scope: Scope = EVERYTHING
) -> str:
    """Return the chat message of an answer or a refusal.

    `place` tells where a citation stands; `more` are questions to go on with; `scope` is what was
    asked of.
    """
    shown = _shown(answer, scope)
    told, further = _understood(answer), _offered(answer, more)
    if answer.refusal == "small_talk":  # neither an answer of a report nor a refusal
        return f"<div class='jw-answer jw-talk'>{shown}{further}</div>"
    if not answer.answered:
        return (
            f"<div class='jw-refusal'>{told}{_badge(answer)}{shown}"
            f"{_near(answer, place)}{further}</div>"
        )
    told_by = f"<span class='jw-label jw-{answer.mode}'>{escape(label(answer))}</span>"
    warned = "".join(f"<p class='jw-quiet'>{escape(w)}</p>" for w in answer.warnings)
    sources = "".join(_source(citation, place, answer.mode) for citation in answer.citations)
    return (
        f"<div class='jw-answer'>{told}{told_by}{shown}{warned}"
        f"{_sources(answer, sources)}{further}</div>"
    )


def _shown(answer: Answer, scope: Scope) -> str:
    """Return the lines of an answer; of one over many reports the headline and the table."""
    lines = answer.answer.splitlines()
    if answer.table and len(answer.table.rows) > _LINES:
        return f"{paragraphs([_short(answer)], answer)}{table_of(answer, scope)}"
    return f"{_folded(lines, answer)}{table_of(answer, scope)}"


def _folded(lines: Sequence[str], answer: Answer) -> str:
    """Return the lines, those behind the headline and the first quotes folded away."""
    first = 0 if answer.short_answer is None else 1
    head, rest = lines[: first + _QUOTES], lines[first + _QUOTES :]
    if answer.table or len(rest) < 2:  # one more line is shorter than the word that hides it
        return paragraphs(lines, answer)
    return (
        f"{paragraphs(head, answer)}<details class='jw-evidence'><summary>还有 {len(rest)} 处原文"
        f"</summary>{paragraphs(rest, answer)}</details>"
    )


def _short(answer: Answer) -> str:
    """Return the headline of a long table: how many reports say it, and the first of them."""
    assert answer.table is not None
    rows = answer.table.rows
    if all(row.low is None for row in rows):
        names = "、".join(row.place for row in rows)
        return f"{len(rows)} 份报告写到“{rows[0].value}”：{names}"
    first = "、".join(f"{row.place}{row.value}" for row in rows[:3])
    return f"{len(rows)} 份报告给出：{first}……"


def _sources(answer: Answer, sources: str) -> str:
    """Return where the citations stand, folded where they are many."""
    listed = f"<ul class='jw-sources'>{sources}</ul>"
    if len(answer.citations) <= _QUOTES:
        return listed
    summary = f"<summary>出处（{len(answer.citations)}）</summary>"
    return f"<details class='jw-near'>{summary}{listed}</details>"


def label(answer: Answer) -> str:
    """Return how an answer came about; what a model wrote says so wherever it is shown or saved."""
    return "原文摘录" if answer.mode == "extractive" else _GENERATED.format(answer.model)


def writing(shown: str, model: str) -> str:
    """Return a message with the remark that a model is about to word it."""
    return f"{shown}<p class='jw-quiet jw-writing'>正在用语言模型（{escape(model)}）组织语言…</p>"


def notice(text: str) -> str:
    """Return a message about something that went wrong."""
    return f"<div class='jw-refusal'><p>{escape(text)}</p></div>"


def literal(text: str) -> str:
    """Return what a visitor typed so that neither HTML nor Markdown sees anything in it."""
    return "".join(f"&#{ord(c)};" if c in punctuation else c for c in text).replace("\n", "<br>")


def _understood(answer: Answer) -> str:
    """Return how a question was understood, where that is not as it was typed, open to change."""
    if not answer.is_reworded:
        return ""
    return (
        f"<p class='jw-understood'>理解为：{escape(answer.resolved_question)} "
        f"<a href='{links.edit(answer.resolved_question)}'>改一改</a></p>"
    )


def _badge(answer: Answer) -> str:
    reason = _REASONS[answer.refusal] if answer.refusal else "没有答案"
    return f"<span class='jw-label jw-no'>{reason}</span>"


def _source(citation: Citation, place: Place, mode: Mode) -> str:
    """Return where a citation stands, and its words when the answer does not have them."""
    copied = links.copy(citation.document_id, citation.start, citation.end)
    quote = f"<br>原文：{words(citation.quote)}" if mode == "generative" else ""
    where = escape(place(citation))
    return f"<li>[{citation.n}] {where} <a href='{copied}'>复制引文</a>{quote}</li>"


def _near(answer: Answer, place: Place) -> str:
    """Return the passages near a refusal, each with a link to its place."""
    if not answer.related:
        return ""
    items = "".join(
        f"<li>{words(c.quote)}{link(c, f'[{c.n}]')}<br><small>{escape(place(c))}</small></li>"
        for c in answer.related
    )
    return (
        "<details class='jw-near' open><summary>最接近的原文（不是答案）</summary>"
        f"<ul>{items}</ul></details>"
    )


def _offered(answer: Answer, more: Sequence[str]) -> str:
    """Return questions that the documents answer, to be asked with a click, and the permalink."""
    items = "".join(f"<li><a href='{links.ask(q)}'>{escape(q)}</a></li>" for q in more)
    talk = answer.refusal == "small_talk"
    said = "还可以问" if answer.answered else "可以这样问" if talk else "可以换成这样问"
    offered = f"<p class='jw-quiet'>{said}：</p><ul class='jw-more'>{items}</ul>" if items else ""
    if talk:
        return offered
    link = links.permanent(answer.resolved_question)
    return f"{offered}<p class='jw-quiet'><a href='{link}'>本问链接</a></p>"
