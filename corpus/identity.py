"""What a work report calls itself: whose it is and of which year, from its first lines.

Pages of government sites put menus before the title, and many reports are titled 政府工作报告
alone. A question about 贵州 can only be told from one about 广东 if the title says whose it is.
"""

import re

_OPENING_CHARS = 1_000
_REPORT = re.compile(r"政府工作报告|人民政府工作报告|[向]大会(?:作|做)?(?:报告)?(?:政府)?工作")
_AREA = r"[一-鿿]{2,10}?(?:省|自治区|特别行政区|市|自治州|州|盟|县|区|旗)"
_WHOSE = (
    re.compile(rf"在({_AREA})第?[一二三四五六七八九十]+届(?:人民代表大会|人大)"),
    re.compile(rf"代表({_AREA})(?:人民)?政府"),
    re.compile(rf"^({_AREA})"),
)
_YEARS = (
    re.compile(r"(20\d\d)年?(?=[^\n]{0,12}工作报告)"),
    re.compile(r"(20\d\d)年\d{1,2}月\d{1,2}日"),
)
_PLANNING = re.compile(
    r"(20\d\d)年[^\n，。；]{0,10}(?:重点工作|工作任务|工作安排|预期目标|总体要求|重点任务|工作总的)"
)
_LOOKING_BACK = re.compile(r"(20\d\d)年(?:[^\n，。]{0,12})?(?:工作)?回顾")


def report_title(text: str, found: str, name: str) -> str:
    """Return the title of a work report with place and year; `found` as it is for other texts.

    `found` is the title line, "" if there is none, `name` the file's name without its ending.
    """
    opening = text[:_OPENING_CHARS]
    if not _REPORT.search(f"{found}\n{opening}"):
        return found
    place = _place(opening, name)
    if not place or place in found:
        return found
    year = _year(f"{name}工作报告\n{opening}", text)
    return f"{place}{year}年政府工作报告" if year else f"{place}政府工作报告"


def _place(opening: str, name: str) -> str:
    joined = re.sub(r"\s", "", opening)  # a line may break in 第十四届\n人民代表大会
    first, second, third = _WHOSE
    match = first.search(joined) or third.search(name) or second.search(joined)
    return match[1] if match else ""


def _year(opening: str, text: str) -> str:
    for pattern in _YEARS:
        if match := pattern.search(opening):
            return match[1]
    if planned := _PLANNING.search(text):
        return planned[1]
    match = _LOOKING_BACK.search(text)
    return str(int(match[1]) + 1) if match else ""
