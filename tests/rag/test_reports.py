import pytest

from index.scope import Scope
from rag.assembly import Assembly
from rag.assistant import Assistant

PROVINCES = Scope(documents=("shanxi", "shaanxi", "hunan", "hubei", "hubei-2025"))


@pytest.fixture(scope="module")
def assistant(provinces: Assembly) -> Assistant:
    return provinces.assistant(generate=False)


@pytest.mark.parametrize(
    ("question", "short", "document"),
    [
        ("湖南今年GDP增长目标是多少？", "增长6%以上", "hunan"),
        ("湖北2025年的经济增长目标是多少？", "增长6%左右", "hubei-2025"),
        ("湖北今年的经济增长目标是多少？", "增长5%以上", "hubei"),
        ("陕西去年城镇新增就业多少人？", "44.5万人", "shaanxi"),
        ("平遥影视小镇今年几月开园？", "10月", "shanxi"),  # one report alone has it
    ],
)
def test_a_question_is_answered_from_the_report_it_is_about(
    assistant: Assistant, question: str, short: str, document: str
) -> None:
    answer = assistant.ask(question, scope=PROVINCES)
    assert answer.answered, answer.answer
    assert answer.short_answer == short
    assert {citation.document_id for citation in answer.citations} == {document}
    assert answer.answer.startswith(f"{answer.citations[0].place}：")


@pytest.mark.parametrize(
    ("question", "refusal", "told"),
    [
        ("广东今年GDP增长目标是多少？", "no_such_report",
         "所选的范围里没有广东的报告。收录的有：山西省2026年"),
        ("今年GDP增长目标是多少？", "which_report", "请说明问的是哪个地方"),
        ("湖南今年居民消费价格涨幅目标是多少？", "no_such_figure", ""),
        ("山西2020年城镇新增就业多少人？", "other_year", ""),
        ("株洲今年GDP增长目标是多少？", "no_such_figure", ""),  # in 湖南, which does not name it
    ],
)  # fmt: skip
def test_what_no_report_says_is_refused_with_the_reason(
    assistant: Assistant, question: str, refusal: str, told: str
) -> None:
    answer = assistant.ask(question, scope=PROVINCES)
    assert not answer.answered, answer.answer
    assert answer.refusal == refusal
    assert told in answer.answer


def test_a_name_of_two_places_is_asked_back(assistant: Assistant) -> None:
    answer = assistant.ask("朝阳区今年新增多少停车位？")
    assert answer.refusal == "which_place"
    assert "“朝阳区”可能是北京市朝阳区或长春市朝阳区，请说明是哪一个。" in answer.answer
    assert assistant.ask("北京朝阳区今年新增多少停车位？").short_answer == "3000个"


def test_a_scope_without_documents_is_a_refusal_that_lists_what_there_is(
    assistant: Assistant,
) -> None:
    answer = assistant.ask("今年GDP增长目标是多少？", scope=Scope(places=("广东",)))
    assert (answer.answered, answer.refusal) == (False, "out_of_scope")
    assert "所选的范围里没有报告。收录的有：山西省2026年政府工作报告、" in answer.answer


def test_in_the_scope_of_one_report_nothing_is_asked_back(assistant: Assistant) -> None:
    answer = assistant.ask("今年GDP增长目标是多少？", scope=Scope(places=("陕西",)))
    assert answer.short_answer == "增长5.5%—6%"
