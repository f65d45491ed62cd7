"""The protocol over stdin and stdout, until stdin ends."""

import os
import signal

import anyio
from mcp.server.stdio import stdio_server

from rag.assembly import Assembly
from ui.web.mcp.protocol import protocol
from ui.web.mcp.tools import Tools
from ui.web.seats import Seats


def speak(assembly: Assembly) -> None:
    """Serve one client; while it lasts, whatever else is printed goes to stderr."""

    def leave(number: int, _: object) -> None:
        assembly.close()
        os._exit(128 + number)  # a thread reads stdin, which nothing else can interrupt

    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, leave)
    anyio.run(_speak, assembly)


async def _speak(assembly: Assembly) -> None:
    server = protocol(Tools(assembly, Seats()))
    async with stdio_server() as (read, write):
        await server.run(read, write, server.create_initialization_options())
