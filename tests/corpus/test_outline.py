from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.cleaning import report_lines, text_lines
from corpus.documents import Document, Format
from corpus.structure import outline

PIECES = [
    "一、", "（二）", "(三)", "1.", "2、", "第一章", "第二节", "# ", "## ", "#### ", "—", "——", "7",
    "提升产业链竞争力。", "加快绿色化转型", "改造管网623公里", "今年", "5.5G", "It rose 3.1%. ",
    "导航菜单", "版权所有", "本站转载", "第 3 页", "津" * 130, *"。！？；：，、…!?.,;:'\"",
    *"“”‘’「」『』〈〉《》【】〔〕（）()[]{}<>", *" \t\u3000\xa0\u200b\u2028\u2029\x0b\x0c\x85\x1c",
    "\r\n", "\n", "\r", "\n\n", "😀", "👨‍👩‍👧", "𠮷", "㐀", "龘", "\ue000", "é", "e\u0301",
    "，，，", "½", "①", "〇",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=60).map("".join)


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.sampled_from(["txt", "md", "jsonl"]))
def test_sentences_cover_the_report_in_order_and_sections_nest(text: str, form: Format) -> None:
    found = outline(Document("d", "题", text, form))
    end = 0
    for sentence in found.sentences:
        assert end <= sentence.start < sentence.end <= len(text)
        assert text[sentence.start : sentence.end].strip() == text[sentence.start : sentence.end]
        end = sentence.end
    lines = text_lines(text) if form == "jsonl" else report_lines(text)
    wanted = {i for line in lines for i in range(line.start, line.end) if text[i].isalnum()}
    inside = {i for sentence in found.sentences for i in range(sentence.start, sentence.end)}
    assert {i for i in inside if text[i].isalnum()} == wanted
    assert [s.paragraph for s in found.sentences] == sorted(s.paragraph for s in found.sentences)
    for section in found.sections:
        assert 0 <= section.start < section.body <= section.end <= len(text)
        assert section.heading == section.heading.strip() != ""
    for first, second in pairwise(found.sections):
        assert first.start < second.start
    for i, outer in enumerate(found.sections):
        for inner in found.sections[i + 1 :]:
            assert inner.start >= outer.end or (
                inner.end <= outer.end and inner.level > outer.level
            )
    for sentence in found.sentences:
        around = [s for s in found.sections if s.start <= sentence.start < s.end]
        assert sentence.section == tuple(section.heading for section in around)
        assert sentence.is_heading == any(s.start == sentence.start for s in around)
