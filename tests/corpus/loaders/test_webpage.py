from pathlib import Path

from corpus.documents import Document
from corpus.loaders import parsing
from corpus.loaders.parsed import Parsed
from corpus.rows import rows

SAID = "今年将改造燃气管网100公里，新建学校20所，城镇新增就业35万人。"


def read(folder: Path, inside: str) -> Parsed:
    body = "".join(f"<p>第{n}段：{SAID}</p>" for n in range(5))
    page = (
        "<html><head><meta charset='utf-8'></head><body><div class='nav'><a href='/'>首页</a></div>"
        f"<div class='content'><h1>工作报告</h1>{body}{inside}<p>以上数据来自统计年度快报说明。</p>"
        "</div><div class='footer'>版权所有</div></body></html>"
    )
    (folder / "a.html").write_text(page)
    return parsing.extract(folder / "a.html", "html")


def test_merged_cells_of_a_page_stay_in_their_columns(tmp_path: Path) -> None:
    table = """<p>表1 主要指标</p><table>
    <tr><th rowspan="2">行业</th><th colspan="2">2024年</th></tr>
    <tr><th>增加值（亿元）</th><th>增速（%）</th></tr>
    <tr><td>工业</td><td>5588</td><td>4.6</td></tr></table>"""
    parsed = read(tmp_path, table)
    assert (
        "表1 主要指标\n行业\t2024年\n\t增加值（亿元）\t增速（%）\n工业\t5588\t4.6\n" in parsed.text
    )
    document = Document("a", "a", parsed.text, "html", layout=parsed.layout)
    told = [row.spoken()[0] for row in rows(document).values() if row]
    assert told == ["工业，2024年增加值5588亿元，2024年增速4.6%"]


def test_a_table_that_lays_out_the_page_is_paragraphs(tmp_path: Path) -> None:
    parsed = read(tmp_path, f"<table><tr><td><p>{SAID * 5}</p></td></tr></table>")
    assert f"\n{SAID * 5}\n" in parsed.text
    assert parsed.layout.tables == ()


def test_the_heading_of_a_page_is_its_first_line(tmp_path: Path) -> None:
    prose = "".join(
        f"<p>{n}、集中缴费期为2024年10月8日至2025年2月28日，逾期另行办理。</p>" for n in "一二三"
    )
    article = (
        f"<div class=article><h1>关于做好参保缴费工作的通知</h1><div>发布时间</div>{prose}</div>"
    )
    (tmp_path / "a.html").write_text(f"<html><meta charset=utf-8><body>{article}</body></html>")
    parsed = parsing.extract(tmp_path / "a.html", "html")
    assert parsed.text.startswith("关于做好参保缴费工作的通知\n")
    assert parsed.text.count("关于做好参保缴费工作的通知") == 1
    assert parsed.layout.headings == ((0, 0),)
