from pathlib import Path

from corpus.documents import Document
from rag.generation.choice import ChatChoice
from ui.web import shell
from ui.web.shell import about


def test_who_gets_to_see_a_question_is_told() -> None:
    assert "这里接了语言模型" not in about([])
    hosted = about([], ChatChoice("openai:<b>m</b>"))
    assert "openai:&lt;b&gt;m&lt;/b&gt;" in hosted
    assert "由模型服务商或其他服务器运行" in hosted
    assert "就在这台服务器上运行" in about([], ChatChoice(local=Path("/m/qwen.gguf")))


def test_the_empty_chat_tells_what_there_is_and_what_can_be_asked() -> None:
    one = Document("a", "甲市*报告*", "文", note="节选")
    told = shell.welcome([one], ["口袋公园几个？"])
    assert "现收录《甲市&#42;报告&#42;》，节选。" in told  # read as Markdown
    assert "href='#ask=%E5%8F%A3%E8%A2%8B%E5%85%AC%E5%9B%AD" in told
    many = shell.welcome([one] * 5, [])
    assert "等 5 份文档。" in many
    assert "可以这样问" not in many
    assert "还没有收录任何文档" in shell.welcome([], [])
    assert "依据收录的 5 份文档作答" in shell.title([one] * 5)


def test_visitors_are_told_what_becomes_of_their_questions() -> None:
    assert "不在服务器上留存" in about([])
    kept = about([], logging=True)
    assert "不在服务器上留存" not in kept
    assert "保存 90 天" in kept


def test_name_and_notice_are_shown_as_text() -> None:
    told = shell.title([], "<i>")
    assert "<h1 data-title='&lt;i&gt; · 政府工作报告问答'>" in told
    assert "</span>&lt;i&gt;</h1>" in told
    assert shell.notice("<b>") == "<p class='jw-notice' role='note'>&lt;b&gt;</p>"
    assert shell.notice("") == ""
