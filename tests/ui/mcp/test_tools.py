import json
from types import SimpleNamespace
from typing import Any

import pytest
from mcp import Client
from mcp_types import CallToolRequestParams

from rag.assembly import Assembly
from ui.asked import asked_of
from ui.site import Site, SiteFile
from ui.web.mcp.protocol import protocol
from ui.web.mcp.tools import Tools
from ui.web.seats import Seats

Reply = tuple[bool, str, dict[str, Any]]


async def call(assembly: Assembly, name: str, seats: Seats | None = None, **given: Any) -> Reply:
    """Return whether a tool failed, what it says, and its structured content."""
    async with Client(protocol(Tools(assembly, seats or Seats()))) as client:
        result = await client.call_tool(name, given)
    (said,) = result.content
    return bool(result.is_error), said.text, result.structured_content or {}  # type: ignore[union-attr]


async def test_the_tools_are_told_in_chinese_with_their_limits(assembly: Assembly) -> None:
    async with Client(protocol(Tools(assembly, Seats()))) as client:
        told = {tool.name: tool for tool in (await client.list_tools()).tools}
    assert list(told) == [
        "ask", "search", "check_wording", "list_targets", "list_documents", "get_passage"
    ]  # fmt: skip
    k = told["search"].input_schema["properties"]["k"]
    assert (k["minimum"], k["maximum"], k["default"]) == (1, 100, 10)
    assert told["ask"].input_schema["required"] == ["question"]
    assert told["ask"].input_schema["additionalProperties"] is False
    assert "description" not in told["ask"].input_schema
    assert all(tool.description and tool.description.endswith("。") for tool in told.values())


async def test_an_answer_is_the_one_of_the_api_as_text_and_as_data(provinces: Assembly) -> None:
    asked = {"question": "今年GDP增长目标是多少", "places": ["陕西"]}
    failed, text, answer = await call(provinces, "ask", **asked)
    assert not failed
    assert json.loads(text) == answer
    assert answer["short_answer"] == "增长5.5%—6%"


async def test_what_reports_do_not_say_is_refused_and_is_no_error(assembly: Assembly) -> None:
    failed, _, answer = await call(assembly, "ask", question="红烧肉怎么做")
    assert (failed, answer["answered"]) == (False, False)


async def test_scopes_limit_search_wording_and_targets(provinces: Assembly) -> None:
    scope = {"places": ["湖北"], "years": [2025]}
    _, _, found = await call(provinces, "search", query="城镇新增就业", k=3, **scope)
    assert [hit["document_id"] for hit in found["hits"]] == ["hubei-2025"] * 3
    pasted = {"text": "城镇新增就业70万人", "documents": ["hubei"]}
    _, _, checked = await call(provinces, "check_wording", **pasted)
    assert [match["document_id"] for match in checked["matches"]] == ["hubei"]
    _, _, listed = await call(provinces, "list_targets", places=["湖南"], start=1, count=2)
    assert len(listed["targets"]) == 2 < listed["total"]
    assert {target["place"] for target in listed["targets"]} == {"湖南省"}


async def test_a_citation_can_be_read_where_it_stands(assembly: Assembly) -> None:
    _, _, listed = await call(assembly, "list_documents")
    assert [document["id"] for document in listed["documents"]] == ["tianjin-2024"]
    _, _, answer = await call(assembly, "ask", question="口袋公园新建几个")
    cited = answer["citations"][0]
    at = {"document": cited["document_id"], "start": cited["start"], "end": cited["end"]}
    _, _, passage = await call(assembly, "get_passage", **at)
    assert (passage["text"], passage["end"]) == (cited["quote"], cited["end"])
    last = {**at, "start": passage["chars"] - 2, "end": passage["chars"] + 9}
    _, _, ending = await call(assembly, "get_passage", **last)
    assert (len(ending["text"]), ending["end"]) == (2, passage["chars"])


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("ask", {"question": "问" * 501}, "问题有 501 个字，太长了，请缩短到 500 字以内"),
        ("ask", {"question": 5}, "参数 question 不对"),
        ("ask", {}, "参数 question 不对"),
        ("ask", {"question": "甲", "place": ["陕西"]}, "有不认识的参数，ask 的参数是：places"),
        ("search", {"query": "甲", "documents": ["no"]}, "所选的范围里没有报告"),
        ("search", {"query": "甲", "k": 101}, "参数 k 不对"),
        ("check_wording", {"text": "字" * 50_001}, "请每次核对 50000 字以内"),
        ("list_targets", {"documents": ["no"]}, "所选的范围里没有报告"),
        ("list_targets", {"count": 1001}, "参数 count 不对"),
        ("list_documents", {"year": 1}, "list_documents 的参数是：无"),
        ("get_passage", {"document": "no", "start": 0, "end": 1}, "没有这个编号的文档"),
        ("get_passage", {"document": "tianjin-2024", "start": 5, "end": 5}, "start 应小于 end"),
        ("get_passage", {"document": "tianjin-2024", "start": 0, "end": 10_001}, "一次最多取"),
        ("delete", {}, "没有这个工具，请用其中之一：ask、"),
    ],
)
async def test_what_cannot_be_done_is_told_in_one_line(
    assembly: Assembly, name: str, given: dict[str, Any], said: str
) -> None:
    work = protocol(Tools(assembly, Seats()))
    failed, text, _ = await called_raw(work, name, given)
    assert failed
    assert said in text
    assert "\n" not in text


async def called_raw(work: Any, name: str, given: dict[str, Any]) -> Reply:
    """Call past the client, which looks at arguments and names itself."""
    handler = work.get_request_handler("tools/call").handler
    nowhere = SimpleNamespace(request=None)  # as over stdio
    result = await handler(nowhere, CallToolRequestParams(name=name, arguments=given))
    return bool(result.is_error), result.content[0].text, result.structured_content or {}


async def test_who_finds_no_seat_is_told_to_come_back(assembly: Assembly) -> None:
    seats = Seats(count=1, wait_seconds=0)
    with seats.seat():
        failed, text, _ = await call(assembly, "ask", seats, question="口袋公园")
    assert (failed, text) == (True, "现在提问的人太多，有 1 个问题在等，请过 5 秒再试")
    assert not (await call(assembly, "ask", seats, question="口袋公园"))[0]


async def test_questions_are_logged_where_the_site_says_so(assembly: Assembly) -> None:
    home = assembly.config.home
    file, log = SiteFile(home), asked_of(assembly.config)
    before = log.count()
    await call(assembly, "ask", question="口袋公园新建几个")
    assert log.count() == before
    file.save(Site(logging=True), file.edition)
    try:
        await call(assembly, "ask", question="口袋公园新建几个")
        assert log.count() == before + 1
    finally:
        (home / "site.json").unlink()
        log.clear()
