"""Questions about the report itself (分哪几个方面, 有哪些重点工作, 总结一下): its own headings.

No sentence answers these; the outline does. What asks about the whole report is told by what is
left when the words of asking about one are taken away: nothing.
"""

import re
from collections.abc import Sequence
from functools import cache

from corpus.documents import Document, Section, Span
from corpus.structure import outline
from index.folding import fold
from rag.findings import Finding, Quote
from rag.language.matching import holds
from rag.language.wordlists import wordlist
from rag.questions import GENERIC, content_words
from rag.years import is_report, without_years

_ABOUT = re.compile(r"报告|全文|文件|重点工作|重点任务|工作(?:安排|部署|任务|回顾)|主要任务")
_ASKS = re.compile(
    r"(?:分|有|包括|讲|写|谈|提)[成为了出到]*(?:哪|几)[几个些大]*(?:方面|部分|板块|大块|章(?!程))"
    r"|(?:重点|主要)(?:工作|任务)(?:都|安排)?(?:有|是|包括|怎么安排)?(?:哪|什么|$)"
    r"|哪[些几][个项大]*(?:重点|主要)(?:工作|任务)|(?:总结|概括|归纳|梳理)(?:一下|下|全文|报告|$)"
    r"|(?:主要|大概|大致|都|到底)?(?:讲|说|写)了?(?:些|的是|的)?(?:什么|哪些)$"
    r"|主要内容|大纲|目录|框架|结构"
)
_DUTIES = r"重点[要得会]?[干抓做办]好?(?:些|哪|什么|啥|几)"  # 重点要干哪些事
_PLANS = re.compile(rf"重点工作|主要任务|目标任务|工作(?:安排|部署|任务)|重点任务|{_DUTIES}")
_NUMBER = re.compile(
    r"^(?:[(（]?[一二三四五六七八九十]+[)）、]|\d+[.．、]|第[一二三四五六七八九十]+[章节部分]+)\s*"
)
# These ask about the whole by themselves, the others only with the word for the report.
_WHOLE = re.compile(
    r"总结|概括|归纳|梳理|概述|概要|大意|目录|大纲|提纲|框架|要点|看点|(?:主要|核心)(?:内容|工作|任务)"
    rf"|重点(?:工作|任务|内容)|工作(?:重点|要点)|{_DUTIES}"
)
_LOOSE = re.compile(
    r"[讲说写谈提]|介绍|内容|重点|结构|[分有].*(?:部分|方面|章|节|板块|块)|有(?:什么|啥|哪些)"
)
_MOST, _FITS = 15, 0.6


def asks_whole(text: str) -> bool:
    """Tell whether a question asks what a report says as a whole: 总结一下, 报告讲了什么."""
    told = fold(text)
    if not (_WHOLE.search(told) or (_ABOUT.search(told) and _LOOSE.search(told))):
        return False
    return not re.search(r"\w", _idle().sub("", without_years(told)))


@cache
def _idle() -> re.Pattern[str]:
    return re.compile("|".join(sorted(wordlist("outline"), key=len, reverse=True)))


def outlined(plain: str, document: Document, whole: bool = False) -> Finding | None:
    """Return the headings of the part that a question is about; None for any other question.

    One about the `whole` report has no part of its own, but may ask for what is planned.
    """
    if not whole and not (_ABOUT.search(plain) and _ASKS.search(plain.rstrip(" ?？"))):
        return None
    sections = outline(document).sections
    topic = [] if whole else _topic(plain, document)
    above = _named(topic, sections) if topic else _planning(plain, sections)
    parts = _below(sections, above) if above or not topic else []
    if len(parts) < 2:
        return None
    shown = parts[:_MOST]
    return Finding(
        "；".join(_NUMBER.sub("", section.heading) for section in shown),
        tuple(_quote(document, section, above) for section in shown),
        lead=_lead(document, above, len(parts)),
    )


def _lead(document: Document, above: Section | None, count: int) -> str:
    """Return the line above the headings: of what they are the parts, and how many there are."""
    rest = f"，先列前 {_MOST} 块" if count > _MOST else ""
    if above:
        return f"“{_NUMBER.sub('', above.heading)}”分 {count} 块{rest}："
    kind = "报告" if is_report(document) else "这份文档"
    # Of an excerpt nobody can tell how many parts the whole has.
    told = f"收录的这一部分{kind}" if document.note else kind
    return f"{told}分 {count} 块{rest}："


def _topic(plain: str, document: Document) -> list[str]:
    """Return the words that say which part of the report is meant."""
    left = without_years(_ABOUT.sub(_kept, _ASKS.sub(" ", plain.rstrip(" ?？"))))
    words = content_words(left)
    return [w for w in words if w not in GENERIC and len(w) > 1 and not holds(document.title, w)]


def _kept(about: re.Match[str]) -> str:
    return " 回顾 " if "回顾" in about[0] else " "


def _named(topic: Sequence[str], sections: Sequence[Section]) -> Section | None:
    """Return the section whose heading a question names."""

    def fit(section: Section) -> float:
        return sum(holds(section.heading, word) for word in topic) / len(topic)

    parents = [section for section in sections if len(_below(sections, section)) > 1]
    best = max(parents, key=lambda s: (fit(s), -s.level), default=None)
    return best if best and fit(best) >= _FITS else None


def _planning(plain: str, sections: Sequence[Section]) -> Section | None:
    """Return the section that plans, for a question about what is planned."""
    planned = [s for s in sections if _PLANS.search(s.heading) and len(_below(sections, s)) > 1]
    return planned[-1] if planned and _PLANS.search(plain) else None


def _below(sections: Sequence[Section], above: Section | None) -> list[Section]:
    """Return the highest headings under a section, or of the whole document, two at least."""
    under = [s for s in sections if above is None or (above.start < s.start and s.end <= above.end)]
    levels = ([s for s in under if s.level == level] for level in sorted({s.level for s in under}))
    return next((found for found in levels if len(found) > 1), [])


def _quote(document: Document, section: Section, above: Section | None) -> Quote:
    span = Span(section.start, section.body).stripped(document.text, "#。 \n\r\t　")
    return Quote(document, (above.heading,) if above else (), span)
