"""The words that end an indicator's name and say how it is measured: 产量, 增加值, 普及率."""

import re

from rag.targets.comparison import measure

_MEASURES = (
    "(?:规模以上)?增加值|总?产[量值]|(?:销售|营业|旅游)?收入|(?:技改)?投资额?|[零销]售额|成交额"
    "|进?出口(?:总?[额值])?|总额|(?:贷款)?余额|[占]?比[重例]?|面积|里程|增速|价格|规模|总?人[数次]|装机(?:容量)?|密度|浓度"
    "|标准|利润(?:总额)?|营收|管网"
)
_AMOUNTS = "(?:吞吐|[出存]栏|保有|拥有|发电|用电|成交|销售|[客货]运|旅客)"
_SHARED = re.compile(
    rf"(?:(?:等|[两三四五六七八九十]大)(?:产业|集群|行业|领域|产品|商品)*)?(?:{_MEASURES}|[一-鿿]{{2}}率|{_AMOUNTS}量)$"
)
_COUNT = re.compile(f"[两三四五六七八九十]大(?:产业|集群|行业|领域|产品|商品)*(?=(?:{_MEASURES})$)")
_ENDS = re.compile(rf"(?:{_MEASURES}|[率数量额值度费比])$")
_PARTS = "播种|种植|养殖|建筑|通车|运营|营业|交易|完成|业务"
_SUBJECT = re.compile(
    rf"(?:(?:{_PARTS})?(?:{_MEASURES}|总?[产数]量?|(?<!生产)总[量数值]|余额))?(?:增长|下降|提高)?$"
)
_GENERIC = re.compile(
    "(?:年均|平均|累计|通车|运营|播种|总)*(?:总[量额数值产]|单?产[量值能]?|面积|全长|里程|占比|比[重例]"
    "|投资额?|收入|支出|规模|数量|人数|户数|余额|销量|销售额|利润|增量|增速|吞吐量|利用率|率|数|均)?"
    "(?:增长|提高|下降|上升|增加|减少)?"
)
_MONEY = re.compile(
    "(?:外资|内资|投资|收入|产值|增加值|贷款|[总金额]额|资金|税收|利润|支出|进?出口|进口|融资)$"
)


def is_generic(name: str) -> bool:
    """Tell whether a name says how something is measured, not what: 总产量, 占比, 年均增长."""
    return bool(_GENERIC.fullmatch(name))


def is_measure(name: str) -> bool:
    """Tell whether a name ends with a word of measuring: 地区生产总值, 失业率."""
    return bool(_ENDS.search(name))


def subject(name: str) -> str:
    """Return what a name speaks of, without how it is measured: 粮食 of 粮食播种面积."""
    found = _SUBJECT.search(name)
    return name[: found.start()] if found and found.start() > 1 else name


def shared(things: list[str]) -> list[str]:
    """Return things with the measure that the last one says for all: 甲产量 for 甲、乙产量."""
    found = _SHARED.search(things[-1])
    if not found or any(map(is_measure, things[:-1])):
        return things
    end = found[0].removeprefix("等")
    return [f"{thing}{end}" for thing in (*things[:-1], things[-1][: found.start()])]


def uncounted(thing: str) -> str:
    """Return a name without the number of things that it was given to: 甲产值 of 甲三大集群产值."""
    return _COUNT.sub("", thing)


def fits(name: str, unit: str) -> bool:
    """Tell whether an indicator can have a unit: 实际使用外资 is not counted in 家."""
    return not (_MONEY.search(name) and measure(unit) == "个")
