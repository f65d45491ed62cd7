"""The same kinds of facts in files of every format, and the right answer to a question on each.

Each table has figures of its own, so that an answer from another file or column is seen.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import docx
import xlsxwriter
from pptx import Presentation
from pptx.util import Inches

from tests.corpus.loaders.printing import CHROMIUM, printed

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Fact:
    """A question and what is to be told; "" where the file does not say it."""

    question: str
    short: str
    cell: str = ""


HEADINGS = ("指标", "2024年完成", "2025年目标")
TABLES: dict[str, Rows] = {
    "word.docx": (HEADINGS, ("城镇新增就业", "36.2万人", "35万人"),
                  ("粮食总产量", "256万吨", "250万吨"), ("新建公园", "53个", "61个")),
    "sheet.xlsx": (HEADINGS, ("港口货物吞吐量", "5.8亿吨", "6.1亿吨"),
                   ("机场旅客吞吐量", "2010万人次", "2150万人次"), ("新开航线", "17条", "22条")),
    "cells.csv": (HEADINGS, ("新建充电桩", "8100个", "9300个"),
                  ("更新公交车", "410辆", "520辆"), ("新增停车位", "1.4万个", "1.9万个")),
    "slides.pptx": (HEADINGS, ("新建幼儿园", "31所", "28所"),
                    ("新增养老床位", "4700张", "5600张"), ("家庭医生签约", "210万户", "230万户")),
    "page.html": (HEADINGS, ("城中村改造", "19个", "26个"), ("老旧电梯更新", "640部", "880部"),
                  ("雨污分流改造", "73公里", "94公里")),
    "text.md": (HEADINGS, ("技术合同成交额", "1950亿元", "2080亿元"),
                ("国家级专精特新企业", "290家", "340家"), ("专利授权量", "6.7万件", "7.2万件")),
    "print.pdf": (HEADINGS, ("造林绿化", "12万亩", "15万亩"), ("河道治理", "88公里", "97公里"),
                  ("关停矿山", "14座", "9座")),
}  # fmt: skip
NEAR = ("的同比增速是多少？", "由哪个部门负责？")


def facts(rows: Rows) -> Iterator[Fact]:
    """Give the questions on a table, one of a year and one of a column that it lacks with each."""
    for label, done, goal in rows[1:]:
        yield Fact(f"2024年{label}完成了多少？", done, done)
        yield Fact(f"{label}2025年的目标是多少？", goal, goal)
        yield Fact(f"2022年{label}是多少？", "")
        yield Fact(f"{label}{NEAR[len(label) % 2]}", "")


def write(folder: Path) -> list[Path]:
    """Write the files by the libraries that people's files are written with."""
    made = [folder / name for name in TABLES if CHROMIUM or not name.endswith(".pdf")]
    for path in made:
        _WRITERS[path.suffix](path, TABLES[path.name])
    return made


def _word(path: Path, rows: Rows) -> None:
    document = docx.Document()
    document.add_paragraph("滨澜市主要指标表")
    table = document.add_table(len(rows), len(rows[0]))
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    document.save(str(path))


def _sheet(path: Path, rows: Rows) -> None:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("交通")
    sheet.merge_range(0, 0, 0, len(rows[0]) - 1, "交通运输主要指标表")
    for r, row in enumerate(rows, start=1):
        sheet.write_row(r, 0, row)
    book.close()


def _commas(path: Path, rows: Rows) -> None:
    path.write_bytes("\r\n".join(",".join(row) for row in rows).encode("gb18030"))


def _slides(path: Path, rows: Rows) -> None:
    deck = Presentation()
    deck.slides.add_slide(deck.slide_layouts[5]).shapes.title.text = "封面"
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "公共服务主要指标表"
    size = (Inches(1), Inches(2), Inches(8), Inches(3))
    table = slide.shapes.add_table(len(rows), len(rows[0]), *size).table
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    deck.save(str(path))


def _html(rows: Rows) -> str:
    cells = ("".join(f"<td>{text}</td>" for text in row) for row in rows)
    body = "".join(f"<tr>{row}</tr>" for row in cells)
    return f"<table>{body}</table>"


def _page(path: Path, rows: Rows) -> None:
    prose = "".join(
        f"<p>第{n}段介绍城市更新的总体考虑和工作安排，供各单位参考使用。</p>" for n in range(4)
    )
    body = f"<article><h1>城市更新指标说明</h1>{prose}{_html(rows)}</article>"
    path.write_text(f"<html><meta charset=utf-8><body>{body}</body></html>")


def _markdown(path: Path, rows: Rows) -> None:
    head, *rest = (f"| {' | '.join(row)} |" for row in rows)
    path.write_text("\n".join(["# 科技指标表", "", head, "|---|---|---|", *rest]) + "\n")


def _print(path: Path, rows: Rows) -> None:
    html = f"<h1>生态环境指标</h1><p class=next>各项指标如下表。</p>{_html(rows)}"
    path.write_bytes(printed(path.parent, html))
    (path.parent / "printed.pdf").unlink()


_WRITERS: dict[str, Callable[[Path, Rows], None]] = {
    ".docx": _word, ".xlsx": _sheet, ".csv": _commas, ".pptx": _slides, ".html": _page,
    ".md": _markdown, ".pdf": _print,
}  # fmt: skip
