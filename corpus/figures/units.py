"""The words that stand after a number: measures, durations, shares and classifiers."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

Kind = Literal["amount", "ratio", "ordinal", "date", "duration", "label"]
Use = Literal["measure", "classifier", "vague", "rank"]

# Between bars: a unit and, behind it, its other spellings.
_MEASURES = """
元 元人民币 人民币元 人民币 块钱 | 美元 美金 | 港元 港币 | 日元 日圆 | 欧元 | 英镑 | 韩元 | 澳元
| 加元 | 新台币 台币 | 卢布 | 卢比 | 法郎 | 马克 | 越南盾 | 公里 千米 km KM Km ㎞ | 米 公尺 m M
| 厘米 公分 cm CM ㎝ | 毫米 公厘 mm MM ㎜ | 微米 | 纳米 nm | 里 | 海里 浬 | 英里 哩 | 英尺 呎
| 英寸 吋 | 光年 | 平方公里 平方千米 km² km2 | 平方米 平米 平方公尺 ㎡ m² m2 | 平方厘米 cm² cm2
| 公顷 | 英亩 | 亩 | 立方米 立方公尺 m³ m3 | 立方厘米 cm³ cm3 | 升 公升 L | 毫升 ml mL | 吨 公吨
| 公斤 千克 kg KG Kg ㎏ | 斤 | 克 公克 g | 毫克 mg | 微克 μg | 磅 | 盎司 | 千瓦 kW KW | 瓦 W
| 兆瓦 MW | 吉瓦 GW | 千瓦时 kWh KWh | 伏 V | 千伏 kV KV | 焦耳 | 马力 匹马力 | 赫兹 Hz
| 千赫 kHz | 兆赫 MHz | 吉赫 GHz | 帕 Pa | 百帕 hPa | 分贝 dB | 卡路里 | 千卡 大卡 kcal
| 摄氏度 ℃ °C 度C | 华氏度 ℉ °F | 像素 | 字节 | ppm | TB | GB | MB | KB | Gbps | Mbps | 岁 周岁
| 标准箱 标箱 TEU | P PFLOPS PFlops | EFLOPS EFlops
"""
_DURATIONS = """
年 个年头 | 个月 | 周 星期 个星期 个礼拜 | 天 | 小时 个小时 个钟头 钟头 | 分钟 min | 秒 秒钟
| 毫秒 ms | 刻钟 | 工作日 个工作日 | 交易日 个交易日 | 个季度 | 个学期 | 个世纪 | 昼夜 | 周年
| 学年
"""
_RATIOS = "% | ‰ | 成 | 个百分点 百分点 | 倍 | 番"
_CLASSIFIERS = """
个 家 条 项 座 处 所 户 套 门 辆 架 艘 班 株 篇 页 步 件 名 位 人 人口 口 头 只 匹 棵 颗 粒 枚 支
枝 根 块 片 张 本 册 部 份 幅 台 把 顶 间 栋 幢 层 层楼 场 次 回 趟 轮 批 种 类 款 样 组 队 团 对
副 段 节 章 句 首 曲 道 起 宗 桩 笔 单 股 滴 杯 瓶 碗 盘 盒 箱 袋 桶 车 尾 羽 集 卷 讲 席 票 局 轴
例 剂 剂次 床 站 圈 人次 架次 班次 车次 航次 场次 户次 件次 批次 台次 台套 人份 课时 学时 学分
车道 机位 泊位 床位 学位 席位
"""
# 三方, 十分, 四面, 两国 are words more often than counts.
_VAGUE = """
方 角 分 度 线 面 路 国 省 市 县 区 乡 镇 村 街 字 词 手 点 号 两 核 胜 负 球 代 环 发 族 堂 课 包
排 列 行 帧 季
"""
# With a Chinese numeral these tell which one: 机场三期, 一等奖.
_RANKS = "期 届 级 等奖 季度 年级 楼 星级"
# A unit of one character and what makes another word of it: 20人民警察, 三角形, 一成不变, 三部门.
_OTHER_WORDS = """
人民才 家庭电长 名单 股份东票 天津然 元素锂旦宵首化器 组织 台湾阶 期间 代表理替 级别 单位 点击
对于吧吗不的么比 方面式案 成立为功果本长员熟绩都就效群不型年 分别布为成配析享之 年轻龄代 号召
场所景 面积 国家际 门槛 幅度 倍增 户籍 度假 市场 日本元 线路上下 道路德 条件 部分门长 所有以 步行
种植 批准 首都 起来到 位于 层面 口岸 节约能 行业动 字母 手机 本地市 次要日 间接 周边围期 里程 根据
区域 角度色落形 核心电 环境保 季节
"""
_FACTORS = {
    "成": ("%", Decimal(10)),
    "‰": ("%", Decimal("0.1")),
    "刻钟": ("分钟", Decimal(15)),
    "人口": ("人", Decimal(1)),
}
CURRENCIES = {"¥": "元", "￥": "元", "$": "美元", "€": "欧元", "£": "英镑"}
# What the two characters before the figure make of 元 and $.
DOLLARS = {"HK": "港元", "港币": "港元", "NT": "新台币", "台币": "新台币", "美金": "美元"}
# How many of the second unit the first holds.
_SCALES = """
公里 米 1000 | 米 米 1 | 厘米 米 0.01 | 毫米 米 0.001 | 英尺 米 0.3048 | 英寸 米 0.0254
| 平方公里 平方米 1000000 | 公顷 平方米 10000 | 平方米 平方米 1 | 吨 克 1000000 | 公斤 克 1000
| 斤 克 500 | 克 克 1 | 毫克 克 0.001 | 升 毫升 1000 | 毫升 毫升 1 | 千瓦 瓦 1000
| 兆瓦 瓦 1000000 | 瓦 瓦 1 | 年 个月 12 | 个月 个月 1 | 周 秒 604800 | 天 秒 86400
| 小时 秒 3600 | 分钟 秒 60 | 秒 秒 1 | 元 元 1 | 角 元 0.1
"""


@dataclass(frozen=True, slots=True)
class Unit:
    """What a unit word means: its usual spelling, its kind, and the factor to that spelling.

    `use` tells how freely it follows a Chinese numeral: a measure even 一 (一吨), a classifier the
    others (两家), a vague one only longer ones (十五度); a rank makes an ordinal of it (三期).
    """

    name: str
    kind: Kind
    use: Use
    factor: Decimal = Decimal(1)


def unit_at(text: str, at: int) -> tuple[Unit, int] | None:
    """Return the longest unit at `at` in plain text and its end: 公里, 元/吨, 个百分点; or None."""
    found = _simple(text, at)
    if found and text[found[1] : found[1] + 1] == "/":
        per = _simple(text, found[1] + 1)
        if per:
            return replace(found[0], name=f"{found[0].name}/{per[0].name}"), per[1]
    return found


def in_base(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """Return the value in the smallest unit of its row: 2 公里 as 2000 米, 两年 as 24 个月."""
    base, size = _SIZES.get(unit, (unit, Decimal(1)))
    return value * size, base


def is_scaled(unit: str) -> bool:
    """Tell whether the unit has smaller or greater ones that compare with it."""
    return unit in _SIZES


def _simple(text: str, at: int) -> tuple[Unit, int] | None:
    for end in range(min(at + _LONGEST, len(text)), at, -1):
        unit = UNITS.get(text[at:end])
        if unit and not _goes_on(text, at, end):
            return unit, end
    return None


def _goes_on(text: str, at: int, end: int) -> bool:
    """Tell whether the word goes on after `end` and so is no unit: 人 in 人民, m in max."""
    after = text[end : end + 1]
    if text[end - 1].isascii() and text[end - 1].isalnum():
        return after.isascii() and after.isalnum()
    return after != "" and after in _FOLLOWERS.get(text[at:end], "")


def _unit_table() -> dict[str, Unit]:
    rows: tuple[tuple[str, Kind, Use], ...] = (
        ("|".join(_CLASSIFIERS.split()), "amount", "classifier"),
        ("|".join(_VAGUE.split()), "amount", "vague"),
        ("|".join(_RANKS.split()), "amount", "rank"),
        (_MEASURES, "amount", "measure"),
        (_DURATIONS, "duration", "measure"),
        (_RATIOS, "ratio", "measure"),
    )
    table = {}
    for words, kind, use in rows:
        for spellings in map(str.split, words.split("|")):
            name, factor = _FACTORS.get(spellings[0], (spellings[0], Decimal(1)))
            table.update(dict.fromkeys(spellings, Unit(name, kind, use, factor)))
    return table


UNITS = _unit_table()
_LONGEST = max(map(len, UNITS))
_FOLLOWERS = {word[0]: word[1:] for word in _OTHER_WORDS.split()}
_SIZES = {
    unit: (base, Decimal(size)) for unit, base, size in (row.split() for row in _SCALES.split("|"))
}
