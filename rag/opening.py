"""Who gave a report, when and to which meeting: its own first lines, told as they stand.

No reader was taught these; `corpus/identity` reads them for each document.
"""

import re

from corpus.documents import Document, Span
from corpus.structure import outline
from rag.findings import Finding, Quote

_HEAD = 12  # sentences that a report opens with
_OFFICE = "省长|市长|主席|州长|县长|区长|盟长|旗长"
_WHO = re.compile(
    f"(?:{_OFFICE})(?:现在)?(?:是|叫)(?:谁|什么|哪)|谁是[^,，]{{0,6}}(?:{_OFFICE})"
    f"|报告是?(?:由)?谁|谁[^,，]{{0,4}}(?:作|做)[^,，]{{0,3}}报告|哪位(?:{_OFFICE})"
)
_WHEN = re.compile(
    "报告[^,，]{0,8}(?:什么时候|哪一?天|何时|几月几[日号]|哪年哪月)|(?:什么时候|哪一?天|何时)[^,，]{0,4}(?:作|做)[^,，]{0,4}报告"
)
_WHERE = re.compile("报告[^,，]{0,10}(?:哪个会|什么会|哪次会|什么大会)")


def opened(plain: str, document: Document) -> Finding | None:
    """Return who gave a report, when, or to which meeting; None for any other question."""
    if document.kind != "work_report":
        return None
    for asks, told, marks in (
        (_WHO, document.issuer, document.issuer.partition(" ")[2]),
        (_WHERE, document.meeting, "次会议"),
        (_WHEN, document.date, "会议"),
    ):
        if asks.search(plain):
            span = _line(document, marks) if told and marks else None
            return _finding(document, told, span) if span else None
    return None


def _line(document: Document, marks: str) -> Span | None:
    """Return the sentence of the first lines that holds some words, blanks apart."""
    for sentence in outline(document).sentences[:_HEAD]:
        span = Span(sentence.start, sentence.end)
        if marks in re.sub(r"\s", "", span.of(document.text)):
            return span
    return None


def _finding(document: Document, told: str, span: Span) -> Finding:
    """Return the answer: a date as the line writes it, else as it was read."""
    line = span.of(document.text)
    written = re.search(r"20\d\d年\d{1,2}月\d{1,2}日|二[〇○零]二.年.{1,3}月.{1,4}日", line)
    short = written[0] if written and told[:4].isdecimal() else told
    return Finding(short, (Quote(document, (), span),), short)
