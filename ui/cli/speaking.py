"""`jinwen mcp`: the tools for a program that speaks the Model Context Protocol on stdio."""

import argparse
from contextlib import closing

from ui.cli.common import Subparsers, assembly, build_if_missing, start_model


def register(commands: Subparsers) -> None:
    """Add the command of this file."""
    mcp = commands.add_parser("mcp", help="作为 MCP 工具由其他程序启动（标准输入输出）")
    mcp.set_defaults(run=_mcp)


def _mcp(options: argparse.Namespace) -> None:
    made = assembly(options)
    build_if_missing(made)
    made.searcher()  # whatever is wrong with model or index is said before tools are promised
    from ui.web.mcp.stdio import speak

    with closing(made):
        start_model(made, wait_seconds=0)
        speak(made)
