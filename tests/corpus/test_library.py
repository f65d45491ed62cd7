from pathlib import Path

import pytest

from corpus import library
from corpus.documents import Document
from corpus.errors import CorpusError
from corpus.structure import outline

PART = "(二)全力促进科技创新、产业焕新、城市更新,加快形成更多新质生产力"
HEADINGS = [
    ("更加注重公共服务领域协同发展", 4), (PART, 2), ("加快提升科技创新带动力", 4),
    ("提质推进天开园建设", 5), ("集聚资源强化平台支撑和成果转化", 5),
    ("充分发挥企业创新主体作用", 5), ("强化高等教育和高端人才支撑", 5),
    ("有效激发产业焕新驱动力", 4), ("提升产业链竞争力", 5), ("推动智能化升级", 5),
    ("加快绿色化转型", 5), ("促进融合化发展", 5), ("持续释放城市更新生产力", 4),
    ("增强产业承载能力", 5), ("完善城市设施和服务功能", 5), ("优化生态宜居品质", 5),
]  # fmt: skip
FILE = "tianjin_report_2024_excerpt.txt"
RECORD = """[[report]]
id = "甲-2024"
file = "甲.txt"
title = "甲市报告"
issuer = "甲市政府"
date = 2024-02-03
plan_year = 2025
note = "节选"
examples = ["问一？", "问二？"]
sha256 = "{digest}"
"""


def folder(path: Path, text: bytes, digest: str) -> Path:
    (path / "甲.txt").write_bytes(text)
    (path / "SOURCES.toml").write_text(RECORD.format(digest=digest), encoding="utf-8")
    return path


def test_the_shipped_report_is_the_recorded_one(report: Document) -> None:
    assert library.shipped() == [report]
    assert report.id == "tianjin-2024"
    assert report.title == "天津市人民政府工作报告（2024年1月23日）"
    assert (report.issuer, report.date, report.plan_year) == ("天津市人民政府", "2024-01-23", 2024)
    assert (report.format, report.origin) == ("txt", FILE)
    assert report.note.startswith("节选：")
    assert report.text.encode() == (library.REPORTS / FILE).read_bytes()
    assert report.digest == "3a72eede4327c363aaa2d2f0a82919970ac6d395bb30d14ceba64d2cbda3d402"


def test_the_shipped_report_has_these_headings(report: Document) -> None:
    found = outline(report)
    assert [(section.heading, section.level) for section in found.sections] == HEADINGS
    marked = [report.text[s.start : s.end].rstrip("。") for s in found.sentences if s.is_heading]
    assert marked == [heading for heading, _ in HEADINGS]


def test_the_shipped_report_has_fifty_nine_sentences(report: Document) -> None:
    found = [report.text[s.start : s.end] for s in outline(report).sentences]
    assert len(found) == 59
    assert found[0] == "(天津市)天津市人民政府工作报告(2024年1月23日)"
    assert found[-1].startswith("提升鼓楼、古文化街等特色街区品质")
    assert found[-1].endswith("背街里巷等精细化管理。")


@pytest.mark.parametrize(
    "words",
    ["导航菜单", "本文仅代表作者观点", "博县网", "不得转载", "侵权", "/baogao/hb/9806.html",
     "留言与评论", "验证码"],
)  # fmt: skip
def test_the_page_around_the_shipped_report_is_in_no_sentence(report: Document, words: str) -> None:
    assert words in report.text
    assert not any(words in report.text[s.start : s.end] for s in outline(report).sentences)


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("今年改造燃气管网623公里", (PART, "持续释放城市更新生产力", "完善城市设施和服务功能")),
        (
            "优选100家科技型企业纳入上市培育库",
            (PART, "加快提升科技创新带动力", "充分发挥企业创新主体作用"),
        ),
        ("新增单项冠军企业20家", (PART, "有效激发产业焕新驱动力", "提升产业链竞争力")),
        ("加快推进新型工业化", (PART, "有效激发产业焕新驱动力")),
        ("以科技创新引领现代化产业体系建设", (PART,)),
        ("研究推出一批京津出行便利化举措", ("更加注重公共服务领域协同发展",)),
    ],
)
def test_a_sentence_of_the_shipped_report_stands_under_these_headings(
    report: Document, words: str, path: tuple[str, ...]
) -> None:
    (sentence,) = [s for s in outline(report).sentences if words in report.text[s.start : s.end]]
    assert sentence.section == path
    assert not sentence.is_heading


def test_another_folder_is_read_by_its_own_record(tmp_path: Path) -> None:
    digest = Document("", "", "甲市。\r\n").digest
    assert library.shipped(folder(tmp_path, "甲市。\r\n".encode(), digest)) == [
        Document(
            "甲-2024",
            "甲市报告",
            "甲市。\r\n",
            "txt",
            "甲.txt",
            "甲市政府",
            "2024-02-03",
            2025,
            "节选",
        )
    ]
    assert library.example_questions(tmp_path) == ["问一？", "问二？"]


@pytest.mark.parametrize("changed", ["甲市!\r\n", "甲市。\n", "甲市。\r\n\n", ""])
def test_a_report_that_differs_from_its_record_is_refused(tmp_path: Path, changed: str) -> None:
    folder(tmp_path, changed.encode(), Document("", "", "甲市。\r\n").digest)
    with pytest.raises(CorpusError, match=r"随附报告“甲\.txt”与记录的校验值不符，请重新安装"):
        library.shipped(tmp_path)


def test_a_report_that_is_missing_is_named(tmp_path: Path) -> None:
    (folder(tmp_path, b"", "") / "甲.txt").unlink()
    with pytest.raises(CorpusError, match=r"缺少随附报告“甲\.txt”，请重新安装"):
        library.shipped(tmp_path)


def test_the_digest_is_the_sha256_of_the_text_in_utf8() -> None:
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert Document("a", "b", "").digest == empty
    assert Document("a", "b", "津").digest != Document("a", "b", "沽").digest
