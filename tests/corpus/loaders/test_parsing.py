import os
import sys
from pathlib import Path
from subprocess import run

import docx
import pytest

from corpus.errors import CorpusError
from corpus.loaders import load, parsing

GAS = "今年改造燃气管网623公里、供热管网150公里、供水管网30公里，启动275个老旧小区改造提升。"
BROKEN = "（文件损坏或过大），请另存为 txt 后再添加"


def word(path: Path, *paragraphs: str) -> Path:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(str(path))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_web_page_gives_its_article_without_the_page(tmp_path: Path, encoding: str) -> None:
    page = f"""<html><head><title>网站</title><script>var x = "脚本";</script></head><body>
    <nav><a href="/">首页</a><a href="/x">要闻</a></nav><article><h1>工作报告</h1>
    {"".join(f"<p>第{n}段：{GAS}</p>" for n in range(8))}</article>
    <div class="comments"><p>网友：说得好。</p></div><footer>版权所有</footer></body></html>"""
    (tmp_path / "a.html").write_bytes(page.encode(encoding))
    assert parsing.extract(tmp_path / "a.html", "html").text.split("\n") == [
        "工作报告", *(f"第{n}段：{GAS}" for n in range(8)),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.html"])
@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\x00", b"PK\x03\x04cut", b"%PDF-1.4\n\xff"])
def test_a_file_that_is_not_of_its_format_is_refused(
    tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    no_text = "|“a.html”(?:既不是 UTF-8|含有控制字符).*后再添加" if name == "a.html" else ""
    with pytest.raises(CorpusError, match=f"无法解析“{name}”{BROKEN}{no_text}"):
        load([tmp_path / name])


def test_a_file_that_parses_to_nothing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "b.html").write_text("<html><body><img src='a.png'></body></html>")
    for file in (word(tmp_path / "a.docx"), tmp_path / "b.html"):
        with pytest.raises(CorpusError, match=rf"“{file.name}”里没有文字（扫描件需先识别）"):
            load([file])


def test_a_file_that_cannot_be_opened_is_the_callers_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        parsing.extract(tmp_path / "none.pdf", "pdf")


def test_a_name_that_looks_like_an_option_is_only_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("--", "-c", "-"):
        word(tmp_path / name, GAS)
        assert parsing.extract(Path(name), "docx").text == GAS


def test_a_parser_that_does_not_end_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(parsing.LIMITS, "docx", parsing.Limits(1 << 30, 15, 0))
    with pytest.raises(CorpusError, match=r"解析“a\.docx”超时，请另存为 txt 后再添加"):
        parsing.extract(word(tmp_path / "a.docx", GAS), "docx")


def test_a_parser_may_use_half_a_gigabyte_and_fifteen_seconds(tmp_path: Path) -> None:
    code = (
        "import sys, resource; from corpus.loaders.parsing import parse; parse(*sys.argv[1:]);"
        "print(resource.getrlimit(resource.RLIMIT_AS), resource.getrlimit(resource.RLIMIT_CPU))"
    )
    file = word(tmp_path / "a.docx", "Text. ")
    paths = {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", code, "docx", str(file)]
    child = run(command, env=os.environ | paths, capture_output=True, check=True)
    assert child.stdout.endswith(b"}(536870912, 536870912) (15, 15)\n")


def test_only_what_is_recognized_may_use_more() -> None:
    larger = {form for form, limits in parsing.LIMITS.items() if limits.memory > 512 << 20}
    assert larger == {"image", "scanned"}
