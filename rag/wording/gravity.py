"""Which differences in words are grave: those in what is promised, how much and how firmly."""

import re

_UNITS = (
    "个百分点|平方公里|立方米|平方米|公里|千米|公顷|千瓦时|千瓦|兆瓦|吨|美元|元|标准箱|标箱|人次|架次|班次"
    "|小时|分钟|年|月|日|天|号线|号|家|个|人|户|套|条|座|所|处|项|台|辆|批|名|位|种|期|倍|度|亩|米|岁|次"
    "|片|株|部|件|张|间|艘|架|列|支|只|对|轮|届|成|℃|[A-Za-z]+"
)
_NUMERALS = "零〇一二两三四五六七八九十百千万亿"
FIGURE = re.compile(
    rf"[-~<>]?\d+(?:[.,:-]\d+)*\+?(?:[%‰]|[十百千万亿]*(?:{_UNITS})?)"
    rf"|百分之[{_NUMERALS}点]+|[{_NUMERALS}]+(?:{_UNITS})"
)
_PIECE = re.compile(rf"{FIGURE.pattern}|.", re.DOTALL)
_DIGITS = re.compile(r"[-\d.:%‰≥≤<>±+/~]+")
# What a reader must not overlook or mistake for another; what only looks alike (未来) is left out.
_WEIGHTY = re.compile(
    "|".join((
        "新增|净增|累计|总计|合计|(?<!公)共|各|分别|每|人均|同比|环比|全部|大部分|部分|一批|一些|若干|多个",
        "超过|突破|达到|以上|以下|以内|左右|至少|至多|不低于|不高于|不少于|不超过|逾",
        "超(?![算级前大市])|(?<![附邻临])近|(?<![节集公条])约(?![束定])",
        "不(?![断同仅])|未(?!来)|无(?!人机)|没|(?<!除)非|免|勿|禁止|严禁|停止|暂停|取消|放缓|减缓",
        "推进|推动|促进|加快|加强|启动|完成|建成|开工|投产|达产|竣工|实施|落实|建设|新建|改建|扩建|改造",
        "制定|出台|印发|完善|优化|健全|深化|研究|探索|试点|谋划|筹备|持续|提升|提高|提速|强化|巩固",
        "增长|增加|扩大|下降|减少|降低|压减|缩小|缩减|控制|保持|稳定|培育|引育|引进|设立|组建|重组|创建",
        "力争|争取|确保|保证|保障|计划|拟|将(?!来)|必须|应当|(?<![供响适效反])应(?![用急对])|可以|鼓励|支持",
        "引导|允许|要求|尽快|逐步|适时|积极|今年|明年|去年|上半年|下半年|年底|年内|季度|远期",
        "国家级|省级|市级|区级|国家|全国|全市|国际|世界|全球",
    ))
)  # fmt: skip


def is_grave(pasted: str, source: str) -> bool:
    """Tell whether two wordings differ in figures, units, negations, verbs or how firm they are.

    Both in Simplified script and half-width.
    """
    return any(_found(p, pasted) != _found(p, source) for p in (_DIGITS, FIGURE, _WEIGHTY))


def pieces(stream: str) -> list[str]:
    """Return the characters of a stream, each figure with its unit as one."""
    return [match.group() for match in _PIECE.finditer(stream)]


def _found(pattern: re.Pattern[str], text: str) -> list[str]:
    return sorted(pattern.findall(text))
