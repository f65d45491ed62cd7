"""What a training is told on the command line; imports nothing to install."""

import argparse
from pathlib import Path


def add_learning(parser: argparse.ArgumentParser) -> None:
    """Add what the second step takes."""
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="结果目录")
    parser.add_argument("--device", default="cpu", choices=("cpu", "cuda"), help="在哪里训练")
    parser.add_argument("--only", choices=("retriever", "reader"), help="只训练其中一个")
    parser.add_argument(
        "--onward", action="store_true", help="从内置的适配器接着训练，只动上面几层"
    )
    parser.add_argument("--smoke", action="store_true", help="只取少量数据、训练几步，看能否跑通")
    parser.add_argument("--seconds", type=_seconds, metavar="N", help="每个适配器最多训练的秒数")


def add_preparing(parser: argparse.ArgumentParser) -> None:
    """Add what the first step takes."""
    parser.add_argument("--data", type=Path, metavar="DIR", help="题目和报告（reports/）所在目录")
    parser.add_argument("--public", type=Path, metavar="DIR", help="CMRC、DRCD 题目所在目录")
    parser.add_argument("--hold-out", action="append", default=[], metavar="NAME",
                        help="不用来训练、留作开发评测的报告")  # fmt: skip
    parser.add_argument("--prepare", action="store_true", help="只生成训练数据，不训练")


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 < value < 1e6:
        raise argparse.ArgumentTypeError("须大于 0")
    return value
