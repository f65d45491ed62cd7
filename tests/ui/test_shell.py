from pathlib import Path

from rag.generation.choice import ChatChoice
from ui.web.shell import about, notice, title


def test_who_gets_to_see_a_question_is_told() -> None:
    assert "这里接了语言模型" not in about([])
    hosted = about([], ChatChoice("openai:<b>m</b>"))
    assert "openai:&lt;b&gt;m&lt;/b&gt;" in hosted
    assert "由模型服务商或其他服务器运行" in hosted
    assert "就在这台服务器上运行" in about([], ChatChoice(local=Path("/m/qwen.gguf")))


def test_visitors_are_told_what_becomes_of_their_questions() -> None:
    assert "不在服务器上留存" in about([])
    kept = about([], logging=True)
    assert "不在服务器上留存" not in kept
    assert "保存 90 天" in kept


def test_name_and_notice_are_shown_as_text() -> None:
    assert "<h1 data-title='&lt;i&gt; · 政府工作报告问答'>&lt;i&gt;</h1>" in title([], "<i>")
    assert notice("<b>") == "<p class='jw-notice' role='note'>&lt;b&gt;</p>"
    assert notice("") == ""
