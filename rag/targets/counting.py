"""Which figures count or measure something, and which only describe or name it."""

import re

from corpus.quantities import Quantity
from rag.language.figures import Figure
from rag.targets.written import is_bare

_KINDS = ("amount", "ratio")
_SHORTENED = re.compile("(?:压[缩减]|缩短|控制|提速)[至到在]$")
_OPENING = tuple("“「『《")
_NAMED = re.compile("会议|全会|方面|规定")
_QUOTED = re.compile("“[^“”]{1,14}”|《[^《》]*》")  # “新九条”; a longer quote is speech
_GRADES = ("级", "千伏", "英寸", "届")  # 万亿级, 500千伏, 第六届: never an amount of anything
# 60岁以上老年人, 海拔5000米以上乡镇, 10亿元以上项目: these tell which, not how many.
_WHICH = {
    "岁": re.compile("(?:及?以[上下])?(?!左右|以[上下内]|[、和及或提增升延])[一-鿿]"),
    "米": re.compile("及?以[上下](?=[一-鿿])"),
    "元": re.compile("(?:及?以[上下])?的?(?:重大|工业|农业)*(?:项目|企业|产业|集群|县|镇|城市)"),
}
_YEAR = re.compile(r"(?:19|20)\d\d(?=国内|国际|国家|中国|[省市县])")
_STEPS = re.compile("(?:[百千万亿]+[元吨级]?)?(?:台阶|大关)|数")  # 跨两个万亿元台阶, 两位数
_TIMES = re.compile("[一二两三四五六七八九十]+次")  # 两次亲临: no count of anything


def counts(text: str, figure: Figure) -> bool:
    """Tell whether a figure counts or measures something; 12345热线 and 3A级景区 do not."""
    q = figure.quantity
    raw = text[q.start : q.end]
    if q.kind == "duration":  # 压缩至3个工作日, not 24小时热线
        return bool(_SHORTENED.search(text, 0, q.qualified.start))
    measured = q.unit or re.search("[万亿]", raw)
    if q.kind not in _KINDS or not measured or is_name(text, q.start, q.end):
        return False
    if _STEPS.match(text, q.end) and q.unit in ("个", "位"):
        return False
    if is_bare(raw) and not _is_scale(text, q):
        return False
    return not (_YEAR.match(text, q.start) or _TIMES.fullmatch(raw) or _tells_which(text, figure))


def _is_scale(text: str, quantity: Quantity) -> bool:
    """Tell whether a scale without a number limits something: 超万亿元, not 迈上万亿元, 万亿级."""
    around = text[quantity.start - 1 : quantity.start], text[quantity.end : quantity.end + 1]
    return bool(quantity.qualifier) and around[0] not in "/迈跨跃登" and around[1] not in "的级"


def is_name(text: str, start: int, end: int) -> bool:
    """Tell whether a figure is part of a name and counts nothing: “五个中心”, 四次会议."""
    if text[start - 1 : start] in _OPENING or _NAMED.match(text, end):
        return True
    return any(m.start() < start and end < m.end() for m in _QUOTED.finditer(text))


def _tells_which(text: str, figure: Figure) -> bool:
    """Tell whether a figure only describes what another one counts, or what is spoken of."""
    q = figure.quantity
    which = _WHICH.get(q.unit)
    return q.unit in _GRADES or bool(which and which.match(text, q.end))
