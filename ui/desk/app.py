"""The desk as an application of its own, mounted at /desk: its routes, errors and headers."""

from urllib.parse import quote

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from corpus.errors import JinwenError
from ui.desk.desk import Desk
from ui.desk.door import NotAllowedError, NotOursError, NotSignedInError, Reader, TheDesk
from ui.desk.failures import told
from ui.desk.forms import READS, kept
from ui.desk.navigation import places_for
from ui.desk.pages import page
from ui.desk.routes import (
    asked,
    auditing,
    document,
    documents,
    entering,
    files,
    ownpassword,
    people,
    settings,
    trying,
    uploads,
    versions,
)

# A page more is a module more here, with a `router`, and a line in `navigation`.
_MODULES = (
    files, entering, documents, document, uploads, versions, asked, trying, settings, people,
    auditing, ownpassword,
)  # fmt: skip
_ALL_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
_HEADERS = {
    "content-security-policy": (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "cache-control": "no-store",
    "referrer-policy": "same-origin",  # without it a browser does not tell of its https
}
_ENDED = "登录已经结束，请重新登录"


def desk_app(desk: Desk) -> FastAPI:
    """Return the application; the page's own is mounted beside it."""
    app = FastAPI(title="津问工作台", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.desk = desk
    for module in _MODULES:
        app.include_router(module.router)

    @app.get("/")
    def front(desk: TheDesk, who: Reader) -> Response:
        return RedirectResponse(desk.root + places_for(who.role)[0].path, status_code=303)

    @app.api_route("/{path:path}", methods=_ALL_METHODS)
    def nothing(path: str, who: Reader) -> Response:
        raise HTTPException(404)

    app.add_middleware(_Headed)
    _add_errors(app)
    return app


class _Headed:
    """Puts the desk's headers on every reply."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, sending)


def _add_errors(app: FastAPI) -> None:
    """Say each error on a page of its own."""

    @app.exception_handler(NotSignedInError)
    def not_signed_in(request: Request, error: NotSignedInError) -> Response:
        desk: Desk = app.state.desk
        asked = f"?{request.url.query}" if request.url.query else ""
        wanted = quote(request.url.path.partition("/desk")[2] + asked)
        if request.method in READS:
            return RedirectResponse(f"{desk.root}/login?next={wanted}", status_code=303)
        return entering.login_page(request, desk, 401, _ENDED, kept=kept(error.typed), wanted="/")

    @app.exception_handler(NotAllowedError)
    def not_allowed(request: Request, error: NotAllowedError) -> Response:
        why = f"您的角色是“{error.who.role.label}”，不能用这一页；需要的话请找管理员"
        return page(request, "error.html", error.who, 403, error=why, kept=[])

    @app.exception_handler(NotOursError)
    def not_ours(request: Request, error: NotOursError) -> Response:
        why = "这个页面放得太久了，没有保存；请回到原来的页面再试一次"
        return page(request, "error.html", error.who, 403, error=why, kept=kept(error.typed))

    @app.exception_handler(JinwenError)
    def failed(request: Request, error: JinwenError) -> Response:
        return _error(request, *told(error))

    @app.exception_handler(OSError)
    def disk(request: Request, error: OSError) -> Response:
        why = f"读写失败（{error.strerror}），请检查磁盘空间和权限后再试；问答不受影响"
        return _error(request, 507, why)

    @app.exception_handler(RequestValidationError)
    @app.exception_handler(StarletteHTTPException)
    def not_found(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, StarletteHTTPException) else 404
        missing = status in (404, 405)
        why = "没有这一页，请从上面的导航进去" if missing else "请求的格式不对，请回到原页再试"
        return _error(request, status, why)


def _error(request: Request, status: int, why: str) -> Response:
    who = getattr(request.state, "who", None)
    return page(request, "error.html", who, status, error=why, kept=[])
