"""`jinwen prepare`: what `make install` does last, so that the first question does not wait."""

import argparse

from ui.cli.common import Subparsers, assembly, build_if_missing


def register(commands: Subparsers) -> None:
    """Add the command of this file."""
    prepare = commands.add_parser("prepare", help="准备嵌入模型；没有索引时建立索引")
    prepare.set_defaults(run=_prepare)


def _prepare(options: argparse.Namespace) -> None:
    made = assembly(options)
    embedder = made.embedder()
    build_if_missing(made)
    print(f"已就绪：模型 {embedder.name}，索引 {made.store.current()}")
