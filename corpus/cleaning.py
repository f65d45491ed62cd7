"""What is report and what is the page around it; nothing is rewritten, lines are only left out.

Furniture is known by its words near both ends of a page. A work report begins with its title, the
meeting, who speaks and 各位代表: what else stands before that is the page's, and so is all from a
line (相关报道, 责任编辑) with which pages of reports end.
"""

import re

from corpus.documents import Span

_EDGE = 12  # furniture stands in the first and last dozen lines of a saved page

_FURNITURE = re.compile(
    r"""^(?:
    (?:网站)?导航(?:菜单)? | 首页 | 当前位置.* | 您(?:现在)?(?:所在)?的?位置.* |
    [【\[]?字[体号][:：大中小\s\[\]】]* | 下载 | 全屏 | 收藏 | 加大 | 还原 | 减小 | [【】>|×] |
    打印(?:本页)? | 关闭(?:窗口|本页)? | 返回(?:顶部|首页) |
    分享 | 分享[到至]\s*[:：]?.{0,20} | 扫一扫.{0,30} | [上下]一[篇条页]\s*[:：]?.{0,60} |
    相关(?:阅读|链接|文章|推荐|新闻).{0,40} | (?:责任编辑|责编|编辑)\s*[:：].{0,30} |
    [(（]?(?:信息|文章)?来源\s*[:：].{0,40} | 发布(?:时间|日期|机构)\s*[:：].{0,40} |
    (?:浏览|阅读|点击)(?:次数|量|数)?\s*[:：].{0,20} | 本文(?:地址|链接|网址)\s*[:：].* |
    (?:发表|网友|用户)?(?:留言|评论)(?:与评论|区|板)?\s*(?:[(（].{0,20}[)）]\s*)?[:：]? |
    验证码\s*[:：]? | 版权(?:所有|声明).* |
    .{0,30}ICP[备证].* | (?i:copyright).* | 主办(?:单位)?\s*[:：].* | 网站标识码.* |
    (?i:https?://\S+)
    )$""",
    re.VERBOSE,
)
_GREETING = re.compile(r"各位(?:代表|委员|同志|人大代表)|同志们")
OFFICES = "省长|市长|主席|州长|盟长|县长|区长|旗长|行政长官"  # whose holders give reports
_BEFORE_GREETING = re.compile(
    r"工作报告(?:[(（].{0,30}[)）])?$|人民代表大会|第.{1,5}(?:次会议|届$)|届人大"
    rf"|(?:{OFFICES})"
)
_CAPTION = re.compile(r"记者|摄$|(?<!工)作(?:政府工作)?报告[。]?$")
_PROSE = re.compile(r"[。；]$|^.{60}")
_ENDING = re.compile(
    r"^(?:相关(?:报道|附件|链接|文档|阅读|文章|新闻)|责任编辑|责编|扫一扫|【?打印本页|分享到|》》)"
)
_HEAD, _TAIL = 40, 20  # lines looked through for the greeting, and for the line that ends a report
_DISCLAIMER_WHO = re.compile(r"(?<!基)本(?:站|网)(?![点格络])|本文仅代表|免责声明")
_DISCLAIMER_WHAT = re.compile(r"转载|立场|侵权|版权|免责|原创")
# A bare number may be a table's cell, so it needs its dashes or its 第…页.
PAGE_NUMBER = re.compile(r"^(?:[-—–－·]+\s*\d{1,4}\s*[-—–－·]+|第\s*\d{1,4}\s*页)$")


def report_lines(text: str) -> list[Span]:
    """Return the spans of the lines that belong to the report, white space trimmed, in order.

    Page furniture is looked for near both ends, page numbers anywhere. When everything looks
    like furniture, everything is kept: losing text is worse than keeping a menu line.
    """
    lines = text_lines(text)
    start = _greeting(lines, text)
    end = _ending(lines, text) if start else len(lines)
    kept = [
        span
        for i, span in enumerate(lines[:end])
        if not (min(i, len(lines) - 1 - i) < _EDGE and _is_furniture(span.of(text)))
        and not PAGE_NUMBER.match(span.of(text))
        and (i >= start or _is_opening(span.of(text)))
    ]
    return kept or lines


def _greeting(lines: list[Span], text: str) -> int:
    """Return the number of the line that greets the deputies, 0 for a text without one."""
    for i, span in enumerate(lines[:_HEAD]):
        line = span.of(text)
        if _GREETING.match(line):
            return i
        if _PROSE.search(line) and not _CAPTION.search(line):
            return 0  # a report that greets in passing begins before it
    return 0


def _is_opening(line: str) -> bool:
    """Tell whether a line before the greeting is title, meeting or speaker, no caption or menu."""
    return bool(_BEFORE_GREETING.search(line)) and not _CAPTION.search(line)


def _ending(lines: list[Span], text: str) -> int:
    """Return the number of the line with which the page goes on after the report."""
    first = max(1, len(lines) - _TAIL)
    found = (i for i in range(first, len(lines)) if _ENDING.match(lines[i].of(text)))
    return next(found, len(lines))


def text_lines(text: str) -> list[Span]:
    """Return the spans of all lines that are not blank, white space trimmed, in order."""
    return [Span(m.start(), m.end()) for m in re.finditer(r"[^\s](?:[^\r\n]*[^\s])?", text)]


def _is_furniture(line: str) -> bool:
    if _FURNITURE.match(line):
        return True
    return bool(_DISCLAIMER_WHO.search(line) and _DISCLAIMER_WHAT.search(line))
