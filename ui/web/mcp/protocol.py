"""The protocol's server: tells of the tools, calls one in a thread, errors as one Chinese line."""

import json
from importlib.metadata import version
from typing import Any

from anyio import to_thread
from mcp.server.lowlevel import Server
from mcp_types import (
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    ToolAnnotations,
)
from mcp_types import Tool as Told
from pydantic import ValidationError
from starlette.requests import Request

from corpus.errors import InputError, JinwenError
from ui.web.mcp.tools import Result, Tool, Tools
from ui.web.rates import Rates

_INSTRUCTIONS = (
    "津问收录政府工作报告等文件，回答以原文为准：用 ask 提问，引用 citations 里的原话并注明出处；"
    "文件没有写的会拒答，请如实转告，不要另行补充。"
)


def protocol(tools: Tools, rates: Rates | None = None) -> Server[Any]:
    """Return a server of the tools, for any transport; over HTTP each call of one is counted."""
    known = tools.all()
    told = [_told(tool) for tool in known.values()]

    async def listed(_: Any, __: PaginatedRequestParams | None) -> ListToolsResult:
        return ListToolsResult(tools=told)

    def worked(request: Request | None, name: str, arguments: dict[str, Any]) -> Result:
        if rates and request:
            rates.take(request.scope)
        return _worked(known, name, arguments)

    async def called(context: Any, params: CallToolRequestParams) -> CallToolResult:
        try:
            # A caller that has gone is not waited for.
            result = await to_thread.run_sync(
                worked,
                context.request,
                params.name,
                params.arguments or {},
                abandon_on_cancel=True,
            )
        except JinwenError as error:
            return _result(str(error), is_error=True)
        return _result(json.dumps(result, ensure_ascii=False), structured_content=result)

    return Server(
        "jinwen", version=version("jinwen"), title="津问", instructions=_INSTRUCTIONS,
        on_list_tools=listed, on_call_tool=called,
    )  # fmt: skip


def _worked(known: dict[str, Tool], name: str, arguments: dict[str, Any]) -> Result:
    if (tool := known.get(name)) is None:
        raise InputError(f"没有这个工具，请用其中之一：{'、'.join(known)}")
    try:
        taken = tool.takes.model_validate(arguments)
    except ValidationError as error:
        fields = tool.takes.model_fields
        wrong = {str(e["loc"][0]) for e in error.errors() if e["loc"]} & fields.keys()
        what = f"参数 {'、'.join(sorted(wrong))} 不对" if wrong else "有不认识的参数"
        raise InputError(
            f"{what}，{name} 的参数是：{'、'.join(fields) or '无'}，请改正后重试"
        ) from error
    return tool.work(taken)


def _told(tool: Tool) -> Told:
    schema = tool.takes.model_json_schema()
    schema.pop("description", None)  # the docstring of the class, for us
    hints = ToolAnnotations(read_only_hint=True, open_world_hint=False)
    return Told(name=tool.name, description=tool.told, input_schema=schema, annotations=hints)


def _result(text: str, **more: Any) -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text=text)], **more)
