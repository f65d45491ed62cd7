"""The tools, by name: what each is called for and what it does over an assembly."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from corpus.errors import CorpusError, InputError
from rag.assembly import Assembly
from rag.questions import clean
from ui.web.answering import Answering
from ui.web.bodies import Body
from ui.web.mcp.arguments import (
    MAX_PASSAGE,
    Listing,
    Nothing,
    Query,
    Question,
    Span,
    Wording,
)
from ui.web.reading import described, paragraph_of
from ui.web.seats import Seats

Result = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool: its work takes an instance of what it `takes`, and raises JinwenError."""

    name: str
    told: str
    takes: type[Body]
    work: Callable[[Any], Result]


class Tools:
    """The work of the tools; safe to share between threads."""

    def __init__(self, assembly: Assembly, seats: Seats) -> None:
        self._assembly, self._seats = assembly, seats
        self._answering = Answering(assembly, seats)

    def all(self) -> dict[str, Tool]:
        """Return the tools by their names."""
        tools = (
            Tool("ask", _ASK, Question, self.ask),
            Tool("search", _SEARCH, Query, self.search),
            Tool("check_wording", _CHECK, Wording, self.check_wording),
            Tool("list_targets", _TARGETS, Listing, self.list_targets),
            Tool("list_documents", _DOCUMENTS, Nothing, self.list_documents),
            Tool("get_passage", _PASSAGE, Span, self.get_passage),
        )
        return {tool.name: tool for tool in tools}

    def ask(self, asked: Question) -> Result:
        """Return the answer with its citations, or the refusal."""
        return self._answering.answer(asked.question, scope=asked.scope).to_json()

    def search(self, wanted: Query) -> Result:
        """Return the passages found, the best first; a scope without documents fails."""
        query = clean(wanted.query)
        with self._seats.seat():
            wanted.scope.required(self._assembly.documents())
            searcher = self._assembly.searcher()
            hits = searcher.search(query, wanted.k, searcher.within(wanted.scope))
        return {"hits": [hit.to_json() for hit in hits]}

    def check_wording(self, pasted: Wording) -> Result:
        """Return the verdict on a text's wording, with the places in the documents."""
        with self._seats.seat():
            return self._assembly.checker().check_in(pasted.scope, pasted.text).to_json()

    def list_targets(self, listed: Listing) -> Result:
        """Return a page of the targets and how many there are; a scope without documents fails."""
        with self._seats.seat():
            listed.scope.required(self._assembly.documents())
            found = self._assembly.targets(listed.scope)
        page = found[listed.start : listed.start + listed.count]
        return {"total": len(found), "targets": [target.to_json() for target in page]}

    def list_documents(self, _: Nothing) -> Result:
        """Return what documents there are."""
        return {"documents": [described(d) for d in self._assembly.documents()]}

    def get_passage(self, span: Span) -> Result:
        """Return the text of a span, offsets in code points; an end past the document's is its.

        Raises CorpusError for an unknown document, InputError for a span that is none.
        """
        known = {document.id: document for document in self._assembly.documents()}
        if (document := known.get(span.document)) is None:
            raise CorpusError("没有这个编号的文档，请先用 list_documents 查看编号")
        chars = len(document.text)
        if not span.start < min(span.end, chars):
            raise InputError(f"start 应小于 end，并且小于全文的 {chars} 字，请改正后重试")
        if span.end - span.start > MAX_PASSAGE:
            raise InputError(f"一次最多取 {MAX_PASSAGE} 字，请分几次取")
        end = min(span.end, chars)
        return {
            "document_id": document.id, "title": document.title, "chars": chars,
            "paragraph": paragraph_of(document, span.start), "start": span.start, "end": end,
            "text": document.text[span.start : end],
        }  # fmt: skip


_ASK = (
    "向收录的政府工作报告等文件提问。short_answer 是简短的答案，citations 是逐字引用的原文和位置；"
    "answered 为 false 表示文件里没有写，refusal 说明原因，这时不要自己补答案。"
)
_SEARCH = "在收录的文件里找与内容最接近的段落，按相关程度排列，返回原文和位置。"
_CHECK = "核对一段文字与文件原文的措辞是否一致：逐句给出结论、出处和不同的字词。"
_TARGETS = (
    "列出文件里写明数字的目标（指标、数值、单位、原文），可以按地区、年份、文档筛选，分页返回。"
)
_DOCUMENTS = "列出收录了哪些文件：编号、标题、地区、年份、字数。"
_PASSAGE = "按位置取一份文件的原文，位置与 citations、hits 里的相同，可用来看引文的上下文。"
