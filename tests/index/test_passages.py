from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.documents import Document
from index import tokens
from index.passages import BLOCK_TOKENS, Block, Passage, context, cut

CITY = "完善城市设施和服务功能"
PLAN = (
    "制定城市燃气、供热、供水等老旧管网改造计划，集中力量分年度分区域有序实施改造，"
    "引育科技型企业累计达到1500家，优选100家科技型企业纳入上市培育库，"
)


def _clauses(document: Document, holding: str) -> list[str]:
    """Return the clauses of the one sentence with these words."""
    passages, _ = cut([document])
    (whole,) = (p for p in passages if p.kind == "sentence" and holding in p.text(document))
    inside = [p for p in passages if p.kind == "clause" and whole.start <= p.start < whole.end]
    assert all(p.section == whole.section and p.block == whole.block for p in inside)
    return [p.text(document) for p in inside]


def test_the_sentence_of_the_275_neighbourhoods_is_cut_into_five(report: Document) -> None:
    assert _clauses(report, "275个老旧小区") == [
        "推进保障性住房建设、“平急两用”公共基础设施建设、城中村改造等“三大工程”,",
        "启动建设配售型保障性住房,",
        "实施7个城市更新项目和一批城中村改造项目,",
        "启动275个老旧小区改造提升,",
        "开展城市社区嵌入式服务设施建设。",
    ]


def test_the_sentence_of_the_623_kilometres_is_cut_into_three(report: Document) -> None:
    assert _clauses(report, "623公里") == [
        "制定城市燃气、供热、供水等老旧管网改造计划,",
        "集中力量分年度分区域有序实施改造,",
        "今年改造燃气管网623公里、供热管网150公里、供水管网30公里。",
    ]


def test_a_short_clause_joins_the_one_that_follows(report: Document) -> None:
    assert _clauses(report, "5号线延伸线") == [
        "建成地铁11号线一期西段、5号线延伸线、津静市域(郊)铁路首开段,",
        "加快推进津滨轻轨改造,开工建设机场三期等项目,",
        "提升改造一批桥梁道路。",
    ]


def test_a_sentence_of_thirty_characters_is_not_cut_and_a_longer_one_is() -> None:
    short = "提前建成口袋公园，完善公园养护机制，持续提升城市环境品质水平。"[-30:]
    assert _clauses(Document("a", "甲", short), "公园") == []
    longer = f"再{short}"
    assert _clauses(Document("a", "甲", longer), "公园") == ["再前建成口袋公园，完善公园养护机制，",
                                                          "持续提升城市环境品质水平。"]  # fmt: skip


def test_the_report_is_cut_into_known_passages_and_blocks(report: Document) -> None:
    passages, blocks = cut([report])
    kinds = [passage.kind for passage in passages]
    assert (kinds.count("sentence"), kinds.count("heading"), kinds.count("clause")) == (43, 16, 115)
    assert len(blocks) == 18
    assert max(tokens.count(report.text[b.start : b.end]) for b in blocks) == 193


def test_a_passage_knows_its_place(report: Document) -> None:
    passages, blocks = cut([report])
    (gas,) = (p for p in passages if p.text(report).startswith("今年改造燃气管网623公里"))
    lead = "(二)全力促进科技创新、产业焕新、城市更新,加快形成更多新质生产力"
    section = (lead, "持续释放城市更新生产力", CITY)
    assert gas == Passage("tianjin-2024", 2512, 2545, section, 16, "clause")
    assert blocks[16] == Block("tianjin-2024", 2358, 2665, section)
    assert report.text[2358:2371] == f"{CITY}。推"


def test_documents_follow_each_other_with_blocks_counted_on() -> None:
    two = [Document("a", "甲", "改造管网。\n新建公园。"), Document("b", "乙", "发展教育。")]
    passages, blocks = cut(two)
    assert [(p.document_id, p.start, p.end, p.block) for p in passages] == [
        ("a", 0, 5, 0), ("a", 6, 11, 1), ("b", 0, 5, 2),
    ]  # fmt: skip
    assert [block.document_id for block in blocks] == ["a", "a", "b"]


def test_no_documents_and_empty_documents_have_no_passages() -> None:
    assert cut([]) == ([], [])
    assert cut([Document("a", "甲", ""), Document("b", "乙", " \n。。\n")]) == ([], [])


def test_a_long_paragraph_becomes_blocks_within_the_budget() -> None:
    sentence = "今年改造燃气管网623公里、供热管网150公里、供水管网30公里。"  # 22 tokens
    document = Document("a", "甲", sentence * 40)
    _, blocks = cut([document])
    sizes = [tokens.count(document.text[b.start : b.end]) for b in blocks]
    assert sizes == [18 * 22, 18 * 22, 4 * 22]
    assert "".join(document.text[b.start : b.end] for b in blocks) == document.text


def test_a_sentence_that_fills_a_block_alone_stands_alone() -> None:
    document = Document("a", "甲", "12345678" * 50 + "。改造管网。")
    _, blocks = cut([document])
    texts = [document.text[b.start : b.end] for b in blocks]
    assert texts[0] == "12345678" * 50
    assert tokens.count(texts[0]) == BLOCK_TOKENS == 400


def test_a_sentence_over_the_budget_is_a_block_of_its_own() -> None:
    document = Document("a", "甲", "ༀ\u0f48ཉ" * 200)  # more tokens than characters
    _, blocks = cut([document])
    sizes = [tokens.count(document.text[b.start : b.end]) for b in blocks]
    assert [(b.start, b.end) for b in blocks] == [(0, 400), (400, 600)]
    assert sizes == [666, 334]


def test_blanks_between_sentences_count_towards_the_budget() -> None:
    document = Document("a", "甲", ("改造管网。" + " \u3000\t" * 60) * 40)
    _, blocks = cut([document])
    assert max(tokens.count(document.text[b.start : b.end]) for b in blocks) <= BLOCK_TOKENS


def test_a_short_last_clause_is_kept_when_only_marks_follow() -> None:
    document = Document("a", "甲", f"{PLAN}新建公园5个；。")
    assert _clauses(document, "新建公园5个")[-1].startswith("新建公园5个")


def test_a_clause_begins_with_its_first_word() -> None:
    spaced = PLAN.replace("，", "， ").strip()
    assert _clauses(Document("a", "甲", f"{spaced}\u3000新建公园5个。"), "新建公园5个") == [
        "制定城市燃气、供热、供水等老旧管网改造计划，",
        "集中力量分年度分区域有序实施改造，",
        "引育科技型企业累计达到1500家，",
        "优选100家科技型企业纳入上市培育库，",
        "新建公园5个。",
    ]


def test_a_figure_with_a_thousands_separator_stays_whole() -> None:
    document = Document("a", "甲", f"{PLAN}全市技术合同成交额突破2,000亿元。")
    assert "全市技术合同成交额突破2,000亿元。" in _clauses(document, "2,000亿元")


def test_context_is_the_title_and_the_nearest_heading() -> None:
    assert context("报告", ()) == "报告"
    assert context("报告", ("（二）", CITY)) == f"报告 {CITY}"


PIECES = st.sampled_from([
    "改造管网", "一、", "（二）", "提升产业链竞争力。", "623公里", "。", "，", "；", "！", "…", "”",
    "“", "、", ".", ",", ";", "3.14", "1,000", "\n", "\r\n", "\r", "\u2028", "\x85", "\t", " ",
    "\u3000", "\u200b", "𠮷", "🧑\u200d🚀", "ﷺ", "\ufeff", "# ", "12", "来源：", "é", "e\u0301",
    PLAN, PLAN.replace("，", "， "),
])  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=20)), max_size=60).map("".join))
def test_any_text_is_cut_into_exact_slices_in_order(text: str) -> None:
    document = Document("d", "题", text)
    passages, blocks = cut([document])
    whole = [p for p in passages if p.kind != "clause"]
    assert all(a.end <= b.start for a, b in pairwise(whole))
    for p in passages:
        block = blocks[p.block]
        assert document.text[p.start : p.end] == p.text(document)
        assert p.kind == "clause" or p.text(document) == p.text(document).strip()
        assert any(c.isalnum() for c in p.text(document))
        assert block.start <= p.start < p.end <= block.end
        assert block.section == p.section
    for number in range(len(blocks)):
        costs = [tokens.count(p.text(document)) for p in whole if p.block == number]
        assert sum(costs) <= BLOCK_TOKENS or len(costs) == 1
