"""`jinwen serve`: the web chat."""

import argparse
import os
import socket
from contextlib import closing
from importlib import import_module
from threading import Thread

from corpus.errors import JinwenError
from ui.cli.common import Subparsers, assembly, build_if_missing, start_model
from ui.settings import load_settings
from ui.web.accessfile import AccessLog


def register(commands: Subparsers) -> None:
    """Add the commands of this file."""
    serve = commands.add_parser("serve", help="打开网页问答服务")
    serve.add_argument("--host", help="监听地址（默认 JINWEN_HOST 或 127.0.0.1）")
    serve.add_argument("--port", type=int, help="端口（默认 JINWEN_PORT 或 7860）")
    serve.set_defaults(run=_serve)


def _serve(options: argparse.Namespace) -> None:
    settings = load_settings()
    host, port = (
        options.host or settings.host,
        settings.port if options.port is None else options.port,
    )
    _require_free(host, port)
    made = assembly(options)
    build_if_missing(made)
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read on import; without it, it calls home
    Thread(target=import_module, args=("gradio",), daemon=True).start()  # seconds, meanwhile
    made.searcher()  # whatever is wrong with model or index is said before the page is promised
    Thread(target=made.targets, daemon=True).start()  # of many reports it takes seconds
    from ui.web.access import log_to
    from ui.web.server import serve

    if settings.access_log:
        log_to(AccessLog(settings.access_file(options.home)))
    with closing(made):
        start_model(made, wait_seconds=0)
        serve(made, host, port, settings.terms())


def _require_free(host: str, port: int) -> None:
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except (OSError, OverflowError) as error:
        raise JinwenError(
            f"无法在 {host}:{port} 上提供服务（{getattr(error, 'strerror', None) or error}），"
            f"请换一个端口，例如 make run PORT={7861 if port == 7860 else 7860}"
        ) from error
