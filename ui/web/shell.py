"""What stands around the chat, as HTML: title, document pane, about."""

from collections.abc import Iterable, Sequence
from html import escape

from corpus.documents import Document
from rag.generation.choice import ChatChoice
from ui.asked import DAYS
from ui.web import links
from ui.web.render import literal

_NAMED = 3  # documents told of by name

_ABOUT = """
<p>津问只依据收录的报告作答：答案后面的 [1] 是它依据的原话，点开就能在原文里看到。默认不使用大模型，
标“原文摘录”的答案由原文摘出；标“人工智能生成”的由模型写成，每一句都要能在引文里找到，
找不到的略去或换成原文。</p>
<p>引文与报告收录的文本逐字相同；正式内容以官方发布为准。报告没有写的，会直接说没有。</p>
<p>{kept}最近的提问记在您自己的浏览器里，点“清空”即删除。
您提交的反馈保存在本服务的服务器上，只用于改进回答。
要投诉或更正，请点答案下面的 👎，选“投诉或建议”。</p>
"""
_UNKEPT = "提问内容只用来作答，不在服务器上留存；"
_KEPT = (
    f"提问内容会在本服务的服务器上保存 {DAYS} 天，只用来改进回答；其中的证件号、电话、邮箱和"
    "银行卡号先隐去，不记您是谁。请不要在问题里写个人信息。"
)


def notice(told: str) -> str:
    """Return the line that the staff put above the page, if there is one."""
    return f"<p class='jw-notice' role='note'>{escape(told)}</p>" if told else ""


def title(documents: Sequence[Document], name: str = "津问") -> str:
    """Return the head of the page; `name` is the site's."""
    seal = f"<span class='jw-seal' aria-hidden='true'>{escape(name[0])}</span>"
    return (
        f"<h1 data-title='{escape(name)} · 政府工作报告问答'>{seal}{escape(name)}</h1>"
        f"<p>{_told_of(documents)}</p>"
    )


def _told_of(documents: Sequence[Document]) -> str:
    if not documents:
        return "还没有收录任何文档。"
    if len(documents) == 1:
        return f"依据《{escape(documents[0].title)}》作答，句句有出处"
    return f"依据收录的 {len(documents)} 份文档作答，句句有出处"


def welcome(documents: Sequence[Document], questions: Sequence[str]) -> str:
    """Return what the empty chat shows: what this is, the reports at hand, first questions.

    Gradio reads it as Markdown.
    """
    items = "".join(f"<a href='{links.ask(q)}'>{literal(q)}</a>" for q in questions)
    asked = (
        f"<p class='jw-quiet'>可以这样问：</p><div class='jw-first'>{items}</div>" if items else ""
    )
    return (
        "<div class='jw-welcome'><h2>问政府工作报告，答案句句有出处</h2>"
        f"<p>{_listed(documents)}</p>{asked}</div>"
    )


def _listed(documents: Sequence[Document]) -> str:
    """Return the reports at hand, the first few by name."""
    if not documents:
        return "还没有收录任何文档。"
    names = "、".join(f"《{literal(d.title)}》" for d in documents[:_NAMED])
    if len(documents) == 1 and documents[0].note:
        return f"现收录{names}，{literal(documents[0].note)}。"
    return f"现收录{names}" + (
        f" 等 {len(documents)} 份文档。" if len(documents) > _NAMED else "。"
    )


def about(
    documents: Iterable[Document], chat: ChatChoice | None = None, logging: bool = False
) -> str:
    """Return what a visitor should know: how answers come about, what is kept, the documents.

    `chat` is the language model that questions are given to, if there is one; `logging` tells
    whether questions are kept.
    """
    told = _model(chat) if chat else ""
    items = "".join(
        f"<li>《{escape(d.title)}》{escape('，' + d.note if d.note else '')}</li>"
        for d in documents
    )
    known = _ABOUT.format(kept=_KEPT if logging else _UNKEPT)
    return f"<div class='jw-about'>{known}{told}<p>收录的文档：</p><ul>{items}</ul></div>"


def _model(chat: ChatChoice) -> str:
    where = "它就在这台服务器上运行" if chat.local else "它由模型服务商或其他服务器运行"
    return (
        f"<p>这里接了语言模型（{escape(chat.name)}），{where}：打开它时，"
        "您的问题和报告里的有关段落会交给它；关掉后只在这台服务器上摘录原文。</p>"
    )


def pane(documents: Sequence[Document]) -> str:
    """Return the empty document pane; the page's script fills it from the API."""
    first = escape(documents[0].id, quote=True) if documents else ""
    choices = "".join(
        f"<option value='{escape(d.id, quote=True)}'>{escape(d.title)}</option>" for d in documents
    )
    choose = (
        f"<label>文档 <select id='jw-choose'>{choices}</select></label>"
        if len(documents) > 1 else ""
    )  # fmt: skip
    return (
        f"<section id='jw-pane' data-first='{first}' aria-label='报告原文'><header>"
        "<h2 id='jw-name'>报告原文</h2><button type='button' id='jw-close'>关闭</button></header>"
        f"{choose}<p id='jw-note'></p><details><summary>目录</summary>"
        "<nav id='jw-toc' aria-label='目录'></nav></details>"
        "<div class='jw-where'><p id='jw-place'>点答案里的 [1]，在这里看它在原文中的位置。</p>"
        "<button type='button' id='jw-copy' hidden>复制引文</button></div>"
        "<div id='jw-text' tabindex='0' role='region' aria-label='原文'></div></section>"
    )


def below_box(most: int) -> str:
    """Return the counter under the input box, the way to the document, and the live region."""
    return (
        f"<span id='jw-limit' data-most='{most}' aria-live='polite'></span>"
        "<button type='button' id='jw-open'>看报告原文</button>"
        "<div id='jw-live' role='status' aria-live='polite'></div>"
    )
