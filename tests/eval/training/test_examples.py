"""What the adapters are shown: windows with the right spans, misleading ones with none."""

import re
from dataclasses import replace
from pathlib import Path
from random import Random
from types import SimpleNamespace

import numpy as np
import pytest

from eval.training import misplacing
from eval.training.arrays import NOT_READ
from eval.training.config import Config
from eval.training.examples import NONE, SPAN, Examples, Report, Shown
from eval.training.layout import Layout
from eval.training.nearest import Nearest
from eval.training.pairing import pairs
from eval.training.public import public
from eval.training.showing import Showing
from eval.training.tokenising import arrays
from eval.training.windowing import grown, placed
from index.build import _embedded
from index.bundled.crossencoder import CrossEncoder
from index.bundled.tokenizer import BOS

PARK, LIST = 1, 8


@pytest.fixture
def showing(made_up: Report, near: Nearest, layout: Layout, config: Config, rng: Random) -> Showing:
    return Showing(made_up, near, layout, config.examples, ["深圳"], rng)


def _text(shown: Shown) -> str:
    return "".join(shown.window.texts)


def test_windows_that_answer_hold_the_very_answer(showing: Showing, made_up: Report) -> None:
    for asked in made_up.asked:
        own = made_up.page.folded(asked.sentence)[0]
        right = [s for s in showing.shown(asked) if s.verdict != NONE]
        assert len(right) >= 6  # two windows of each of three questions
        for shown in right:
            assert shown.verdict == asked.verdict
            assert [s.of(_text(shown)) for s in shown.spans] == [s.of(own) for s in asked.spans]


def test_windows_that_mislead_have_no_span(showing: Showing, made_up: Report) -> None:
    asked = made_up.asked[PARK]
    shown = list(showing.shown(asked))
    (near_miss,) = asked.near_misses
    tempting = [s for s in shown if s.question == near_miss]
    assert {(s.verdict, s.spans) for s in tempting} == {(NONE, ())}
    assert sum("口袋公园50个" in _text(s) for s in tempting) >= 2
    for example in shown:
        if example.question in asked.questions and example.verdict == NONE:
            assert "50个" not in _text(example)


def test_a_window_keeps_to_its_paragraph_its_room_and_without(
    made_up: Report, layout: Layout, rng: Random
) -> None:
    asked = made_up.asked[PARK]
    page, number = made_up.page, asked.sentence
    windows = [grown(page, number, 120, layout.size, rng) for _ in range(8)]
    paragraphs = {page.sentences[n].paragraph for w in windows for n in (w.first, w.last)}
    assert paragraphs == {page.sentences[number].paragraph}
    assert len({w.texts[0] for w in windows}) == 1  # room enough: the whole paragraph
    tight = grown(page, number, layout.size(page.folded(number)[0]) + 5, layout.size, rng)
    assert (tight.first, tight.last) == (number, number)
    apart = grown(page, number, 120, layout.size, rng, without=number - 1)
    assert (apart.first, apart.last) == (number, number + 1)
    assert [s.of("".join(apart.texts)) for s in placed(apart, asked)] == ["50个"]


def test_another_place_or_year_is_no_answer(
    made_up: Report, near: Nearest, layout: Layout, config: Config, rng: Random
) -> None:
    asked = made_up.asked[PARK]
    everywhere = replace(config.examples, elsewhere=1.0)
    shown = list(Showing(made_up, near, layout, everywhere, ["深圳"], rng).shown(asked))
    other = [s for s in shown if "深圳" in s.question]
    assert other[0].question == f"深圳{asked.questions[0]}"
    assert {s.verdict for s in other} == {NONE}
    named = [s for s in shown if s.question.startswith("青海")]
    assert {s.verdict for s in named} == {SPAN}
    years = replace(config.examples, elsewhere=0.0, another_year=1.0)
    shown = list(Showing(made_up, near, layout, years, [], rng).shown(asked))
    dated = [s for s in shown if re.match(r"20\d\d年|[明前]年", s.question)]
    assert len(dated) == 3
    assert {s.verdict for s in dated} == {NONE}


def test_questions_are_put_elsewhere_in_their_own_words() -> None:
    rng = Random(0)
    assert misplacing.elsewhere("青海省建几个？", "青海省", ["深圳"], rng) == "深圳建几个？"
    assert misplacing.elsewhere("青海建几个？", "青海省", ["深圳", "青海"], rng) == "深圳建几个？"
    assert misplacing.here("建几个？", "青海省") == "青海建几个？"
    assert misplacing.here("青海建几个？", "青海省") is None
    assert misplacing.another_year("今年建几个？", "", ["2021年"], rng) == "2021年建几个？"
    assert misplacing.another_year("去年建几个？", "", ["2021年"], rng) is None
    assert misplacing.another_year("建几个？", "2021年建5个", ["2021年"], rng) is None
    assert misplacing.this_year("今年建几个？", "2026年") == "2026年建几个？"


def test_labels_stand_at_the_very_tokens_of_the_answer(
    showing: Showing, made_up: Report, layout: Layout, config: Config
) -> None:
    for number in (PARK, LIST):
        asked = made_up.asked[number]
        own = made_up.page.folded(asked.sentence)[0]
        right = [s for s in showing.shown(asked) if s.verdict == SPAN]
        made = arrays(Examples(shown=right), layout, config.retriever)
        for n, shown in enumerate(right):
            row, at, body = layout.row(shown.question, shown.window.heading, shown.window.texts)
            assert made.rows[n].tolist() == row
            labels = made.labels[n].tolist()
            assert labels[:at] == [NOT_READ] * at
            assert labels[-1] == NOT_READ
            marked = [t for t, label in zip(body, labels[at:], strict=False) if label > 0]
            said = "".join(_text(shown)[t.start : t.end] for t in marked)
            assert said == "".join(s.of(own) for s in asked.spans)
            assert labels.count(1) == len(asked.spans)
            first, last = made.ends[n].tolist()
            expected = [n for n, label in enumerate(labels) if label > 0]
            one = len(asked.spans) == 1
            assert (first, last) == ((expected[0], expected[-1]) if one else (NOT_READ, NOT_READ))


def test_rows_are_those_that_the_reader_reads(
    made_up: Report, layout: Layout, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = made_up.asked[PARK]
    window = grown(made_up.page, asked.sentence, 120, layout.size, Random(0))
    reader = CrossEncoder(models)
    read: list[list[int]] = []

    session = reader._session

    def run(names: None, inputs: dict[str, np.ndarray]) -> object:
        read.extend(inputs["input_ids"].tolist())
        return session.run(names, inputs)

    monkeypatch.setattr(reader, "_session", SimpleNamespace(run=run))
    for question in (asked.questions[0], "很长的问题" * 40):
        reader.read(question, [(window.heading, window.texts * 9)])
        assert layout.row(question, window.heading, window.texts * 9)[0] == read[-1]
        assert len(read[-1]) == 256


def test_passages_are_those_that_an_index_embeds(made_up: Report) -> None:
    documents = {made_up.document.id: made_up.document}
    for group in made_up.passages:
        assert group[0].kind != "clause"
        for passage in group:
            assert made_up.embedded(passage) == _embedded(passage, documents)
    assert len(made_up.passages) == len(made_up.page.sentences)


def test_sentence_and_clause_that_answer_are_paired(
    made_up: Report, near: Nearest, config: Config, rng: Random
) -> None:
    asked = made_up.asked[PARK]
    made = list(pairs(made_up, asked, near, config.examples, rng))
    assert len(made) == 6
    sentence, clause = made[:2]
    assert sentence.passage.endswith("城镇新增就业6.3万人。")
    assert (
        clause.passage
        == "青海省2026年政府工作报告 一、过去一年工作回顾:新建口袋公园50个,改造燃气管网623公里,"
    )
    for pair in made:
        assert pair.passage not in pair.negatives
        assert not any("50个" in text for text in pair.negatives)
    assert any("6.3万人" in text for text in clause.negatives)


def test_embedded_rows_are_cut_at_their_end(layout: Layout) -> None:
    row = layout.question("建几个" * 99, 60)
    assert (len(row), row[0], row[-1]) == (60, BOS, 2)
    assert layout.passage("建几个", 60) == layout._tokenizer.encode("passage: 建几个")


def test_public_questions_have_their_span_and_windows_without(
    tmp_path: Path, layout: Layout, config: Config, rng: Random
) -> None:
    text = "泡泡戰士由盛大運營。生命數耗盡即算踢爆。分數多者獲勝。"
    passage = f'{{"id": "p1", "title": "泡泡戰士", "text": "{text}"}}\n'
    question = (f'{{"passage_id": "p1", "question": "生命數耗盡算什麼？", "answers": ["踢爆"], '
                f'"answer_starts": [{text.index("踢爆")}]}}\n')  # fmt: skip
    (tmp_path / "x_passages.jsonl").write_text(passage, encoding="utf-8")
    (tmp_path / "x_questions.jsonl").write_text(question, encoding="utf-8")
    made = public(tmp_path, config.examples, layout, rng, None)
    (right,) = [s for s in made.shown if s.verdict == SPAN]
    assert right.question == "生命数耗尽算什么?"
    assert [s.of(_text(right)) for s in right.spans] == ["踢爆"]
    assert all("踢爆" not in _text(s) for s in made.shown if s.verdict == NONE)
    assert made.pairs[0].passage == "泡泡战士:生命数耗尽即算踢爆。"
    assert len(made.pairs[0].negatives) == 2
