"""Questions about the report itself (分哪几个方面, 有哪些重点工作, 总结一下): its own headings.

No sentence answers these; the outline does.
"""

import re
from collections.abc import Sequence

from corpus.documents import Document, Section, Span
from corpus.structure import outline
from rag.findings import Finding, Quote
from rag.language.matching import holds
from rag.questions import GENERIC, content_words
from rag.years import without_years

_ABOUT = re.compile(r"报告|全文|文件|重点工作|重点任务|工作(?:安排|部署|任务|回顾)|主要任务")
_ASKS = re.compile(
    r"(?:分|有|包括|讲|写|谈|提)[成为了出到]*(?:哪|几)[几个些大]*(?:方面|部分|板块|大块|章(?!程))"
    r"|(?:重点|主要)(?:工作|任务)(?:都|安排)?(?:有|是|包括|怎么安排)?(?:哪|什么|$)"
    r"|哪[些几][个项大]*(?:重点|主要)(?:工作|任务)|(?:总结|概括|归纳|梳理)(?:一下|下|全文|报告|$)"
    r"|(?:主要|大概|大致|都|到底)?(?:讲|说|写)了?(?:些|的是|的)?(?:什么|哪些)$"
    r"|主要内容|大纲|目录|框架|结构"
)
_PLANS = re.compile(r"重点工作|主要任务|目标任务|工作(?:安排|部署|任务)|重点任务")
_NUMBER = re.compile(
    r"^(?:[(（]?[一二三四五六七八九十]+[)）、]|\d+[.．、]|第[一二三四五六七八九十]+[章节部分]+)\s*"
)
_MOST, _FITS = 15, 0.6


def outlined(plain: str, document: Document) -> Finding | None:
    """Return the headings of the part that a question is about; None for any other question."""
    if not (_ABOUT.search(plain) and _ASKS.search(plain.rstrip(" ?？"))):
        return None
    sections = outline(document).sections
    topic = _topic(plain, document)
    above = _named(topic, sections) if topic else _planning(plain, sections)
    shown = _below(sections, above)[:_MOST] if above or not topic else []
    if len(shown) < 2:
        return None
    quotes = tuple(_quote(document, section, above) for section in shown)
    return Finding("；".join(_NUMBER.sub("", section.heading) for section in shown), quotes)


def _topic(plain: str, document: Document) -> list[str]:
    """Return the words that say which part of the report is meant."""
    left = without_years(_ABOUT.sub(" ", _ASKS.sub(" ", plain.rstrip(" ?？"))))
    words = content_words(left)
    return [w for w in words if w not in GENERIC and len(w) > 1 and not holds(document.title, w)]


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
