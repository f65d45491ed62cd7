from dataclasses import replace

from index.search import Searcher
from rag.assistant import Assistant
from rag.drafts import Draft
from rag.generation.page import Page
from rag.generation.sentences import Sentence
from rag.reader import Reader


def page(draft: Draft) -> Page:
    return Page(draft, {c.n: c for c in draft.passages})


def test_passages_beyond_the_draft_are_numbered_as_they_are_used(draft: Draft) -> None:
    written = page(draft)
    own = len(draft.answer.citations)
    written.add(Sentence("丙。", (5,)), None)
    written.add(Sentence("乙。", (3, 1)), None)
    answer = written.answer()
    assert answer.answer.splitlines()[1:3] == [f"丙。[{own + 1}]", f"乙。[{own + 2}][1]"]
    assert [c.n for c in answer.citations] == [1, 2, 3]
    assert answer.citations[1].quote == draft.passages[4].quote


def test_a_wrong_sentence_gives_way_to_the_quotes_it_cites_once(draft: Draft) -> None:
    written = page(draft)
    assert written.add(Sentence("假一。", (1,)), "figure")
    assert not written.add(Sentence("假二。", (1, 77)), "figure")
    assert written.lines == [draft.quotes[1]]
    assert (written.kept, written.replaced) == (0, 2)
    assert written.answer().answer == draft.answer.answer


def test_the_headline_and_every_citation_of_the_draft_stay(draft: Draft) -> None:
    written = page(draft)
    written.add(Sentence("乙。", (3,)), None)
    answer = written.answer()
    assert answer.answer.startswith("623公里[1]\n")
    assert draft.quotes[1] in answer.answer
    assert set(draft.answer.citations) <= set(answer.citations)


def test_without_a_headline_a_quote_is_left_out_only_when_it_is_rendered(
    searcher: Searcher,
    reader: Reader,
) -> None:
    draft = replace(Assistant(lambda: searcher, reader).draft("停车泊位"), heads=())
    brief, full = page(draft), page(draft)
    brief.add(Sentence("停车泊位属于服务设施。", (1,)), None)
    said = "将推进一刻钟便民生活圈建设，合理配置菜市场、停车泊位、公共充电桩等服务设施。"
    full.add(Sentence(said, (1,)), None)
    assert draft.quotes[1] in brief.answer().answer.splitlines()
    assert draft.quotes[1] not in full.answer().answer.splitlines()


def test_what_lacked_its_mark_may_come_again_with_it(draft: Draft) -> None:
    written = page(draft)
    assert not written.add(Sentence("供热管网改造150公里。", ()), "no citation")
    assert written.add(Sentence("供热管网改造150公里。", (1,)), None)
    assert (written.kept, written.repeats) == (1, 0)


def test_a_quote_that_is_said_is_not_put_beside_it(draft: Draft) -> None:
    written = page(draft)
    written.add(Sentence("供热管网改造150公里。", (1,)), None)
    assert not written.add(Sentence("假话。", (1,)), "new")
    assert draft.quotes[1] not in written.answer().answer.splitlines()


def test_an_echo_of_the_question_and_a_repeat_are_left_out(draft: Draft) -> None:
    written = page(draft)
    assert not written.add(Sentence("今年要改造燃气管网。", (1,)), None)
    assert written.add(Sentence("集中力量有序实施。", (1,)), None)
    assert not written.add(Sentence("集中力量有序实施。", (1,)), None)
    assert written.kept == 1
