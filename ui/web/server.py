"""Serving: the page mounted on the API, behind the guard, run by uvicorn."""

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial

from fastapi import FastAPI
from fastapi.responses import RedirectResponse
from starlette.middleware.gzip import GZipMiddleware

from corpus.errors import JinwenError
from rag.assembly import Assembly
from ui.desk.app import desk_app
from ui.desk.desk import Desk
from ui.terms import Terms
from ui.web.access import Access, Routed
from ui.web.assets import ASSETS
from ui.web.guard import App, Guard
from ui.web.holding import Holding
from ui.web.keyed import Keyed
from ui.web.metrics import exposition
from ui.web.proxied import seen
from ui.web.rates import Rates
from ui.web.scrape import Scrape
from ui.web.seats import Seats

_STYLES = ("page.css", "report.css", "tables.css")  # see also _head
_WORTH = 1024  # bytes from which an answer is compressed
_PLAIN = Terms()
_KEEP_ALIVE = 75  # seconds; shorter ones dropped connections under load
_SHUTDOWN = 4  # seconds; see also ui.web.leaving


def serve(assembly: Assembly, host: str, port: int, terms: Terms) -> None:
    """Serve until interrupted; /mcp knows the host as its name too."""
    from uvicorn import Config

    from ui.web.leaving import Leaver, Leaving
    from ui.web.wire import Wire

    terms = replace(terms, hosts=(host, *terms.hosts))
    app = Leaving(application(assembly, terms))
    print(f"津问已就绪：http://{host}:{port}{terms.prefix}  （Ctrl+C 停止）", flush=True)
    config = Config(
        app, host=host, port=port, http=Wire, log_level="warning", proxy_headers=False,
        timeout_keep_alive=_KEEP_ALIVE, timeout_graceful_shutdown=_SHUTDOWN,
    )  # fmt: skip
    server = Leaver(config, app)
    with suppress(KeyboardInterrupt):
        server.run()
    if not server.started:
        raise JinwenError("服务没有启动，请看上面的错误，改正后重试")


def application(assembly: Assembly, terms: Terms = _PLAIN) -> App:
    """Return the ASGI application: API, desk, page and guard."""
    seats = Seats()
    desk = Desk(assembly, terms.prefix)
    rates = Rates(assembly.config.home, terms.per_minute)
    faces = Routed(mounted(assembly, desk, seats, terms.hosts, rates))
    app = Keyed(faces, desk.keys, terms.needs_key)
    # The page is 120 KB of configuration; streams of events are left as they are.
    guarded = Guard(GZipMiddleware(app, _WORTH), terms.prefix)
    arriving = Holding(Access(seen(guarded, terms.proxies)))
    return Scrape(arriving, partial(exposition, assembly, seats), terms.metrics_from)


def mounted(
    assembly: Assembly, desk: Desk, seats: Seats | None = None, hosts: Sequence[str] = (),
    rates: Rates | None = None,
) -> FastAPI:  # fmt: skip
    """Return the API with the desk and the page mounted on it, without the guard."""
    # Gradio reads these on import; without them it calls home.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    import gradio as gr

    from ui.web.api import api
    from ui.web.app import page
    from ui.web.look import look
    from ui.web.mcp.http import Endpoint, add_endpoint
    from ui.web.mcp.protocol import protocol
    from ui.web.mcp.tools import Tools

    seats, rates = seats or Seats(), rates or Rates()
    app = api(assembly, seats, rates)
    add_endpoint(app, Endpoint(protocol(Tools(assembly, seats), rates), hosts))
    app.add_api_route("/desk", lambda: RedirectResponse(f"{desk.root}/"))  # Gradio has the rest
    app.mount("/desk", desk_app(desk))
    desk.open()
    gr.mount_gradio_app(
        app, page(assembly, seats, rates), path="/",
        root_path=desk.root.removesuffix("/desk") or None,
        footer_links=[], run_history=False, show_error=False,
        css_paths=[ASSETS / name for name in _STYLES], head=_head(), theme=look(),
    )  # fmt: skip
    return app


def _head() -> str:
    """Return the page's scripts, and the styles that Gradio would change."""
    kinds = {"tokens.css": "style", "print.css": "style", "reader.js": "script",
             "chinese.js": "script", "talks.js": "script", "print.js": "script"}  # fmt: skip
    return "".join(
        f"<{kind}>{(ASSETS / name).read_text(encoding='utf-8')}</{kind}>"
        for name, kind in kinds.items()
    )
