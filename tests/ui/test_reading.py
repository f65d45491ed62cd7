from corpus.documents import Document
from corpus.library import shipped
from corpus.loaders.markdown import layout
from ui.web.reading import paragraph_of, reading

(REPORT,) = shipped()


def test_paragraphs_and_headings_are_slices_of_the_document() -> None:
    told = reading(REPORT)
    for paragraph in told["paragraphs"]:
        start = paragraph["start"]
        assert REPORT.text[start : start + len(paragraph["text"])] == paragraph["text"]
    for section in told["sections"]:
        heading = REPORT.text[section["start"] : section["body"]]
        assert heading.rstrip("。").endswith(section["heading"])
    assert told["paragraphs"][0]["n"] == 1
    assert "导航菜单" not in "".join(p["text"] for p in told["paragraphs"])


def test_an_offset_has_its_paragraph() -> None:
    told = reading(REPORT)
    for paragraph in told["paragraphs"]:
        assert paragraph_of(REPORT, paragraph["start"]) == paragraph["n"]
        assert (
            paragraph_of(REPORT, paragraph["start"] + len(paragraph["text"]) - 1) == paragraph["n"]
        )
    assert paragraph_of(REPORT, 0) == 1


def test_the_rows_of_a_table_say_which_cell_stands_in_which_column() -> None:
    text = "正文。\n\n| 指标 | 2024年 | 2025年 |\n|---|---|---|\n| 就业 |  | 35万人 |\n"
    told = reading(Document("a", "a", text, "md", layout=layout(text)))["paragraphs"]
    rows = [p for p in told if "cells" in p]
    assert [p["columns"] for p in rows] == [3, 3]
    assert [[text[start:end] for start, end, *_ in p["cells"]] for p in rows] == [
        ["指标", "2024年", "2025年"], ["就业", "35万人"],
    ]  # fmt: skip
    assert [place for _, _, *place in rows[1]["cells"]] == [[1, 1], [3, 1]]
    assert "cells" not in told[0]
