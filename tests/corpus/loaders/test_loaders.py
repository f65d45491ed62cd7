import json
from pathlib import Path

import docx
import pytest

from corpus.documents import Document
from corpus.errors import CorpusError
from corpus.loaders import load, plain


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def write_lines(path: Path, *records: object) -> Path:
    return write(path, "\n".join(json.dumps(record, ensure_ascii=False) for record in records))


def test_a_text_file_is_one_document_named_after_it(tmp_path: Path) -> None:
    text = "\ufeff首页\r\n天津市政府工作报告\r\n\r\n改造管网。\r\n"
    (document,) = load([write(tmp_path / "天津 2024.TXT", text)])
    assert (document.id, document.text, document.format) == ("天津-2024", text[1:], "txt")
    assert (document.origin, document.source) == (
        "天津 2024.TXT", str((tmp_path / "天津 2024.TXT").resolve()),
    )  # fmt: skip
    assert (document.title, document.place) == ("天津市2024年政府工作报告", "天津市")


def test_a_gb18030_markdown_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.markdown").write_bytes("# 年度计划\n改造管网。".encode("gb18030"))
    (document,) = load([tmp_path / "a.markdown"])
    assert (document.id, document.title, document.text) == (
        "a",
        "年度计划",
        "# 年度计划\n改造管网。",
    )
    assert (document.format, document.kind) == ("md", "plan")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("首页\n当前位置：首页\n工作报告\n正文", "工作报告"), ("#  计划 \n文", "计划"),
        ("甲\n乙\n规划", "规划"), ("甲\n乙\n丙\n规划", ""), ("关于报告的说明。\n正文", ""),
        ("报告" * 30, "报告" * 30),
        ("报告" * 30 + "书", ""), ("#报", ""), ("", ""), ("普通文字", ""),
    ],
)  # fmt: skip
def test_the_title_is_a_short_line_among_the_first_three(text: str, title: str) -> None:
    assert plain.title(text) == title


@pytest.mark.parametrize(
    ("name", "identity"),
    [("a b／c.txt", "a-b-c"), ("《甲》.txt", "甲"), ("v1.2_x.txt", "v1.2_x"),
     ("！.txt", "document"), ("-.x-.txt", "x")],
)  # fmt: skip
def test_the_id_is_the_file_name_made_safe(tmp_path: Path, name: str, identity: str) -> None:
    (document,) = load([write(tmp_path / name, "普通文字")])
    assert (document.id, document.title, document.origin) == (identity, name[:-4], name)


def test_a_folder_gives_its_files_in_path_order_and_skips_other_formats(tmp_path: Path) -> None:
    write(tmp_path / "z.txt", "丙")
    write(tmp_path / "sub" / "deep" / "c.MD", "乙")
    write(tmp_path / "picture.svg", "图")
    write(tmp_path / "README", "说明")
    write(tmp_path / "b.htm", "<html><body><p>改造燃气管网623公里。</p></body></html>")
    write_lines(tmp_path / "k.jsonl", {"id": "k1", "text": "一"}, {"id": "k2", "text": "二"})
    word = docx.Document()
    word.add_paragraph("甲")
    word.save(str(tmp_path / "a.docx"))
    found = [(document.id, document.text, document.format) for document in load([tmp_path])]
    assert found == [
        ("a", "甲", "docx"), ("b", "改造燃气管网623公里。", "html"), ("k1", "一", "jsonl"),
        ("k2", "二", "jsonl"), ("c", "乙", "md"), ("z", "丙", "txt"),
    ]  # fmt: skip


def test_paths_are_taken_in_the_order_given(tmp_path: Path) -> None:
    paths = [write(tmp_path / "b.txt", "乙"), write(tmp_path / "a.txt", "甲")]
    assert [document.text for document in load(paths)] == ["乙", "甲"]


def test_documents_of_one_name_get_a_suffix_from_their_content(tmp_path: Path) -> None:
    files = [write(tmp_path / "1" / "a.txt", "甲"), write(tmp_path / "2" / "a.md", "乙")]
    files.append(write(tmp_path / "b.txt", "丙"))
    suffixed = [f"a-{Document('', '', text).digest[:8]}" for text in "甲乙"]
    assert [document.id for document in load(files)] == [*suffixed, "b"]
    assert [document.id for document in load(files[::-1])] == ["b", *suffixed[::-1]]
    assert suffixed[0] == "a-33e3580c"


def test_a_file_given_twice_is_one_document(tmp_path: Path) -> None:
    file = write(tmp_path / "a.txt", "甲")
    assert [document.id for document in load([file, tmp_path])] == ["a"]


def test_facts_come_from_the_record_beside_a_file_and_before_it_from_who_adds(
    tmp_path: Path,
) -> None:
    write(tmp_path / "a.txt", "甲")
    write(tmp_path / "b.txt", "乙")
    write(tmp_path / "sources.toml", '["a.txt"]\nplace = "澜溪市"\nyear = 2025\ndate = 2025-01-09')
    first, second = load([tmp_path], {"plan_year": 2026})
    assert (first.place, first.plan_year, first.date) == ("澜溪市", 2026, "2025-01-09")
    assert (second.place, second.plan_year, second.date) == ("", 2026, "")
    assert first.read_from == "日期：设定；地区：设定；年份：设定"


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ('["a.txt"]\nyears = 2025', "有不认识的项“years”"),
        ('["a.txt"]\nyear = "去年"', "year 不对（去年），应是四位数的年份"),
        ('["a.txt"]\ndate = "明天"', "date 不对（明天），应写成 2026-01-26"),
        ('["a.txt"]\nkind = "x"', "kind 不对（x），应是 work_report、"),
        ('["a.txt"]\nplace = " 甲"', "place 不对"),
        ('"a.txt" = 1', "应是一张表"),
        ("[", "读不了"),
    ],
)
def test_a_record_that_is_not_right_is_named(tmp_path: Path, record: str, message: str) -> None:
    file = write(tmp_path / "a.txt", "甲")
    write(tmp_path / "sources.toml", record)
    with pytest.raises(CorpusError, match=message):
        load([file])


def test_paths_that_cannot_be_loaded_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"找不到“.*没有\.txt”"):
        load([tmp_path / "没有.txt"])
    with pytest.raises(
        CorpusError, match=r"不支持“a\.doc”的格式，请用 Word 或 WPS 另存为 docx 后再添加"
    ):
        load([write(tmp_path / "a.doc", "甲")])
    with pytest.raises(CorpusError, match=r"找不到“津{80}”"):
        load([Path("津" * 300 + ".txt")])
    with pytest.raises(CorpusError, match=r"^没有可添加的文件，支持 \.txt、.*，请检查路径$"):
        load([])
    with pytest.raises(CorpusError, match=r"^“.*”是空的，没有可添加的文件，支持 \.txt、"):
        load([tmp_path])


def test_a_file_in_a_folder_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    (tmp_path / "断.txt").symlink_to(tmp_path / "nowhere")
    with pytest.raises(CorpusError, match=r"无法读取“.*断\.txt”（No such file or directory）"):
        load([tmp_path])


@pytest.mark.parametrize("text", ["", " \r\n\u3000", "——。！😀"])
def test_a_file_without_a_letter_or_figure_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(CorpusError, match=r"“空\.txt”里没有文字（扫描件需先识别）"):
        load([write(tmp_path / "空.txt", text)])


@pytest.mark.parametrize("name", ["big.txt", "big.pdf", "big.jsonl"])
def test_a_file_over_fifty_megabytes_is_refused_unread(tmp_path: Path, name: str) -> None:
    with (tmp_path / name).open("wb") as file:
        file.truncate(50_000_001)
    with pytest.raises(CorpusError, match="超过 50 MB，请拆分后再添加"):
        load([tmp_path / name])


@pytest.mark.parametrize("name", ["空/图.svg", "空.jsonl"])
def test_a_path_that_holds_nothing_is_refused_beside_one_that_does(
    tmp_path: Path, name: str
) -> None:
    write(tmp_path / name, "\n")
    with pytest.raises(CorpusError, match=r"空.*是空的"):
        load([write(tmp_path / "a.txt", "甲"), tmp_path / name.removesuffix("/图.svg")])


def test_a_jsonl_file_that_holds_nothing_is_refused_inside_a_folder_too(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "甲")
    write(tmp_path / "空.jsonl", "\n")
    with pytest.raises(CorpusError, match="空"):
        load([tmp_path])


def test_a_folder_whose_name_ends_like_a_file_is_walked(tmp_path: Path) -> None:
    write(tmp_path / "2024.txt" / "a.md", "甲")
    assert [document.id for document in load([tmp_path])] == ["a"]
