"""The official client against the real command, over stdio and over HTTP."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import httpx
import pytest
from mcp import Client, StdioServerParameters

from rag.assembly import Assembly
from tests.ui.page.conftest import served

ROOT = Path(__file__).parents[3]
HELLO = {
    "jsonrpc": "2.0", "id": 1, "method": "initialize",
    "params": {"protocolVersion": "2025-06-18", "capabilities": {},
               "clientInfo": {"name": "t", "version": "1"}},
}  # fmt: skip
PASSAGE = {"document": "tianjin-2024", "start": 0, "end": 5}


def command(assembly: Assembly) -> list[str]:
    return [sys.executable, "-m", "ui.cli.main", "--home", str(assembly.config.home), "mcp"]


def environment(assembly: Assembly) -> dict[str, str]:
    return {**os.environ, "JINWEN_MODELS": str(assembly.config.embedder.models)}


@pytest.fixture(scope="module")
def address(assembly: Assembly) -> Iterator[str]:
    models = str(assembly.config.embedder.models)
    names = {"JINWEN_MODELS": models, "JINWEN_MCP_HOSTS": "wen.example, gov.example"}
    yield from served(assembly.config.home, "/jw", **names)


async def used(client: Client) -> None:
    """Use every tool once, and one wrongly."""
    given: dict[str, dict[str, object]] = {
        "ask": {"question": "口袋公园新建几个"}, "search": {"query": "口袋公园", "k": 1},
        "check_wording": {"text": "新建口袋公园"}, "list_targets": {"count": 1},
        "list_documents": {}, "get_passage": PASSAGE,
    }  # fmt: skip
    assert [tool.name for tool in (await client.list_tools()).tools] == list(given)
    told = {}
    for name, arguments in given.items():
        result = await client.call_tool(name, arguments)
        assert not result.is_error
        told[name] = result.structured_content or {}
    assert told["ask"]["citations"][0]["document_id"] == "tianjin-2024"
    assert [len(told["search"]["hits"]), len(told["list_targets"]["targets"])] == [1, 1]
    assert len(told["get_passage"]["text"]) == 5
    wrong = await client.call_tool("get_passage", {**PASSAGE, "document": "no"})
    assert wrong.is_error
    assert "没有这个编号的文档" in wrong.content[0].text  # type: ignore[union-attr]


async def test_the_command_serves_every_tool_over_stdio(assembly: Assembly) -> None:
    first, *rest = command(assembly)
    server = StdioServerParameters(
        command=first, args=rest, cwd=str(ROOT), env=environment(assembly)
    )
    async with Client(server) as client:
        await used(client)


def test_nothing_but_the_protocol_is_printed_and_it_ends_with_its_input(
    assembly: Assembly,
) -> None:
    run = subprocess.run(
        command(assembly), input=json.dumps(HELLO) + "\n", cwd=ROOT, env=environment(assembly),
        capture_output=True, text=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip
    (line,) = run.stdout.splitlines()
    assert json.loads(line)["result"]["serverInfo"]["title"] == "津问"
    assert run.returncode == 0
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_at_once(assembly: Assembly, number: signal.Signals) -> None:
    with subprocess.Popen(
        command(assembly), cwd=ROOT, env=environment(assembly), text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as run:  # fmt: skip
        assert run.stdin is not None
        assert run.stdout is not None
        run.stdin.write(json.dumps(HELLO) + "\n")
        run.stdin.flush()
        assert "serverInfo" in run.stdout.readline()
        run.send_signal(number)
        try:
            assert run.wait(timeout=60) == 128 + number
        finally:
            run.kill()


@pytest.mark.parametrize("prefix", ["", "jw/"])
async def test_the_server_serves_every_tool_over_http(address: str, prefix: str) -> None:
    async with Client(f"{address}{prefix}mcp") as client:
        await used(client)


def posted(address: str, **headers: str) -> httpx.Response:
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    accepted = {"accept": "application/json, text/event-stream"}
    return httpx.post(f"{address}mcp", json=body, headers={**accepted, **headers})


def test_only_known_hosts_and_their_pages_may_ask(address: str) -> None:
    assert len(posted(address).json()["result"]["tools"]) == 6
    assert posted(address, host="wen.example").status_code == 200
    assert posted(address, host="gov.example:8443").status_code == 200
    assert posted(address, host="evil.example").status_code == 421
    assert posted(address, host="wen.example.evil.example").status_code == 421
    assert posted(address, origin="https://wen.example").status_code == 200
    assert posted(address, origin="https://evil.example").status_code == 403


def test_the_endpoint_takes_small_posts_only_and_the_page_is_beside_it(address: str) -> None:
    assert httpx.get(f"{address}mcp").status_code == 405
    assert httpx.post(f"{address}mcp", content=b" " * 300_000).status_code == 413
    with urlopen(address) as page:
        assert page.status == 200
