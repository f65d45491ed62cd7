"""A conversation as Markdown: questions, answers, and the words each rests on."""

import re
from collections.abc import Sequence
from datetime import datetime

from rag.answers import Answer
from ui.web.chat import Said
from ui.web.render import label

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|!])")


def markdown(said: Sequence[Said], now: datetime) -> str:
    """Return the conversation as a Markdown document; all text is escaped, marks stay."""
    parts = [f"# 津问问答记录\n\n导出时间：{now:%Y-%m-%d %H:%M}。引文以官方发布的文本为准。"]
    for turn in said:
        parts.append(f"## {_plain(turn.question)}")
        parts.append(_answer(turn.answer) if turn.answer else _plain(turn.error))
    return "\n\n".join(parts) + "\n"


def _answer(answer: Answer) -> str:
    told_by = label(answer) if answer.answered else "没有答案"
    told = "\n\n".join(_plain(line) for line in answer.answer.splitlines())
    shown = answer.citations if answer.answered else answer.related
    quotes = [
        f"> \\[{c.n}\\] {_plain(c.quote)}\n>\n> —— {_plain(' · '.join(c.path))}，"
        f"第 {c.start}—{c.end} 字"
        for c in shown
    ]
    version = f"（索引版本 {answer.index_version}）" if answer.index_version else ""
    return "\n\n".join([f"【{told_by}】{version}", told, *quotes])


def _plain(text: str) -> str:
    cells = text.replace("\t", " │ ")  # of a table's row
    return _SPECIAL.sub(r"\\\1", " ".join(cells.split()))
