"""Lines of an answer as HTML: the headline, quotes with their marks, rows of tables."""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby

from rag.answers import Answer, Citation
from ui.web import links

_MARK = re.compile(r"\[(\d+)\](?=$|；|\[\d)")  # a mark ends a line or a headline, no text has it


def paragraphs(lines: Sequence[str], answer: Answer) -> str:
    """Return lines of an answer as paragraphs, rows that line up as a table."""
    return "".join(
        _rows(same, answer) if is_table else "".join(_paragraph(line, answer) for line in same)
        for is_table, same in runs(lines)
    )


def runs(lines: Sequence[str]) -> Iterator[tuple[bool, list[str]]]:
    """Yield lines that follow each other and whether they are rows that line up, two at least."""
    for cuts, group in groupby(lines, key=lambda line: line.count("\t")):
        same = list(group)
        yield bool(cuts) and len(same) > 1, same


def words(quote: str) -> str:
    """Return words of a document with lines between the cells of a table's row."""
    return escape(quote).replace("\t", "<span class='jw-cut'>│</span>")


def link(citation: Citation | None, mark: str) -> str:
    """Return a mark as a link to the words it stands for; of no citation it stays text."""
    if citation is None:
        return mark
    start, end = citation.focus or (citation.start, citation.end)
    shown = links.cite(citation.document_id, start, end)
    kind = "jw-mark jw-of-cell" if citation.focus else "jw-mark"
    return f"<a class='{kind}' href='{shown}' title='看原文'>{mark}</a>"


def _paragraph(line: str, answer: Answer) -> str:
    """Return a line of the answer; the headline, which is in our own words, stands out."""
    bare = _MARK.sub("", line).replace("；", "、")
    said = (answer.short_answer or "").replace("；", "、")
    headline = said and bare in (said, f"{_place(answer)}：{said}")
    kind = " class='jw-short'" if headline else ""
    cited = {citation.n: citation for citation in answer.citations}
    told = _MARK.sub(lambda m: link(cited.get(int(m[1])), m[0]), _told(line, answer))
    return f"<p{kind}>{told}</p>"


def _told(line: str, answer: Answer) -> str:
    """Return a line; of a row alone the cell that was asked for stands out."""
    for cited in answer.citations:
        if cited.focus and "\t" in line and line.startswith(cited.quote):
            start, end = (at - cited.start for at in cited.focus)
            cell = f"<b class='jw-cell'>{words(line[start:end])}</b>"
            return f"{words(line[:start])}{cell}{words(line[end:])}"
    return words(line)


def _rows(lines: Iterable[str], answer: Answer) -> str:
    """Return rows of a table as a table, the cell that was asked for marked."""
    told = "".join(f"<tr>{_row(line, answer)}</tr>" for line in lines)
    return f"<div class='jw-wide'><table class='jw-rows'>{told}</table></div>"


def _row(line: str, answer: Answer) -> str:
    cited = {citation.n: citation for citation in answer.citations}
    row = _MARK.sub("", line)
    marks = "".join(link(cited.get(int(m[1])), m[0]) for m in _MARK.finditer(line))
    of = next((c for c in answer.citations if c.focus and c.quote == row), None)
    at = of.quote[: of.focus[0] - of.start].count("\t") if of and of.focus else -1
    cells = (
        f"<td class='jw-cell'>{escape(text)}</td>" if n == at else f"<td>{escape(text)}</td>"
        for n, text in enumerate(row.split("\t"))
    )  # fmt: skip
    return f"{''.join(cells)}<td>{marks}</td>"


def _place(answer: Answer) -> str:
    return answer.citations[0].place if answer.citations else ""
