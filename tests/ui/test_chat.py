from dataclasses import replace
from datetime import datetime
from pathlib import Path

import gradio as gr
import pytest

from corpus.errors import InputError
from eval.feedback import drafts
from rag.assembly import Assembly
from rag.feedback import FeedbackFile
from ui.web import opinion
from ui.web.chat import Chat, Said, messages
from ui.web.export import markdown
from ui.web.rates import Rates
from ui.web.seats import Seats


@pytest.fixture(scope="module")
def chat(assembly: Assembly) -> Chat:
    return Chat(assembly, Seats())


def asked(chat: Chat, *texts: str) -> list[Said]:
    said: list[Said] = []
    for text in texts:
        *_, said = chat.reply(text, said)
    return said


def test_an_answer_comes_whole_and_follow_ups_know_what_was_said(chat: Chat) -> None:
    ((first,),) = chat.reply("今年改造多少公里燃气管网？", [])
    assert first.answer
    assert first.answer.short_answer == "623公里"
    (_, second) = asked(chat, "今年改造多少公里燃气管网？", "供热的呢？")
    assert second.answer
    assert second.answer.short_answer == "150公里"


def test_an_error_is_told_and_no_question_is_kept_of_it(chat: Chat) -> None:
    (only,) = asked(chat, "长" * 600)
    assert only.answer is None
    assert "请缩短到 500 字以内" in only.shown
    assert len(messages([only])) == 2


def test_a_conversation_is_asked_anew_from_its_questions(chat: Chat) -> None:
    restored = chat.restored(["今年改造多少公里燃气管网？", {"role": "user"}, "供热的呢？"])
    assert [turn.answer and turn.answer.short_answer for turn in restored] == ["623公里", "150公里"]
    assert chat.restored("无") == []
    assert len(chat.restored(["口袋公园几个"] * 50)) == 10


def test_small_talk_goes_on_with_up_to_four_questions(chat: Chat) -> None:
    chat.prepare()
    (only,) = asked(chat, "你好")
    assert only.shown.count("href='#ask=") == 4
    assert "最接近的原文" not in only.shown


def test_offered_questions_are_answered(chat: Chat) -> None:
    chat.prepare()
    offered = [suggestion.question for suggestion in chat.offered()]
    assert len(offered) > 15
    assert "新建提升口袋公园多少个？" in offered
    answered = [asked(chat, question)[-1].answer for question in offered[:5]]
    assert all(answer and answer.answered for answer in answered)


def test_a_saved_conversation_is_plain_markdown(chat: Chat) -> None:
    said = asked(chat, "口袋公园新建几个 *<b>*", "红烧肉怎么做")
    text = markdown(said, datetime(2026, 11, 25, 9, 30))
    assert "导出时间：2026-11-25 09:30" in text
    assert "## 口袋公园新建几个 \\*\\<b\\>\\*" in text
    assert "【原文摘录】（索引版本 " in text
    assert "【没有答案】" in text
    assert "优化生态宜居品质，第 2766—2830 字" in text
    assert "理解为" not in text


def test_a_saved_conversation_says_how_questions_were_understood(chat: Chat) -> None:
    said = asked(chat, "今年改造多少公里燃气管网？", "供热的呢？", "谢谢")
    text = markdown(said, datetime(2026, 11, 25, 9, 30))
    assert said[1].answer
    assert f"## 供热的呢？\n\n理解为：{said[1].answer.resolved_question}\n\n【原文摘录】" in text
    assert "## 谢谢\n\n不客气。" in text


def test_an_opinion_is_kept_with_the_answer_it_is_of(chat: Chat, tmp_path: Path) -> None:
    file = FeedbackFile(tmp_path / "feedback.jsonl")
    said = asked(chat, "今年改造多少公里燃气管网？", "供热的呢？")
    opinion.record(file, said, "wrong_figure", " 应为 151 ")
    (kept,) = list(file)
    assert (kept.verdict, kept.question, kept.comment) == ("wrong_figure", "供热的呢？", "应为 151")
    assert kept.history[0][0] == "今年改造多少公里燃气管网？"
    assert kept.answer["short_answer"] == "150公里"
    assert drafts(file)[0].question == "供热的呢？"


def test_an_opinion_is_of_the_turn_it_was_given_on(chat: Chat, tmp_path: Path) -> None:
    file = FeedbackFile(tmp_path / "feedback.jsonl")
    said = asked(chat, "今年改造多少公里燃气管网？", "长" * 600, "供热的呢？")
    opinion.record(file, said[:1], "right", "")
    (kept,) = list(file)
    assert (kept.question, kept.history) == ("今年改造多少公里燃气管网？", ())
    assert kept.answer["index_version"]
    for judged, verdict, comment in (
        (said[:1], "made up", ""), (said[:1], None, "x"), (said[:1], "complaint", "长" * 1001),
        (said[:2], "right", ""), ([], "right", ""),
    ):  # fmt: skip
        with pytest.raises(InputError):
            opinion.record(file, judged, verdict, comment)
    assert len(list(file)) == 1


def test_reasons_judge_the_answer_they_were_opened_on(chat: Chat, tmp_path: Path) -> None:
    """Meanwhile another conversation may be shown, which has other answers in the same places."""
    file = FeedbackFile(tmp_path / "feedback.jsonl")
    first = asked(chat, "今年改造多少公里燃气管网？", "供热的呢？")
    with gr.Blocks() as blocks:
        shown, said = gr.Chatbot(), gr.State([])
        opinion.opinion(file, Rates(), shown, said, {})
    visitor = gr.Request(client=None)
    events = {event.name: event for event in blocks.fns.values()}
    thumb = gr.LikeData(None, {"index": 1, "value": "", "liked": False})
    opened: dict[object, object] = dict(
        zip(events["thumbed"].outputs, events["thumbed"].fn(first, thumb, visitor), strict=True)
    )
    now = {said: asked(chat, "口袋公园新建几个？")} | opened
    about, *typed = events["send"].inputs
    assert len(typed) == 2
    events["send"].fn(now[about], "wrong_figure", "", visitor)
    (kept,) = list(file)
    assert kept.question == "今年改造多少公里燃气管网？"
    assert now[typed[0]]["label"] == "对“今年改造多少公里燃气管网？”的回答，哪里不对？"


def test_what_is_remembered_has_an_end(chat: Chat) -> None:
    one = asked(chat, "口袋公园几个")[0]
    many = [replace(one, question=str(n)) for n in range(40)]
    *_, said = chat.reply("口袋公园几个", many)
    assert len(said) == 30
    assert said[0].question == "11"
