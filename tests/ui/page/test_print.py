import pypdfium2
from playwright.sync_api import Page, expect

from tests.ui.page.conftest import Ask

LIST = "报告分几部分？"
NOT_THERE = "今年要建几座核电站？"
CLICKED = ("复制引文", "改一改", "本问链接", "还可以问", "可以换成", "导出对话", "看报告原文",
           "这个回答怎么样", "关于津问", "点答案里的")  # fmt: skip


def printed(page: Page) -> str:
    """Return the text of the printed page, without blanks."""
    pdf = pypdfium2.PdfDocument(page.pdf(format="A4"))
    return "".join("".join(p.get_textpage().get_text_range().split()) for p in pdf)


def test_a_whole_conversation_is_printed_and_nothing_to_click(wide: Page, ask: Ask) -> None:
    ask(wide, "今年改造多少公里燃气管网？")
    ask(wide, "供热的呢？")
    ask(wide, NOT_THERE)
    ask(wide, LIST)
    text = printed(wide)
    assert text.startswith("津问问答记录打印时间：20")
    order = [
        "今年改造多少公里燃气管网？", "原文摘录", "623公里[1]",
        "天津市人民政府工作报告（2024年1月23日）·",
        "供热的呢？理解为：", "150公里[1]", NOT_THERE, "最接近的原文（不是答案）", LIST,
        "分4块：", "持续释放城市更新生产力[4]",
    ]  # fmt: skip
    at = 0
    for piece in order:
        at = text.index(piece, at)
    assert not [clicked for clicked in CLICKED if clicked in text]
    expect(wide.locator("#jw-sheet")).to_have_count(0)
    expect(wide.locator("#jw-chat")).to_be_visible()


def test_a_quote_that_an_answer_does_not_show_is_printed_whole(wide: Page, ask: Ask) -> None:
    ask(wide, "口袋公园新建几个？")
    line = wide.locator(".jw-answer > p", has_text="完善公园养护机制")
    quote = "".join(line.inner_text().split()).removesuffix("[1]")
    assert printed(wide).count(quote) == 1  # what stands there already is not told again
    line.evaluate("line => line.remove()")  # as where a table has the figures alone
    assert printed(wide).count(quote) == 1


def test_without_a_conversation_the_page_is_printed_as_it_is(wide: Page) -> None:
    assert "津问问答记录" not in printed(wide)
