from dataclasses import replace

from corpus.documents import Document
from rag.answers import Answer, Citation
from ui.web import render

TEXT = "前面的话。" * 40 + "\n甲方<b>乙</b>。新建公园50个。丙。\n" + "后面的话。" * 40
START = TEXT.index("新建公园")
CITED = Citation(1, "d", "标题<i>", ("一、", "（一）"), START, START + 8, "新建公园50个。")
ANSWER = Answer("问", "问", True, "新建公园50个。[1]", citations=(CITED,))
REFUSAL = Answer("问", "问", False, "没有找到。", refusal="not_in_documents", related=(CITED,))
DOCUMENTS = {"d": Document("d", "标题<i>", TEXT)}


def test_an_answer_carries_its_label_and_links_to_its_card() -> None:
    html = render.message(ANSWER)
    assert "原文摘录" in html
    assert "新建公园50个。<a class='jw-mark' href='#cite-1'>[1]</a>" in html
    assert "id='cite-1'" in render.cards(ANSWER, DOCUMENTS)


def test_the_headline_stands_out_and_each_of_its_marks_is_a_link() -> None:
    text = "623公里[1][2]；150公里[2]\n燃气管网623公里[1]\n供热管网150公里[2]"
    html = render.message(replace(ANSWER, answer=text, short_answer="623公里、150公里"))
    first, second = (f"<a class='jw-mark' href='#cite-{n}'>[{n}]</a>" for n in (1, 2))
    assert f"<p class='jw-short'>623公里{first}{second}；150公里{second}</p>" in html
    assert html.count("jw-short") == 1


def test_a_question_understood_otherwise_than_typed_is_shown_as_understood() -> None:
    asked = replace(ANSWER, question="供热的呢？", resolved_question="供热管网<改造>多少公里")
    assert "理解为：供热管网&lt;改造&gt;多少公里" in render.message(asked)
    assert "理解为" not in render.message(ANSWER)


def test_a_card_marks_the_quote_inside_its_own_paragraph() -> None:
    card = render.cards(ANSWER, DOCUMENTS)
    assert "甲方&lt;b&gt;乙&lt;/b&gt;。<mark>新建公园50个。</mark>丙。</p>" in card
    assert "前面的话" not in card
    assert "标题&lt;i&gt; › 一、 › （一）" in card
    assert f"第 2 行，第 {START}–{START + 8} 字" in card


def test_long_surroundings_are_cut_at_sentences() -> None:
    text = "起头的一句话。" * 60 + "被引。" + "收尾的一句话。" * 60
    start = text.index("被引")
    cited = Citation(1, "d", "t", (), start, start + 3, "被引。")
    card = render.cards(
        Answer("问", "问", True, "", citations=(cited,)), {"d": Document("d", "t", text)}
    )
    assert "<p>…起头的一句话。" in card
    assert "收尾的一句话。…</p>" in card


def test_a_refusal_looks_different_and_shows_what_is_near() -> None:
    assert "jw-refusal" in render.message(REFUSAL)
    assert "原文摘录" not in render.message(REFUSAL)
    assert "最接近的原文（不是答案）" in render.cards(REFUSAL, DOCUMENTS)


def test_nothing_from_outside_reaches_the_page_as_markup() -> None:
    attack = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    said = render.message(Answer(attack, attack, True, attack + "[1]"))
    for html in (said, render.notice(attack), render.title([(attack, attack)])):
        assert "<script" not in html
        assert "<img" not in html


def test_the_last_part_of_a_stream_is_the_whole_message() -> None:
    two = Answer("问", "问", True, "甲[1]\n乙[2]")
    parts = list(render.partial_messages(two))
    assert parts == ["<p>甲[1]</p>", render.message(two)]
    assert list(render.partial_messages(REFUSAL)) == [render.message(REFUSAL)]
