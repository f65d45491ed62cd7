import pytest

from corpus.identity import report_title

HUNAN = "下载\n2026年湖南省政府工作报告\n——2026年2月3日在湖南省第十四届人民代表大会第四次会议上\n"


@pytest.mark.parametrize(
    ("text", "found", "name", "title"),
    [
        (HUNAN, "", "x", "湖南省2026年政府工作报告"),
        ("政府工作报告\n（2026年1月27日在贵州省第十四届人民代表大会第四次会议上）",
         "政府工作报告。 某报记者 摄", "a", "贵州省2026年政府工作报告"),
        ("政府工作报告\n——2026年1月26日在广东省第十四届\n人民代表大会第五次会议上",
         "政府工作报告", "a", "广东省2026年政府工作报告"),  # a line breaks in the meeting's name
        ("各位代表：\n现在，我代表省人民政府，向大会报告工作。\n一、“十四五”时期和2025年工作回顾",
         "", "河南省", "河南省2026年政府工作报告"),  # by the file name; the year looked back on
        ("各位代表：\n我代表澜溪市人民政府，向大会报告工作。\n二、2026年重点工作", "", "x",
         "澜溪市2026年政府工作报告"),
        ("各位代表：\n我代表澜溪市人民政府，向大会报告工作。", "", "x", "澜溪市政府工作报告"),
    ],
)  # fmt: skip
def test_a_work_report_is_called_by_place_and_year(
    text: str, found: str, name: str, title: str
) -> None:
    assert report_title(text, found, name) == title


def test_a_title_that_says_whose_it_is_stays() -> None:
    assert (
        report_title(HUNAN, "湖南省人民政府工作报告(2026年)", "x")
        == "湖南省人民政府工作报告(2026年)"
    )


@pytest.mark.parametrize("found", ["", "关于加快发展的意见"])
def test_other_texts_keep_their_title(found: str) -> None:
    assert report_title("在湖南省第十四届人民代表大会上讲了什么", found, "河南省") == found
