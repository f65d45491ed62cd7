"""A conversation as Markdown: questions, answers, and the words each rests on."""

import re
from collections.abc import Sequence
from datetime import datetime

from rag.answers import Answer, Citation
from ui.web.chat import Said
from ui.web.render import label

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|!])")


def markdown(said: Sequence[Said], now: datetime) -> str:
    """Return the conversation as a Markdown document; all text is escaped, marks stay."""
    parts = [f"# 津问问答记录\n\n{dated(now)}"]
    for turn in said:
        parts.append(f"## {_plain(turn.question)}")
        parts.append(_answer(turn.answer) if turn.answer else _plain(turn.error))
    return "\n\n".join(parts) + "\n"


def dated(now: datetime) -> str:
    """Return the line that says when a conversation was saved."""
    return f"导出时间：{now:%Y-%m-%d %H:%M}。引文以官方发布的文本为准。"


def told_by(answer: Answer) -> str:
    """Return how an answer came about, with the index it came from; "" for small talk."""
    if answer.refusal == "small_talk":
        return ""
    version = f"（索引版本 {answer.index_version}）" if answer.index_version else ""
    return f"【{label(answer) if answer.answered else '没有答案'}】{version}"


def understood(answer: Answer) -> str:
    """Return how a question was understood, "" where that is as it was asked."""
    return f"理解为：{answer.resolved_question}" if answer.is_reworded else ""


def shown(answer: Answer) -> Sequence[Citation]:
    """Return what is quoted under an answer: its citations, or what is near to a refusal."""
    return answer.citations if answer.answered else answer.related


def source(citation: Citation) -> str:
    """Return where a quote stands: document, headings, page, characters."""
    return f"{' · '.join(citation.path)}，第 {citation.start}—{citation.end} 字"


def _answer(answer: Answer) -> str:
    told = [_plain(line) for line in answer.answer.splitlines()]
    quotes = [
        f"> \\[{c.n}\\] {_plain(c.quote)}\n>\n> —— {_plain(source(c))}" for c in shown(answer)
    ]
    heads = [_plain(understood(answer)), told_by(answer)]
    return "\n\n".join([*filter(None, heads), *told, *quotes])


def _plain(text: str) -> str:
    cells = text.replace("\t", " │ ")  # of a table's row
    return _SPECIAL.sub(r"\\\1", " ".join(cells.split()))
