"""A name cut out of the words around a figure: without verbs, time, and what leads to it."""

import re
from itertools import accumulate

import rjieba

from rag.language.names import MARKS, is_verb, opening

BLANK = f"{MARKS}\n"
_JOINED_ON = "型性化区园类"  # 创新型 is no verb
_NO_VERB = re.compile("和[美平谐睦]")
_DONE = re.compile("(?:加快|全面|持续|有序)*(?:推进|实施|完成|启动|开工|建成|通车|投用|竣工)+$")
_PRAISE = re.compile("(?:重点|高标准|高质量|高水平|高品质)$")  # before a noun these are part of it
_WHEN = re.compile(
    r"^(?:[一二三四五六七八九十]+是|(?:\d+年)?(?:\d+月)?(?:\d+日)?[底末]?前"
    r"|(?:19|20)\d\d年|[［\[]\d+[］\]]|\d[.．]"
    r"|(?:近|这|过去)?[一二三四五六七八九十\d]+年(?=累计|净增|新增|年均|增量|来)"
    r"|[比较](?:\d+年|上年|去年)|同比|预计|今年|本年|年内|全年|去年|其中|力争|确保)+"
)
_TAIL = re.compile(
    r"(?:控制在|稳定在|保持在?|累计|新增|净增|各|(?<!年)均|共|仅|达到?|突破|超过?|为|到|实现|完成|增长|增加|下降|降|提高"
    r"|减少|压减|压缩|平均|整合|分别|每[百千万]?人(?:每[月年])?|全部|全面"
    r"|由|从|至|按|预计|继续|稳定|(?:稳定|保持)在全国|持续|始终|快于全国"
    r"|迈[上入]|跨[越上]|跃上|(?:提升|上升|扩大|缩小|跃升|拓展|调整|增)(?=[到至为])|(?<![调新倍递])增$|翻"
    r"|(?:连续|近|这|过去)?[\d.一二两三四五六七八九十]+(?:年|个月|天)(?:以上)?"
    r"|[比较由从]?(?:19|20)\d\d年[底末]?的?|(?:左右|以上)?(?<![普涉惠参中共总])[和及与]$)+$"
)
_LEFT = re.compile(
    "^(?:（[^）]{1,3}）|[次户]?(?:左右|以[上下内外])|次|[多余])+|^(?:和(?![美谐平睦])|[及与的])"
    "|的$|（[^）]*$"
)
# What is said of a thing behind it: 省级事项 in 省级事项全部实现最优.
_STEP = "|新?台阶|大关|关口|考验|[一-鿿]{1,2}[到至为]$"
_RANKED = re.compile(f"(?<=..)(?:位居|居(?=全|前|首|第)|快于|不?高于|不?低于){_STEP}")
_PREDICATE = re.compile(
    "(?<=..)(?:首次|双双|全部(?=[实完获通建达入落开]|$)|荣?获(?!得感)|入选(?!者)|实现|跻身|成为|得到"
    f"|位居|居(?=全|前|首|第)|快于|高于|低于){_STEP}"
)


def after(text: str) -> str:
    """Return the name in what stands behind a figure."""
    told = _DONE.sub("", bare(_LEFT.sub("", text.strip(BLANK))))
    return _PREDICATE.split(told)[0]


def unranked(name: str) -> str:
    """Return a name without its rank behind: 甲增速 of 甲增速居全国首位."""
    ranked = _RANKED.search(name)
    return _TAIL.sub("", name[: ranked.start()]) if ranked else name


def bare(text: str) -> str:
    """Return a name without the verbs before it and what leads to a figure behind it."""
    told = _WHEN.sub("", re.split("[：:]", text.strip(BLANK))[-1])
    while cut := _verbs(told):
        told = _WHEN.sub("", told[cut:])
    return _TAIL.sub("", told).strip(BLANK)


def _verbs(name: str) -> int:
    """Return the length of the verbs that a name opens with; they end where a word ends."""
    new = name[:1] == "新" and opening(f"{name[1:]}事") > 0  # 新创建20家
    cut = opening(f"{name[new:]}事") + new  # a name may be verbs to its end: 启动275个
    if cut >= len(name):
        return len(name) if cut else 0
    cut -= cut > 0 and bool(_NO_VERB.match(name, cut - 1))
    if name[cut] in _JOINED_ON or _inside_word(name, cut):
        return 0  # 创新型, 服务业
    praise = _PRAISE.search(name[:cut])
    return praise.start() if praise else cut


def _inside_word(name: str, cut: int) -> bool:
    """Tell whether a word goes on after the verbs, with no further verb: 服务业, not 更新改造."""
    end = next(end for end in accumulate(map(len, rjieba.cut(name))) if end >= cut)
    return end > cut and not is_verb(name[cut:end])


def led(text: str) -> str:
    """Return what leads to a figure as its name, where that is a verb alone: 培训40万人次."""
    return _TAIL.sub("", _WHEN.sub("", text.strip(BLANK))).strip(BLANK)
