import re
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from eval.askers import Local
from eval.compare import compare
from eval.report import comparison_html, html, markdown
from eval.run import read, run
from eval.sets import open_set
from index.search import Searcher
from rag.assistant import Assistant
from rag.reader import Reader


@pytest.fixture(scope="module")
def made(searcher: Searcher, reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Any:
    out: Path = tmp_path_factory.mktemp("run")
    asker = Local(searcher, Assistant(lambda: searcher, reader))
    summary = run(open_set("smoke"), lambda world: nullcontext(asker), out)
    return summary, read(out), (out / "report.html").read_text()


def test_every_wrong_answer_is_on_the_page_with_links_that_lead_somewhere(made: Any) -> None:
    summary, records, page = made
    wrong = [r["case"]["id"] for r in records if r["scores"]["right"] < 1]
    assert sorted(re.findall(r'<article id="q-([^"]+)"', page)) == sorted(wrong)
    assert f"Wrong answers: {len(wrong)}" in page
    ids = set(re.findall(r'\bid="([^"]+)"', page))
    links = set(re.findall(r'href="#([^"]+)"', page))
    assert links
    assert links <= ids
    assert f"## Wrong: {len(wrong)}" in markdown(summary, records)


def test_the_page_fetches_nothing_and_draws_its_plots(made: Any) -> None:
    _, _, page = made
    assert not re.search(r"<(script|link|img|iframe)\b", page)
    assert not re.search(r"(src|action)=|url\(['\"]?http|@import", page)
    assert page.count("<svg") == 3


def test_texts_are_escaped(made: Any) -> None:
    summary, records, _ = made
    record = {**records[0], "scores": {**records[0]["scores"], "right": 0.0}}
    record["case"] = {**record["case"], "question": "<script>alert(1)</script>"}
    page = html(summary, [record, *records[1:]])
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_a_comparison_shows_both_answers(made: Any) -> None:
    _, records, _ = made
    first = {**records[0], "scores": {**records[0]["scores"], "right": 0.0},
             "given": {**records[0]["given"], "answer": "供热管网150公里"}}  # fmt: skip
    records = [{**records[0], "scores": {**records[0]["scores"], "right": 1.0}}, *records[1:]]
    page = comparison_html(("a", "b"), compare(records, [first, *records[1:]]))
    assert page.count("<article") == 1
    assert "623" in "".join(re.findall(r"<mark>([^<]+)</mark>", page))
