"""What a document is: whose it is, of which year, when and where it was given, and of what kind.

Pages of government sites put menus before the title, and many reports are titled 政府工作报告
alone. Facts are read from the first lines, then the title, then the file's name; `read_from`
says which. What was set by hand is never read again.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from corpus.cleaning import OFFICES
from corpus.documents import Document, DocumentKind
from corpus.figures.numerals import value_of
from corpus.places import find, mentions

BY_HAND = "设定"
NAMES = {"title": "标题", "place": "地区", "plan_year": "年份", "date": "日期", "meeting": "会议",
         "issuer": "发布者", "kind": "类别"}  # fmt: skip

_OPENING_CHARS = 1_000
_HAN = "一-鿿"
_NUMBER = "[一二三四五六七八九十]+"
_AREA = rf"[{_HAN}]{{2,10}}?(?:省|自治区|特别行政区|市|自治州|州|盟|县|区|旗)"
_DATE = (
    r"(?P<year>20\d\d|二[〇○零Ο]二[一二三四五六七八九〇○零])年"
    r"(?P<month>\d{1,2}|[十一二三四五六七八九]{1,2})月(?P<day>\d{1,2}|[十一二三四五六七八九]{1,3})日"
)
_MEETING = re.compile(
    rf"(?:{_DATE})?在(?P<name>(?P<place>{_AREA})第?{_NUMBER}届(?:人民代表大会|人大)(?:第?{_NUMBER}次会议)?)"
)
_SPEAKS_FOR = re.compile(rf"代表({_AREA})(?:人民)?政府")
_REPORT = re.compile(r"政府工作报告|向大会(?:作|做)?(?:报告)?(?:政府)?工作")
_TITLE_YEAR = re.compile(r"(20\d\d)年?(?=[^\n]{0,16}工作报告)|工作报告[^\n]{0,4}(20\d\d)")
_ANY_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_PLANNING = re.compile(
    r"(20\d\d)年[^\n，。；]{0,10}(?:重点工作|工作任务|工作安排|预期目标|总体要求|重点任务|工作总的)"
)
_LOOKING_BACK = re.compile(r"(20\d\d)年(?:[^\n，。]{0,12})?(?:工作)?回顾")
_OFFICE = rf"(?P<office>(?:人民政府)?(?:代理|代)?(?:{OFFICES}))"
_NAME = rf"(?P<who>[{_HAN}](?:[ 　]?[{_HAN}·]){{1,9}})"
_BYLINE = re.compile(rf"(?m)(?:^|[ 　])(?P<of>[{_HAN}]{{0,10}}?){_OFFICE}[ 　]+{_NAME}[ 　]*$")
_CAPTION = re.compile(rf"(?P<of>[{_HAN}]{{0,10}}?){_OFFICE}(?P<who>[{_HAN}·]{{2,10}}?)(?:代表|作)")
_DIGITS = str.maketrans("〇○零Ο一二三四五六七八九", "0000123456789")
_PAGE_DATE = re.compile(rf"{_DATE}|(?P<iso>20\d\d-\d\d-\d\d)")
_KINDS: tuple[tuple[DocumentKind, re.Pattern[str]], ...] = (
    ("work_report", re.compile("工作报告")),
    ("bulletin", re.compile("公报|公告")),
    ("plan", re.compile("规划|纲要|计划|方案")),
)


@dataclass(frozen=True, slots=True)
class _Page:
    """What facts are read from: the first lines, with and without breaks, title, file name.

    `meeting` is the one that a report was given to, as the first lines name it.
    """

    opening: str
    joined: str
    title: str
    name: str
    text: str
    meeting: re.Match[str] | None


def identify(document: Document, name: str = "") -> Document:
    """Return a document with what its text, title and file name say it is.

    `name` is the file's name without its ending. Fields that `read_from` says were set by hand
    stay as they are.
    """
    opening = document.text[:_OPENING_CHARS]
    joined = re.sub(r"\s", "", opening)
    page = _Page(opening, joined, document.title, name, document.text, _MEETING.search(joined))
    kept = set_by_hand(document)
    told: _Told = {}
    for field, read in _READERS.items():
        found = (getattr(document, field), BY_HAND) if field in kept else read(page, told)
        if field in kept or found[0]:
            told[field] = found
    return _with(document, told)


def given(document: Document, facts: Mapping[str, object], name: str = "") -> Document:
    """Return a document with facts that somebody gave, by the fields' names, marked as such.

    What hangs on them, the title of a report say, is read anew.
    """
    if not facts:
        return document
    kept = {field: (getattr(document, field), BY_HAND) for field in set_by_hand(document)}
    told = kept | {field: (value, BY_HAND) for field, value in facts.items()}
    return identify(_with(document, told), name)


def _with(document: Document, told: "_Told") -> Document:
    said = "；".join(f"{NAMES[field]}：{where}" for field, (_, where) in told.items())
    values: dict[str, Any] = {field: value for field, (value, _) in told.items()}
    return replace(document, **values, read_from=said)


def set_by_hand(document: Document) -> set[str]:
    """Return the fields of a document that somebody set."""
    return {field for field, label in NAMES.items() if f"{label}：{BY_HAND}" in document.read_from}


_Told = dict[str, tuple[object, str]]


def _kind(page: _Page, _: _Told) -> tuple[object, str]:
    if _REPORT.search(f"{page.title}\n{page.opening}"):
        return "work_report", "正文"
    for kind, pattern in _KINDS:
        if pattern.search(f"{page.title}{page.name}"):
            return kind, "标题"
    return "", ""


def _meeting(page: _Page, _: _Told) -> tuple[object, str]:
    return (page.meeting["name"], "正文") if page.meeting else ("", "")


def _date(page: _Page, _: _Told) -> tuple[object, str]:
    if page.meeting and page.meeting["year"]:
        return _iso(page.meeting), "正文"
    found = _PAGE_DATE.search(page.opening)
    return (found["iso"] or _iso(found), "网页") if found else ("", "")


def _place(page: _Page, told: _Told) -> tuple[object, str]:
    if page.meeting:
        return _full(page.meeting["place"]), "正文"
    if "kind" not in told:
        return "", ""
    for text, where in ((page.title, "标题"), (page.name, "文件名")):
        if found := mentions(text):
            return found[0].places[0].full if len(found[0].places) == 1 else found[0].text, where
    for text, where in ((page.title, "标题"), (page.name, "文件名")):
        if _is_report(told) and (match := re.match(_AREA, text)):
            return match[0], where
    spoken = _SPEAKS_FOR.search(page.joined)
    return (_full(spoken[1]), "正文") if spoken else ("", "")


def _year(page: _Page, told: _Told) -> tuple[object, str]:
    """Return the year that is planned; a report given in January plans the year it is given in."""
    if found := _TITLE_YEAR.search(f"{page.title}\n{page.opening}"):
        return int(found[1] or found[2]), "标题"
    if "kind" in told and (found := _ANY_YEAR.search(f"{page.title} {page.name}")):
        return int(found[1]), "标题" if found[1] in page.title else "文件名"
    if not _is_report(told):
        return "", ""
    if page.meeting and page.meeting["year"]:
        return int(_iso(page.meeting)[:4]), "正文"
    if planned := _PLANNING.search(page.text):
        return int(planned[1]), "正文"
    back = _LOOKING_BACK.search(page.text)
    return (int(back[1]) + 1, "正文") if back else ("", "")


def _issuer(page: _Page, told: _Told) -> tuple[object, str]:
    place = _known(told, "place")
    if not _is_report(told):
        return "", ""
    if found := _BYLINE.search(page.opening) or _CAPTION.search(page.opening):
        office = found["office"]
        of = place if not found["of"] or not found["of"].startswith(place[:2]) else found["of"]
        return (
            f"{of}{_government(found['of'], of)}{office} {re.sub(r'[ 　]', '', found['who'])}",
            "正文",
        )
    return (f"{place}人民政府", "地区") if place else ("", "")


def _title(page: _Page, told: _Told) -> tuple[object, str]:
    place, year = _known(told, "place"), _known(told, "plan_year")
    if not (_is_report(told) and place):
        return "", ""
    if page.title.startswith(place) and year and year in page.title:
        return page.title, "标题"  # says whose it is and of which year
    return f"{place}{year}{'年' if year else ''}政府工作报告", "正文"


_Read = Callable[[_Page, _Told], tuple[object, str]]
_READERS: dict[str, _Read] = {
    "kind": _kind, "meeting": _meeting, "date": _date, "place": _place, "plan_year": _year,
    "issuer": _issuer, "title": _title,
}  # fmt: skip


def _known(told: _Told, field: str) -> str:
    return str(told[field][0]) if field in told else ""


def _is_report(told: _Told) -> bool:
    return _known(told, "kind") == "work_report"


def _full(name: str) -> str:
    """Return the full name of a place; one that may be two stays as it was said."""
    places = find(name)
    return places[0].full if len(places) == 1 else name


def _government(said: str, of: str) -> str:
    """Return 人民政府 where it was said before the office: 省人民政府省长."""
    return "人民政府" if "人民政府" in said and "人民政府" not in of else ""


def _iso(found: re.Match[str]) -> str:
    year = found["year"].translate(_DIGITS)
    month, day = (int(value_of(found[part])) for part in ("month", "day"))
    try:
        return date(int(year), month, day).isoformat()
    except ValueError:  # 99月99日
        return ""
