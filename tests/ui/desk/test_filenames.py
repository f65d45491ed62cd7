import pytest

from corpus.errors import InputError
from ui.desk.filenames import harmless


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("报告.docx", "报告.docx"),
        ("../../etc/报告.docx", "报告.docx"),
        ("C:\\Users\\我\\报告.PDF", "报告.PDF"),
        ("a\0b\x1b\u202e.txt", "ab.txt"),
        ("一" * 65 + ".md", "一" * 65 + ".md"),
    ],
)
def test_a_name_is_made_harmless(told: str, name: str) -> None:
    assert harmless(told) == name


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ("一" * 300 + ".txt", "名字太长，请改短后再上传"),
        ("a" * 300 + ".txt", "名字太长，请改短后再上传"),
        ("..", "不像文档的名字"),
        ("", "不像文档的名字"),
        (".txt", "不像文档的名字"),
        ("~$报告.docx", "不像文档的名字"),
        ("sources.toml", "不像文档的名字"),
        ("病毒.exe", "不支持“病毒.exe”的格式"),
        ("旧.doc", "请用 Word 或 WPS 另存为 docx"),
    ],
)
def test_a_name_that_cannot_be_is_refused(told: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        harmless(told)
