from pathlib import Path

from rag.generation.choice import ChatChoice
from ui.web.shell import about


def test_who_gets_to_see_a_question_is_told() -> None:
    assert "这里接了语言模型" not in about([])
    hosted = about([], ChatChoice("openai:<b>m</b>"))
    assert "openai:&lt;b&gt;m&lt;/b&gt;" in hosted
    assert "由模型服务商或其他服务器运行" in hosted
    assert "就在这台服务器上运行" in about([], ChatChoice(local=Path("/m/qwen.gguf")))
