"""The API told of: an OpenAPI document of our own routes, and a plain page made of it."""

from html import escape
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse, JSONResponse

DOCUMENT, PAGE = "/api/openapi.json", "/api/docs"
_ABOUT = (
    "向政府工作报告提问：回答逐字引用原文，报告里没有的不回答。"
    '位置（start、end）按字符计，不含 end。出错时返回 {"error": "…"}，/v1 下按 OpenAI 的格式。'
    "有密钥的加上 Authorization: Bearer jw-…；问得太快返回 429，Retry-After 是要等的秒数。"
)
_STYLE = (
    "body{max-width:52rem;margin:2rem auto;padding:0 1rem;line-height:1.7;font-family:sans-serif;"
    "color-scheme:light dark}code{font-family:monospace}h2{font-size:1.1rem;margin-top:2rem}"
    "table{border-collapse:collapse}th,td{border:1px solid #8888;padding:.2rem .6rem;"
    "text-align:left;font-weight:normal}"
)


def telling(api: FastAPI, completions: FastAPI) -> APIRouter:
    """Return the two routes that tell of an API and of what is mounted on it at /v1."""
    own = document(api, completions)
    router = APIRouter()

    @router.get(DOCUMENT, include_in_schema=False)
    def described() -> JSONResponse:
        return JSONResponse(own)

    @router.get(PAGE, include_in_schema=False)
    def browsed() -> HTMLResponse:
        return HTMLResponse(page(own))

    return router


def document(api: FastAPI, completions: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI document of the routes that there are now."""
    told = _of(api)
    mounted = _of(completions)
    told["paths"] |= {f"/v1{path}": said for path, said in mounted["paths"].items()}
    told["components"]["schemas"] |= mounted["components"]["schemas"]
    return told


def page(told: dict[str, Any]) -> str:
    """Return an OpenAPI document as a page of HTML."""
    schemas = told["components"]["schemas"]
    shown = "".join(
        _operation(method, path, operation, schemas)
        for path, methods in told["paths"].items()
        for method, operation in methods.items()
    )
    answer = f"<h2 id='Answer'>回答 Answer</h2>{_fields(schemas['Answer'])}"
    title = f"{escape(told['info']['title'])} HTTP 接口"
    return (
        f"<!doctype html><html lang='zh-CN'><meta charset='utf-8'><title>{title}</title>"
        "<meta name='viewport' content='width=device-width'>"
        f"<style>{_STYLE}</style><h1>{title}</h1><p>{escape(told['info']['description'])}</p>"
        f"<p><a href='openapi.json'>OpenAPI 文档</a></p>{shown}{answer}</html>"
    )


def _of(app: FastAPI) -> dict[str, Any]:
    return get_openapi(
        title="津问", version="1", description=_ABOUT, routes=app.routes,
        separate_input_output_schemas=False,
    )  # fmt: skip


def _operation(
    method: str, path: str, operation: dict[str, Any], schemas: dict[str, Any]
) -> str:  # fmt: skip
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    sent = _fields(schemas[_kind(body["schema"])]) if body else ""
    rows = "".join(
        _row(p["name"], p["schema"], p["required"]) for p in operation.get("parameters", ())
    )
    return (
        f"<h2>{escape(operation['summary'])}　<code>{method.upper()} {escape(path)}</code></h2>"
        f"<p lang='en'>{escape(operation.get('description', ''))}</p>{sent}{_table(rows)}"
    )


def _fields(schema: dict[str, Any]) -> str:
    required = schema.get("required", ())
    properties = schema["properties"].items()
    return _table("".join(_row(name, of, name in required) for name, of in properties))


def _table(rows: str) -> str:
    return f"<table><tr><th>项<th>类型<th>必填</tr>{rows}</table>" if rows else ""


def _row(name: str, of: dict[str, Any], required: bool) -> str:
    needed = "是" if required else ""
    return f"<tr><td><code>{escape(name)}</code><td>{escape(_kind(of))}<td>{needed}</tr>"


def _kind(of: dict[str, Any]) -> str:
    """Return the kind of a value in few words: a schema's name, its choices, or its type."""
    if "$ref" in of:
        return str(of["$ref"].rpartition("/")[2])
    if "enum" in of:
        return "、".join(map(str, of["enum"]))
    if "anyOf" in of:
        return " 或 ".join(map(_kind, of["anyOf"]))
    inner = f"［{_kind(of['items'])}］" if of.get("items") else ""
    return f"{of.get('type', '任意')}{inner}"
