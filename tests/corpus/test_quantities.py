from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.documents import Span
from corpus.library import shipped
from corpus.quantities import Quantity, quantities, same

TRAPS = """
几内亚 一种 一个 一批 一些 一定 一体化 一流 一带一路 统一 唯一 一卡通 “一核两翼多点” “三大工程”
万众一心 千家万户 百姓 十分重要 四川 三亚 五一劳动节 九安 第三方 一方面 双一流 一二三产融合
“十四五”期间 十四五规划 三部门 党的二十大 三中全会 十字路口 百家争鸣 百年老店 三角形 一成不变
四面八方 千方百计 两岸 两会 五台山 八路军 三门峡 零售 零件 千万不要 万一 三元桥 万达 有一天
每一年 半导体 上半年 多半 星期三 一点 一起 两手抓 两不愁三保障 双碳 一国两制 三四线城市 一企一策
四万十川 廿八岁 几个 第几 一届 四时 二十
"""
REPORT = """
2024年1月23日 1500家 10家 50亿元 20家 2000亿元 100家 1000家 12条 20家 500家 1000家 100家 10个 5G
20家 120万吨 二期 360科技 7个 275个 623公里 150公里 30公里 11号线 一期 5号线 三期 第三条 二期
50个 一刻钟 9806.html
"""
# Each would be slow if a pattern tried the same characters over and over.
HOSTILE = """
1 一 百 万 1, 1,111, 1. 1: 1- 5-5- a1 1a- 第 1元/ 半 1亿1 百分之 三分之 1至 一至 数 零 零点 1多
3分3秒 1月5日至 双11 $1 -1 1/ 十 约 两
"""


def only(text: str) -> Quantity:
    (found,) = quantities(text)
    return found


def figures(text: str) -> list[str]:
    return [text[found.start : found.end] for found in quantities(text)]


def number(value: str) -> tuple[Decimal, Decimal | None]:
    """Read 5 or 5..6."""
    low, _, high = value.partition("..")
    return Decimal(low), Decimal(high) if high else None


# The figure stands between 【】; what is around it belongs to the text but not to the figure.
@pytest.mark.parametrize(
    ("marked", "kind", "value", "unit"),
    [
        ("设立【50亿元】基金", "amount", "5000000000", "元"),
        ("突破【2000亿元】。", "amount", "200000000000", "元"),
        ("是【500亿】对吧", "amount", "50000000000", ""),
        ("【2,000亿元】", "amount", "200000000000", "元"),
        ("【２，０００亿元】", "amount", "200000000000", "元"),
        ("【2，000亩】", "amount", "2000", "亩"),
        ("【1.25万亿元】", "amount", "1250000000000", "元"),
        ("【3万5千人】", "amount", "35000", "人"),
        ("【3万2471平方千米】", "amount", "32471", "平方公里"),
        ("【5个亿】", "amount", "500000000", ""),
        ("【36.7万人】", "amount", "367000", "人"),
        ("【120万吨】乙烯", "amount", "1200000", "吨"),
        ("新建【100家】智能工厂", "amount", "100", "家"),
        ("【300万千瓦】", "amount", "3000000", "千瓦"),
        ("【三万千瓦】", "amount", "30000", "千瓦"),
        ("【5千克】", "amount", "5", "公斤"),
        ("【623 公里】", "amount", "623", "公里"),
        ("【６２３公里】", "amount", "623", "公里"),
        ("【六百二十三公里】", "amount", "623", "公里"),
        ("【1.601km²】", "amount", "1.601", "平方公里"),
        ("【35微克/立方米】", "amount", "35", "微克/立方米"),
        ("【2米11】高", "amount", "2.11", "米"),
        ("【182CM】", "amount", "182", "厘米"),
        ("【-5℃】", "amount", "-5", "摄氏度"),
        ("【零下十五度】", "amount", "-15", "度"),
        ("【一百二十三】", "amount", "123", ""),
        ("【两条】跑道", "amount", "2", "条"),
        ("【三家】", "amount", "3", "家"),
        ("【十件】民心工程", "amount", "10", "件"),
        ("【一吨】", "amount", "1", "吨"),
        ("【三萬五千個】", "amount", "35000", "个"),
        ("【二人】", "amount", "2", "人"),
        ("分【三期】建设", "amount", "3", "期"),
        ("约【五千】", "amount", "5000", ""),
        ("【3点】建议", "amount", "3", "点"),
        ("海拔-【154米】", "amount", "154", "米"),
        ("【八亿】", "amount", "800000000", ""),
        ("【八万两】", "amount", "80000", "两"),
        ("【7.07】", "amount", "7.07", ""),
        ("【$10.2亿美金】", "amount", "1020000000", "美元"),
        ("HK【$50】", "amount", "50", "港元"),
        ("【10-15家】", "amount", "10..15", "家"),
        ("【3-5万元】", "amount", "30000..50000", "元"),
        ("【20万至30万人】", "amount", "200000..300000", "人"),
        ("【八十到一百万元】", "amount", "800000..1000000", "元"),
        ("【七八个】", "amount", "7..8", "个"),
        ("【十七八岁】", "amount", "17..18", "岁"),
        ("海拔【50米至1,520米】", "amount", "50..1520", "米"),
        ("【百分之五】", "ratio", "5", "%"),
        ("【百分之五到六】", "ratio", "5..6", "%"),
        ("【5.5%—6%】", "ratio", "5.5..6", "%"),
        ("【5—6%】", "ratio", "5..6", "%"),
        ("【5％到6％】", "ratio", "5..6", "%"),
        ("【5‰】", "ratio", "0.5", "%"),
        ("【2.5个百分点】", "ratio", "2.5", "个百分点"),
        ("【八成】", "ratio", "80", "%"),
        ("【五至七成】", "ratio", "50..70", "%"),
        ("【一半】", "ratio", "50", "%"),
        ("【五分之四】", "ratio", "80", "%"),
        ("【百分之百】", "ratio", "100", "%"),
        ("增长【3倍】", "ratio", "3", "倍"),
        ("翻【两番】", "ratio", "2", "番"),
        ("下降【-2.3%】", "ratio", "-2.3", "%"),
        ("约为【1：7】", "ratio", "1..7", "比"),
        ("男女比例为【1:10】", "ratio", "1..10", "比"),
        ("【1/3】的人口", "ratio", "33.33333333333333333333333333", "%"),
        ("【3：0】", "ratio", "3..0", "比"),
        ("【第三条】通道", "ordinal", "3", "条"),
        ("【第二】", "ordinal", "2", ""),
        ("【第10-15条】", "ordinal", "10..15", "条"),
        ("【第三至第五条】", "ordinal", "3..5", "条"),
        ("国务院令【第752号】", "ordinal", "752", "号"),
        ("机场【三期】", "ordinal", "3", "期"),
        ("【一等奖】", "ordinal", "1", "等奖"),
        ("前【三季度】", "ordinal", "3", "季度"),
        ("【二次】会议", "ordinal", "2", "次"),
        ("【第三】方面军", "ordinal", "3", ""),
        ("【十四届】全国人大", "ordinal", "14", "届"),
        ("【2024年1月23日】", "date", "20240123", "年月日"),
        ("【2024-01-23】", "date", "20240123", "年月日"),
        ("【二〇二四年】", "date", "2024", "年"),
        ("【2021—2023年】", "date", "2021..2023", "年"),
        ("【1月17日】", "date", "117", "月日"),
        ("【1月5日至8日】", "date", "105..108", "月日"),
        ("【1—11月】", "date", "1..11", "月"),
        ("【6月底】前", "date", "6", "月底"),
        ("【20世纪80年代】", "date", "1980", "年代"),
        ("【八十年代】", "date", "80", "年代"),
        ("【民国38年】", "date", "38", "民国年"),
        ("【公元前221年】", "date", "-221", "年"),
        ("【15时30分】", "date", "1530", "时分"),
        ("下午【三点半】", "date", "330", "时分"),
        ("【8:30—17:30】", "date", "830..1730", "时分"),
        ("【2000年】历史", "duration", "2000", "年"),
        ("【3天】", "duration", "3", "天"),
        ("【两年】", "duration", "2", "年"),
        ("【三至五年】", "duration", "3..5", "年"),
        ("【两年半】", "duration", "2.5", "年"),
        ("【3个半月】", "duration", "3.5", "个月"),
        ("【半小时】", "duration", "0.5", "小时"),
        ("【2小时30分】", "duration", "150", "分钟"),
        ("【1年6个月】", "duration", "18", "个月"),
        ("时间为【3分33秒62】。", "duration", "213.62", "秒"),
        ("【一刻钟】便民生活圈", "duration", "15", "分钟"),
        ("近【2,400万年】", "duration", "24000000", "年"),
        ("地铁【11号线】一", "label", "11", "号线"),
        ("【十一号线】", "label", "11", "号线"),
        ("【360科技】", "label", "360", "科技"),
        ("世界【500强】", "label", "500", "强"),
    ],
)
def test_a_figure_is_read_with_its_unit(marked: str, kind: str, value: str, unit: str) -> None:
    text = marked.replace("【", "").replace("】", "")
    found = only(text)
    assert f"{text[: found.start]}【{text[found.start : found.end]}】{text[found.end :]}" == marked
    assert (found.kind, found.unit) == (kind, unit)
    assert (found.value, found.high) == number(value)


@pytest.mark.parametrize(
    ("text", "name", "unit"),
    [
        ("5G全连接", "5G", "5G"),
        ("５Ｇ", "５Ｇ", "5G"),
        ("5g手机", "5g", "5G"),
        ("G20峰会", "G20", "G20"),
        ("专列G123", "G123", "G123"),
        ("“双11”", "双11", "双11"),
        ("双十二", "双十二", "双12"),
        ("Web3.0", "Web3.0", "WEB3.0"),
        ("工业4.0", "4.0", "4.0"),
        ("PM2.5浓度", "PM2.5", "PM2.5"),
        ("“985”工程", "985", "985"),
        ("9·11", "9·11", "9·11"),
        ("/hb/9806.html", "9806.html", "9806.HTML"),
        ("192.168.1.1", "192.168.1.1", "192.168.1.1"),
        ("022-12345678", "022-12345678", "022-12345678"),
    ],
)
def test_figures_in_a_name_are_a_label_without_value(text: str, name: str, unit: str) -> None:
    found = only(text)
    assert text[found.start : found.end] == name
    assert (found.kind, found.value, found.unit) == ("label", None, unit)


@pytest.mark.parametrize(
    ("text", "value", "qualifier", "qualified"),
    [
        ("额突破2000亿元。", "200000000000", "突破", "突破2000亿元"),
        ("已超过了3年", "3", "超过", "超过了3年"),
        ("增长5.5%左右，", "5.5", "左右", "5.5%左右"),
        ("不低于5%", "5", "不低于", "不低于5%"),
        ("至少5家（含）以上的", "5", "至少…(含)以上", "至少5家（含）以上"),
        ("合约3份", "3", "", "3份"),
        ("最近3年", "3", "", "3年"),
        ("近3年", "3", "近", "近3年"),
        ("20多家企业", "20", "多", "20多家"),
        ("十几个", "10", "几", "十几个"),
        ("30余万人", "300000", "余", "30余万人"),
        ("数百人", "100", "数", "数百人"),
        ("上百家", "100", "上", "上百家"),
        ("近百家", "100", "近", "近百家"),
        ("三年多", "3", "多", "三年多"),
        ("3个多月", "3", "多", "3个多月"),
        ("过半数同意", "50", "过", "过半数"),
        ("6月底前建成", "6", "前", "6月底前"),
        ("3年内", "3", "内", "3年内"),
        ("5家内资企业", "5", "", "5家"),
        ("约一百五十人次以内", "150", "约…以内", "约一百五十人次以内"),
    ],
)
def test_words_that_qualify_a_figure(text: str, value: str, qualifier: str, qualified: str) -> None:
    found = only(text)
    assert (found.value, found.qualifier) == (Decimal(value), qualifier)
    assert found.qualified.of(text) == qualified


@pytest.mark.parametrize("text", TRAPS.split())
def test_words_with_a_numeral_in_them_are_no_quantities(text: str) -> None:
    assert figures(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10,20", ["10", "20"]),
        ("10, 20", ["10", "20"]),
        ("10，200，3", ["10", "200", "3"]),
        ("10、20家", ["10", "20家"]),
        ("1234,567", ["1234", "567"]),
        ("新增10个5G全连接工厂", ["10个", "5G"]),
        ("11号线一期西段、5号线延伸线", ["11号线", "一期", "5号线"]),
        ("从5家增加到6家", ["5家", "6家"]),
        ("10家—5%", ["10家", "5%"]),
        ("6-5", ["6", "5"]),
        ("2024成立", ["2024"]),
        ("20人民警察", ["20"]),
        ("50max", ["50max"]),
        ("三家半导体企业", ["三家"]),
        ("GDP增长5%，GDP1.2万亿元", ["5%", "1.2万亿元"]),
        ("𠮷龘😀3家", ["3家"]),
        ("", []),
    ],
)
def test_a_text_holds_these_figures(text: str, expected: list[str]) -> None:
    assert figures(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("623公里", "623 公里"),
        ("623公里", "六百二十三公里"),
        ("623公里", "６２３千米"),
        ("623公里", "623000米"),
        ("623公里", "623"),
        ("百分之五", "5%"),
        ("一半", "50％"),
        ("二分之一", "五成"),
        ("2000亿元", "2,000亿"),
        ("2万亿元", "20000亿元"),
        ("3-5万元", "3万元至5万元"),
        ("百分之五到六", "5%-6%"),
        ("半年", "6个月"),
        ("5G", "５Ｇ"),
        ("11号线", "十一号线"),
        ("双11", "双十一"),
        ("第三条", "第3条"),
        ("2024年1月23日", "2024-01-23"),
        ("突破20家", "20家"),
        ("1300万人口", "1300万人"),
    ],
)
def test_the_same_said_in_two_ways(one: str, other: str) -> None:
    assert same(only(one), only(other))
    assert same(only(other), only(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("623公里", "624公里"),
        ("623公里", "623米"),
        ("5%", "5个百分点"),
        ("5家", "5个"),
        ("5%-6%", "5%"),
        ("5%-6%", "5%-7%"),
        ("第三条", "三条"),
        ("5G", "5"),
        ("5G", "4G"),
        ("11号线", "11"),
        ("6月底", "6月"),
        ("2024年", "2024个年头"),
        ("5元/吨", "5元"),
    ],
)
def test_what_differs_is_not_the_same(one: str, other: str) -> None:
    assert not same(only(one), only(other))
    assert not same(only(other), only(one))


def test_the_shipped_report_holds_these_quantities() -> None:
    (report,) = (document for document in shipped() if "2024" in document.title)
    assert figures(report.text) == REPORT.split()


def test_quantities_are_looked_for_inside_the_span_only() -> None:
    text = "第12345家、6家、突破7家"
    found = list(quantities(text, Span(3, 10)))
    assert [text[q.start : q.end] for q in found] == ["345家", "6家"]
    (last,) = quantities(text, Span(13, len(text)))
    assert (last.qualifier, last.qualified) == ("", Span(13, 15))


@pytest.mark.parametrize("piece", HOSTILE.split())
def test_no_pattern_is_slow_on_twenty_thousand_characters(piece: str) -> None:
    text = piece * (20_000 // len(piece)) + "，3家"
    assert figures(text)[-1] == "3家"


_PIECES = st.sampled_from(
    [
        *"0159０５,，.．:-—~至到/%‰ 第半多余几数十百千万亿〇零一二两三五九点分之",
        *"个家年月日时秒号线元米成倍ＧG$负±上近约\n𠮷\ud800",
        *("百分之", "公里", "小时", "以上", "世纪", "年代", "民国", "双11"),
    ]
)


@given(st.one_of(st.text(), st.lists(_PIECES, max_size=30).map("".join)))
def test_spans_are_in_order_apart_and_inside_any_text(text: str) -> None:
    found = list(quantities(text))
    for q in found:
        assert 0 <= q.qualified.start <= q.start < q.end <= q.qualified.end <= len(text)
        assert (q.value is None) <= (q.kind == "label")
        assert same(q, q)
    for left, right in pairwise(found):
        assert left.end <= right.start
        assert left.end <= right.qualified.start


@given(st.lists(_PIECES, max_size=20).map("".join), st.integers(0, 9), st.integers(0, 9))
def test_a_span_is_read_like_a_text_of_its_own(text: str, before: int, behind: int) -> None:
    whole = "3" * before + text + "家" * behind
    inside = list(quantities(whole, Span(before, before + len(text))))
    alone = list(quantities(text))
    assert [(q.start - before, q.end - before, q.value) for q in inside] == [
        (q.start, q.end, q.value) for q in alone
    ]


@given(st.integers(1, 10**12 - 1))
def test_a_number_reads_the_same_in_digits_and_with_commas(value: int) -> None:
    assert only(f"{value}家").value == only(f"{value:,}家").value == Decimal(value)
