"""What small talk is answered with: a sentence or two, the reports at hand, how to go on."""

import re
from collections.abc import Callable, Sequence

from corpus.documents import Document
from index.folding import fold
from rag.answers import Answer
from rag.smalltalk import Kind

_NAMED = 3  # reports named in a reply
_ON = "还想知道报告里的什么，接着问就行。"
_HOURS = re.compile("早上好|上午好|中午好|下午好|晚上好|早安|午安")
_WISHES = re.compile("(?:新年|春节|元旦|中秋|国庆|节日|周末)(?:好|快乐|愉快)|过年好")
_THERE = re.compile("在(?:吗|么|不在|没)|有人")
_TOLD: dict[Kind, str] = {
    "greeting": "{hello}我是津问，可以回答{reports}里写了什么，句句有原文出处。"
    "想问什么，直接说就行。",
    "thanks": "不客气。{on}",
    "noted": "好的。{on}",
    "farewell": "再见！想查报告的时候，随时来问。",
    "who": "我是津问，一个查阅政府报告的问答程序，不是真人。我只依据{reports}作答，{manner}，"
    "每句都附出处，点开就能核对。",
    "help": "可以问{reports}里写了什么：数字和目标、怎么安排的、有没有提到，也可以接着追问，"
    "或者让我总结一下。{examples}报告没有写的，我会直接说没有。",
    "chatter": "我只会查报告，闲聊不在行。想知道{reports}里的什么，直接问就行。",
    "praise": "谢谢夸奖！{on}",
    "blame": "抱歉，这次没帮上忙。请换个说法或补充一句再问，我重新查；"
    "在网页上也可以点回答下面的 👎，告诉我们哪里不对。",
}


def replied(
    typed: str, kind: Kind, documents: Sequence[Document], examples: Callable[[], Sequence[str]],
    model: str = "", version: str = "",
) -> Answer:  # fmt: skip
    """Return the reply to small talk: no answer of any report, and no refusal of a question.

    `examples` are questions that the documents answer, worked out only where they are told.
    """
    told = _TOLD[kind].format(
        hello=_greeting(typed), reports=_reports(documents), manner=_manner(model), on=_ON,
        examples=_examples(examples()) if kind == "help" else "",
    )  # fmt: skip
    return Answer(typed, typed.strip(), False, told, refusal="small_talk", index_version=version)


def _greeting(typed: str) -> str:
    """Return the greeting back: 早上好 for 早上好."""
    said = fold(typed)
    same = _HOURS.search(said) or _WISHES.search(said)
    if same:
        return f"{same[0]}！"
    return "在的。" if _THERE.search(said) else "您好！"


def _manner(model: str) -> str:
    """Return how answers are made: by extraction, or worded by a language model."""
    return f"由语言模型（{model}）组织语言并逐句和原文核对" if model else "答案都从原文摘出"


def _examples(questions: Sequence[str]) -> str:
    told = "".join(f"“{question}”" for question in questions)
    return f"例如{told}。" if told else ""


def _reports(documents: Sequence[Document]) -> str:
    """Return the reports at hand by name, of many the first few and how many there are."""
    names = "".join(f"《{document.title}》" for document in documents[:_NAMED])
    more = f"等 {len(documents)} 份报告" if len(documents) > _NAMED else ""
    return f"{names}{more}" or "收录的报告（现在还没有，请先添加）"
