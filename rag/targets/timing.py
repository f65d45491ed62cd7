"""Which year a sentence or clause of a report speaks of: is it done or yet to be reached.

Most reports say it in their headings; others only in the sentence that opens a part (五年来, 今年
是“十五五”开局之年), and it holds until another one says otherwise.
"""

import re
from collections.abc import Iterator

from corpus.documents import Document, Sentence
from corpus.structure import outline
from rag.years import plan_year

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年|[^一-鿿\d.%]|$)")
# A year that something is measured from, or that is part of a title.
_SINCE = re.compile(r"(?:[比较从由自]|相比|基于|始于|—)(?:19|20)\d\d年?|《[^》]*》")
_PERIOD = re.compile("第?十([一二三四五六七八九])(?:五|个五年)")
_BACK = re.compile(
    r"回顾|过去(?:的)?(?:[一五]年|20\d\d年)|(?<!今后)[一五]年(?:来|间)|这五年|是[^，。]{2,30}的五年"
    r"|去年|上年|主要成绩|发展成[就绩]|工作总结|圆满收官|收官之年"
)
_AHEAD = re.compile(
    r"预期目标|主要目标|目标任务|重点(?:工作|任务)|工作安排|开局之年|今后五年|民生实事$"
)
_NEXT_YEARS = re.compile("[今未][后来]五年|^[^，。]{0,5}第?十[一二三四五六七八九](?:五|个五年)")
_THIS_YEAR = re.compile(r"今年|(?<![一二两三五半])年内")
_LAST_YEAR = re.compile(r"^(?:去年|上年)")
_LEADS = re.compile(r"[^，。]{0,3}(?:19|20)\d\d年(?!版)")
_DONE = re.compile(r"^[^，\d]{0,8}已(?:经)?[建完达实开有累超]|^目前|^截至")
_UNTIL = re.compile(r"[到至].{0,1}20\d\d年|力争|目标|将|要")
_LEAD = 30  # characters in which a sentence says what time its part is about


def timed(document: Document) -> Iterator[tuple[Sentence, int | None]]:
    """Yield the sentences of a document, each with the year it speaks of, None if no report."""
    plan = plan_year(document)
    state = plan or 0
    for sentence in outline(document).sentences:
        text = document.text[sentence.start : sentence.end]
        if plan is None:
            yield sentence, None
            continue
        if sentence.start:  # the first line is the title
            state = _cue(text[:_LEAD], plan) or state
        yield sentence, _under(sentence.section, plan) or state


def year_of(clause: str, sentence: str, around: int, plan: int) -> int:
    """Return the year a clause speaks of, `around` being that of its part of the report."""
    named = _named(clause, around, plan)
    if named is None and _LEADS.match(sentence):
        named = _named(sentence[:_LEAD], around, plan)
    if named is not None:
        return named
    if _THIS_YEAR.search(clause):
        return plan if around >= plan or "今年" in clause else around
    if around >= plan and (_DONE.search(clause) or _LAST_YEAR.search(clause)):
        return plan - 1
    return around


def _named(text: str, around: int, plan: int) -> int | None:
    """Return the year a text names as its own; one in passing is not believed."""
    years = [int(year) for year in _YEAR.findall(_SINCE.sub("", text))]
    if not years:
        return None
    believed = _LEADS.match(text) or (years[-1] >= plan) == (around >= plan)
    return years[-1] if believed or (years[-1] >= plan and _UNTIL.search(text)) else None


def _under(section: tuple[str, ...], plan: int) -> int | None:
    """Return the year that the headings name, innermost first, if they name it without doubt."""
    for heading in reversed(section):
        if _YEAR.search(heading) and (year := _cue(heading, plan)):
            return year
    return None


def _cue(text: str, plan: int) -> int | None:
    """Return the year that a heading or the lead of a sentence turns to; None if it tells none."""
    if "今年" in text:
        return plan
    ends = [2005 + 5 * "零一二三四五六七八九".index(n) for n in _PERIOD.findall(text)]
    years = [int(year) for year in _YEAR.findall(text)] + ends
    back = bool(_BACK.search(text)) or any(year < plan for year in years)
    ahead = bool(_AHEAD.search(text)) or any(year >= plan for year in years)
    if back or plan in years:
        return None if back and ahead else plan - back
    if _NEXT_YEARS.search(text):
        return max(ends, default=plan + 4)
    return plan if ahead and not years else None
