from dataclasses import replace

import pytest

from corpus.documents import Document
from corpus.identity import given, identify, set_by_hand

HUNAN = (
    "下载\n2026年湖南省政府工作报告\n——2026年2月3日在湖南省第十四届人民代表大会第四次会议上\n"
    "来源：某报\n时间：2026-02-24\n省长 张 三\n各位代表：\n现在，我代表省人民政府，向大会报告工作。"
)


def read(text: str, title: str = "", name: str = "x") -> Document:
    return identify(Document("d", title, text), name)


@pytest.mark.parametrize(
    ("text", "title", "name", "place", "year", "told"),
    [
        (HUNAN, "x", "x", "湖南省", 2026, "湖南省2026年政府工作报告"),
        ("政府工作报告\n（2026年1月27日在贵州省第十四届人民代表大会第四次会议上）",
         "政府工作报告。 某报记者 摄", "a", "贵州省", 2026, "贵州省2026年政府工作报告"),
        ("政府工作报告\n——2026年1月26日在广东省第十四届\n人民代表大会第五次会议上",
         "政府工作报告", "a", "广东省", 2026, "广东省2026年政府工作报告"),  # a line breaks in it
        ("各位代表：\n现在，我代表省人民政府，向大会报告工作。\n一、“十四五”时期和2025年工作回顾",
         "", "河南省", "河南省", 2026, "河南省2026年政府工作报告"),  # by the year looked back on
        ("各位代表：\n我代表澜溪市人民政府，向大会报告工作。\n二、2026年重点工作", "", "x",
         "澜溪市", 2026, "澜溪市2026年政府工作报告"),
        ("各位代表：\n我代表澜溪市人民政府，向大会报告工作。", "", "x", "澜溪市", None,
         "澜溪市政府工作报告"),
        ("各位代表：\n我代表市人民政府，向大会报告工作。", "", "深圳2025", "深圳市", 2025,
         "深圳市2025年政府工作报告"),  # 深圳 is known without 市
        ("各位代表：", "澜溪市人民政府工作报告（2026年1月9日）", "x", "澜溪市", 2026,
         "澜溪市人民政府工作报告（2026年1月9日）"),
        ("政府工作报告\n——2026年1月9日在北京市朝阳区第十七届人民代表大会第七次会议上", "", "x",
         "北京市朝阳区", 2026, "北京市朝阳区2026年政府工作报告"),
    ],
)  # fmt: skip
def test_a_work_report_is_known_by_place_and_year(
    text: str, title: str, name: str, place: str, year: int | None, told: str
) -> None:
    document = read(text, title, name)
    assert (document.place, document.plan_year, document.title) == (place, year, told)
    assert document.kind == "work_report"


def test_date_meeting_and_speaker_are_read() -> None:
    document = read(HUNAN)
    assert document.date == "2026-02-03"
    assert document.meeting == "湖南省第十四届人民代表大会第四次会议"
    assert document.issuer == "湖南省省长 张三"
    assert "日期：正文" in document.read_from
    assert "地区：正文" in document.read_from


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("——二〇二六年一月二十七日在甘肃省十四届人民代表大会第四次会议上", "2026-01-27"),
        ("——二○二六年十月十日在甘肃省第十四届人民代表大会第四次会议上", "2026-10-10"),
        ("政府工作报告\n时间：2026-02-10", "2026-02-10"),  # the page's, where it has no other
    ],
)
def test_dates_are_read_in_any_numerals(line: str, date: str) -> None:
    assert read(f"{line}\n政府工作报告").date == date


@pytest.mark.parametrize(
    ("byline", "issuer"),
    [
        ("自治区主席 韦 某", "广西壮族自治区主席 韦某"),
        ("广西壮族自治区人民政府主席 艾某·吐某孜", "广西壮族自治区人民政府主席 艾某·吐某孜"),
        ("人民政府主席 韦某", "广西壮族自治区人民政府主席 韦某"),
        ("韦某", "广西壮族自治区人民政府"),
        ("自治区主席韦某作政府工作报告。", "广西壮族自治区主席 韦某"),
    ],
)
def test_who_speaks_is_named_with_the_place(byline: str, issuer: str) -> None:
    meeting = "2026年2月2日在广西壮族自治区第十四届人民代表大会第五次会议上"
    text = f"2026年政府工作报告\n——{meeting}\n{byline}\n各位代表："
    assert read(text).issuer == issuer


@pytest.mark.parametrize("title", ["", "关于加快发展的意见"])
def test_other_texts_keep_their_title_and_have_no_place(title: str) -> None:
    document = read("在湖南省讲了什么。2026年。", title, "河南省")
    assert (document.title, document.place, document.plan_year) == (title, "", None)
    assert document.kind == "other"


def test_bulletins_and_plans_have_place_and_year_of_their_titles() -> None:
    bulletin = read("略", "天津市2025年国民经济和社会发展统计公报")
    assert (bulletin.kind, bulletin.place, bulletin.plan_year) == ("bulletin", "天津市", 2025)
    assert bulletin.title == "天津市2025年国民经济和社会发展统计公报"
    plan = read("略", "湖北省综合交通规划", "规划2030")
    assert (plan.kind, plan.place, plan.plan_year) == ("plan", "湖北省", 2030)
    assert "年份：文件名" in plan.read_from


def test_what_is_set_by_hand_stays_and_the_rest_is_read_anew() -> None:
    document = given(read(HUNAN), {"place": "湘江市", "plan_year": 2027})
    assert (document.place, document.plan_year) == ("湘江市", 2027)
    assert document.title == "湘江市2027年政府工作报告"
    assert set_by_hand(document) == {"place", "plan_year"}
    again = identify(replace(document, title="x"))
    assert (again.place, again.plan_year) == ("湘江市", 2027)
    assert again.title == "湘江市2027年政府工作报告"
    titled = given(document, {"title": "自己的标题"})
    assert titled.title == "自己的标题"
    assert set_by_hand(titled) == {"title", "place", "plan_year"}
