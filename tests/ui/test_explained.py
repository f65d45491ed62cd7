"""What `jinwen ask --explain` prints and the desk draws."""

from dataclasses import replace

from rag.answerability import calibration
from rag.assembly import Assembly
from rag.assistant import Assistant
from ui.cli.explaining import told
from ui.explained import Explained, explain


def steps(assembly: Assembly, question: str) -> Explained:
    assistant: Assistant = assembly.assistant(generate=False)
    return explain(assistant.readings(question), assistant.ask(question), calibration())


def test_an_answer_is_explained_from_words_to_quote(assembly: Assembly) -> None:
    found = steps(assembly, "今年改造多少公里燃气管网？")
    (part,) = found.parts
    assert part.plain == "今年改造多少公里燃气管网?"
    assert "今年改造燃气管网623公里" in part.found[0].text
    assert part.found[0].score >= part.found[1].score
    assert (part.answers, part.short, part.refusal) == (True, "623公里", None)
    assert part.confidence > found.threshold
    assert "今年改造燃气管网623公里" in part.chosen[0]
    assert part.looked[0].answered == part.confidence
    assert found.unborne == ()


def test_a_refusal_is_explained_too(assembly: Assembly) -> None:
    found = steps(assembly, "红烧肉怎么做")
    assert (found.parts[0].refusal, found.parts[0].confidence < found.threshold) == (
        "off_topic", True,
    )  # fmt: skip


def test_figures_that_no_quote_bears_out_are_named(assembly: Assembly) -> None:
    assistant = assembly.assistant(generate=False)
    question = "今年改造多少公里燃气管网？"
    false = replace(assistant.ask(question), short_answer="632公里")
    told_by = explain(assistant.readings(question), false, calibration())
    assert told_by.unborne == ("632公里",)


def test_the_terminal_prints_the_steps_in_order(assembly: Assembly) -> None:
    lines = told(steps(assembly, "今年改造多少公里燃气管网？")).splitlines()
    assert lines[:4] == [
        "问题：今年改造多少公里燃气管网？", "理解为：今年改造多少公里燃气管网？",
        "— 第 1 问：今年改造多少公里燃气管网?", "  检索到的句子（得分、余弦、年份）：",
    ]  # fmt: skip
    at = lines.index("  读过的窗口（答案在此的概率、是非问的概率、是的概率）：")
    assert at == 9
    assert lines[-4].startswith("  概率 ")
    assert "  找到：623公里" in lines
    assert lines[lines.index("— 答复") + 1].startswith("623公里")
