from dataclasses import replace

from corpus.documents import Document
from rag.answers import Answer, Citation
from ui.web import links, render, shell

CITED = Citation(1, "d/<1>", "标题<i>", ("一、", "（一）"), 40, 48, "新建公园50个。")
ANSWER = Answer("问", "问", True, "新建公园50个。[1]", citations=(CITED,))
REFUSAL = Answer("问", "问", False, "没有找到。", refusal="no_such_figure", related=(CITED,))


def place(citation: Citation) -> str:
    return f"{citation.title} · 第 3 段"


def test_a_mark_and_a_copy_link_carry_the_place_of_the_quote() -> None:
    html = render.message(ANSWER, place)
    assert "原文摘录" in html
    assert "href='#cite=d%2F%3C1%3E:40:48' title='看原文'>[1]</a>" in html
    assert (
        "<li>[1] 标题&lt;i&gt; · 第 3 段 <a href='#copy=d%2F%3C1%3E:40:48'>复制引文</a></li>"
        in html
    )


def test_the_headline_stands_out_and_each_of_its_marks_is_a_link() -> None:
    text = "623公里[1][2]；150公里[2]\n燃气管网623公里[1]\n供热管网150公里[2]"
    two = (CITED, replace(CITED, n=2, start=50, end=58))
    html = render.message(
        replace(ANSWER, answer=text, short_answer="623公里、150公里", citations=two), place
    )
    assert html.count("jw-short") == 1
    head = html[html.index("<p class='jw-short'>") :].partition("</p>")[0]
    assert head.count("href='#cite=") == 3


ROW = replace(CITED, start=40, end=53, quote="就业\t36<万\t35万人", focus=(48, 52))
MARK = "<a class='jw-mark jw-of-cell' href='#cite=d%2F%3C1%3E:48:52' title='看原文'>[1]</a>"


def test_rows_that_line_up_are_a_table_in_which_the_asked_cell_is_marked() -> None:
    told = f"35万人[1]\n指标\t去年\t今年[1]\n{ROW.quote}[1]"
    html = render.message(
        replace(ANSWER, answer=told, short_answer="35万人", citations=(ROW,)), place
    )
    assert (
        f"<table class='jw-rows'><tr><td>指标</td><td>去年</td><td>今年</td><td>{MARK}</td></tr>"
        f"<tr><td>就业</td><td>36&lt;万</td><td class='jw-cell'>35万人</td><td>{MARK}</td></tr>"
    ) in html


def test_a_row_alone_is_a_line_with_cuts_between_its_cells() -> None:
    html = render.message(replace(ANSWER, answer=f"{ROW.quote}[1]", citations=(ROW,)), place)
    cut = "<span class='jw-cut'>│</span>"
    assert f"<p>就业{cut}36&lt;万{cut}<b class='jw-cell'>35万人</b>{MARK}</p>" in html
    assert "<table" not in html


def test_evidence_behind_the_third_quote_is_folded() -> None:
    quotes = tuple(replace(CITED, n=n, quote=f"第{n}句。") for n in range(1, 6))
    lines = [f"{c.quote}[{c.n}]" for c in quotes]

    def shown(most: int) -> str:
        told = "\n".join(("五件事[1]", *lines[:most]))
        answer = replace(ANSWER, answer=told, short_answer="五件事", citations=quotes[:most])
        return render.message(answer, place)

    before, _, after = shown(5).partition("<details class='jw-evidence'>")
    assert "第3句。" in before
    assert after.startswith("<summary>还有 2 处原文</summary><p>第4句。")
    assert "jw-evidence" not in shown(4)  # one more line is shorter than the word that hides it


def test_a_mark_of_no_citation_stays_text() -> None:
    assert "[7]" in render.message(replace(ANSWER, answer="甲[7]"), place)
    assert "<a class='jw-mark'" not in render.message(replace(ANSWER, answer="甲[7]"), place)


def test_a_question_understood_otherwise_than_typed_is_shown_and_can_be_changed() -> None:
    asked = replace(ANSWER, question="供热的呢？", resolved_question="供热管网<改造>多少公里")
    html = render.message(asked, place)
    assert "理解为：供热管网&lt;改造&gt;多少公里" in html
    assert "href='#edit=%E4%BE%9B" in html
    assert "理解为" not in render.message(ANSWER, place)


def test_a_refusal_says_why_shows_what_is_near_and_offers_questions() -> None:
    html = render.message(REFUSAL, place, ["新建公园多少个？"])
    assert "报告没有给出这个细节" in html
    assert "原文摘录" not in html
    assert "最接近的原文（不是答案）" in html
    assert "可以换成这样问" in html
    assert ">新建公园多少个？</a>" in html


def test_what_a_model_wrote_has_another_label_and_its_warnings() -> None:
    written = replace(ANSWER, mode="generative", model="openai:m", warnings=("一句被替换",))
    html = render.message(written, place)
    assert "以下内容由人工智能生成（openai:m），仅供参考" in html
    assert f"原文：{CITED.quote}" in html
    assert "一句被替换" in html


def test_nothing_from_outside_reaches_the_page_as_markup() -> None:
    attack = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    hostile = replace(CITED, title=attack, quote=attack, document_id=attack)
    answer = Answer(attack, attack + "x", True, attack + "[1]", attack, citations=(hostile,))
    refusal = Answer(attack, attack, False, attack, refusal="off_topic", related=(hostile,))
    document = Document(attack, attack, "文", note=attack)
    for html in (
        render.message(answer, place, [attack]), render.message(refusal, place, [attack]),
        render.notice(attack), render.literal(attack), shell.title([document]),
        shell.welcome([document], [attack]), shell.about([document]), shell.pane([document] * 2),
    ):  # fmt: skip
        assert "<script" not in html
        assert "<img" not in html


def test_what_is_typed_is_no_markdown_either() -> None:
    assert render.literal("![x](http://a.b)\n*a*") == (
        "&#33;&#91;x&#93;&#40;http&#58;&#47;&#47;a&#46;b&#41;<br>&#42;a&#42;"
    )


def test_a_permalink_holds_the_whole_question() -> None:
    assert links.permanent("a&b=1 ?") == "?q=a%26b%3D1%20%3F"


def test_small_talk_has_no_badge_and_offers_questions_as_links() -> None:
    talk = Answer("你好", "你好", False, "您好！", refusal="small_talk")
    html = render.message(talk, place, ["公园几个？"])
    assert html == (
        "<div class='jw-answer jw-talk'><p>您好！</p><p class='jw-quiet'>可以这样问：</p>"
        f"<ul class='jw-more'><li><a href='{links.ask('公园几个？')}'>公园几个？</a></li></ul>"
        "</div>"
    )
