"""Pages of PDFs: columns, running lines, sentences over pages, pictures, bombs."""

from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from corpus.errors import CorpusError
from corpus.loaders.pdf.document import parse
from tests.corpus.loaders.printing import needs_chromium, printed

# Characters that Noto's fonts share with radicals: other readers give ⺠ for 民 and ⻓ for 长.
RADICALS = "民生长效门户方立里黑龙见食走高骨首面风非青采车言西行老网米穴矢石用玉父比毛"
SENTENCES = [
    f"第{n}项工作推进有力，全市{RADICALS[n % 9 : n % 9 + 9]}等领域投入增长{n}.5%，"
    f"惠及居民{n}万户，较上年多{n}户。"
    for n in range(90)
]  # fmt: skip
RUNNING = """<style>@page {
@top-left { content: "天津市统计局" } @top-right { content: "统计公报" }
@bottom-center { content: "— " counter(page) " —" } }</style>"""


def paragraphs(count: int = len(SENTENCES)) -> str:
    return "".join(f"<p>{sentence}</p>" for sentence in SENTENCES[:count])


@needs_chromium
def test_radicals_are_the_characters_that_they_look_like(tmp_path: Path) -> None:
    assert parse(printed(tmp_path, f"<p>{RADICALS}</p>")).text == RADICALS


@needs_chromium
def test_running_lines_go_and_sentences_over_pages_stay_whole(tmp_path: Path) -> None:
    parsed = parse(printed(tmp_path, RUNNING + f"<h1>统计公报</h1>{paragraphs()}"))
    assert parsed.text.split("\n") == ["统计公报", *SENTENCES]


@needs_chromium
def test_a_sentence_is_on_the_page_where_it_begins(tmp_path: Path) -> None:
    html = f"<style>p {{ orphans: 1; widows: 1 }}</style><h1>统计公报</h1><p>甲。</p>{paragraphs()}"
    data = printed(tmp_path, RUNNING + html)
    parsed = parse(data)
    with pypdfium2.PdfDocument(data) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    assert len(parsed.layout.pages) == len(pages) > 2
    for n, sentence in enumerate(SENTENCES):
        first = next(i for i, page in enumerate(pages, 1) if f"第{n}项" in page)
        assert parsed.layout.page_at(parsed.text.index(sentence)) == first
    inside = [parsed.text[start - 1] for start in parsed.layout.pages[1:]]
    assert any(before != "\n" for before in inside)  # a page that begins within a sentence


@needs_chromium
def test_pages_without_text_count(tmp_path: Path) -> None:
    blank = "<div class=next></div>"
    parsed = parse(printed(tmp_path, f"<p>甲页文字。</p>{blank}<p class=next>丙页文字。</p>"))
    assert parsed.text == "甲页文字。\n丙页文字。"
    assert [parsed.layout.page_at(parsed.text.index(c)) for c in "甲丙"] == [1, 3]


@needs_chromium
def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    html = f"<h1>统计公报</h1><div style='column-count:2;column-gap:2em'>{paragraphs(60)}</div>"
    parsed = parse(printed(tmp_path, RUNNING + html))
    assert parsed.text.split("\n") == ["统计公报", *SENTENCES[:60]]


@needs_chromium
def test_two_columns_are_read_so_whatever_the_order_in_the_file(tmp_path: Path) -> None:
    left, right = ("".join(SENTENCES[n::2][:8])[:390] for n in (0, 1))
    lines = [(at, text[at : at + 15]) for at in range(0, 390, 15) for text in (left, right)]
    told = "".join(
        f"<div style='position:absolute;white-space:nowrap;top:{40 + at * 1.4}pt;left:{x}pt'>"
        f"{line}</div>"
        for (at, line), x in zip(lines, [0, 250] * len(lines), strict=False)
    )
    parsed = parse(printed(tmp_path, told))
    assert parsed.text.replace("\n", "") == left + right


@needs_chromium
def test_words_in_places_that_line_up_are_no_columns(tmp_path: Path) -> None:
    told = [(f"指标名称{n}", f"完成{n}.5") for n in range(12)]
    html = "".join(
        f"<p style='display:flex'><span style='width:60%'>{a}</span><span>{b}</span></p>"
        for a, b in told
    )
    lines = parse(printed(tmp_path, html)).text.split("\n")
    assert lines == [f"{a} {b}" for a, b in told]


@needs_chromium
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_reads_as_upright(tmp_path: Path, turn: int) -> None:
    html = (
        f"<div style='transform:rotate({turn}deg);position:absolute;top:200pt;width:400pt'>"
        "<p>各区完成情况如下。</p><table><tr><th>区</th><th>完成</th></tr>"
        "<tr><td>和平</td><td>36.2</td></tr></table></div>"
    )
    parsed = parse(printed(tmp_path, html))
    assert parsed.text == "各区完成情况如下。\n区\t完成\n和平\t36.2"
    assert len(parsed.layout.tables) == 1


@needs_chromium
def test_blanks_that_spread_letters_go_and_those_between_words_stay(tmp_path: Path) -> None:
    html = "<p style='letter-spacing:8pt'>目录总则</p><p>推进 high quality 发展，GDP增长5%。</p>"
    assert parse(printed(tmp_path, html)).text == "目录总则\n推进high quality发展，GDP增长5%。"


@needs_chromium
def test_pictures_are_told_as_left_out(tmp_path: Path) -> None:
    for name in ("a.png", "b.png"):
        Image.effect_noise((200, 100), 50).save(tmp_path / name)
    html = "<p>图前文字说明完成情况。</p><img src=a.png><br><img src=b.png>"
    parsed = parse(printed(tmp_path, html))
    assert (parsed.text, parsed.layout.left_out) == ("图前文字说明完成情况。", ("2 张图片",))


def test_a_pdf_of_very_many_pages_is_refused() -> None:
    count = 100_000
    kids = " ".join(["3 0 R"] * count)
    body = (
        "1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
        f"2 0 obj\n<< /Type /Pages /Count {count} /Kids [{kids}] >>\nendobj\n"
        "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] >>\nendobj\n"
    )
    data = f"%PDF-1.4\n{body}trailer << /Root 1 0 R >>".encode()
    with pytest.raises(CorpusError, match="超过 5000 页，请拆分后再添加"):
        parse(data)


def test_a_scanned_page_is_told_where_it_cannot_be_recognized(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("corpus.loaders.scan.is_installed", lambda: False)
    with pytest.raises(CorpusError, match=r"是扫描件，.*pip install 'jinwen\[ocr\]'"):
        parse(scanned(Image.new("RGB", (600, 800), "white")))


def scanned(*pictures: Image.Image) -> bytes:
    """Return a PDF whose pages are pictures, 200 dots an inch."""
    file = BytesIO()
    pictures[0].save(file, "PDF", resolution=200, save_all=True, append_images=pictures[1:])
    return file.getvalue()
