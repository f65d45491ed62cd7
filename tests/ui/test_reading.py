from corpus.library import shipped
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
