"""`jinwen`: reads the command line, runs one command, turns errors into one clear line.

Exit status: 0 done (a refusal to answer is done), 1 failed, 2 wrong usage.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from corpus.errors import JinwenError
from ui.cli import (
    asking,
    checking,
    evaluating,
    indexing,
    keeping,
    keying,
    preparing,
    purging,
    serving,
    showing,
    speaking,
    staffing,
    targeting,
)

_GROUPS = (asking, checking, targeting, showing, indexing, evaluating, serving, speaking,
           staffing, keying, keeping, purging, preparing)  # fmt: skip


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command in `argv` (default: the process's own) and return the exit status."""
    options = _parser().parse_args(argv)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    try:
        options.run(options)
        sys.stdout.flush()
        return 0
    except JinwenError as error:
        return _fail(str(error))
    except BrokenPipeError:  # the reader, `head` say, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return _fail("已中断，原有数据未受影响")
    except OSError as error:
        where = f"“{error.filename}”" if error.filename else ""
        return _fail(f"读写失败{where}（{error.strerror}），请检查权限和磁盘空间，原有索引未受影响")


def _fail(message: str) -> int:
    print(f"jinwen: {message}", file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="jinwen", description="津问：向政府工作报告提问，答案句句有出处"
    )
    parser.add_argument(
        "--home", type=Path, help="索引和添加的文档所在目录（默认 JINWEN_HOME 或 var/）"
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令")
    for group in _GROUPS:
        group.register(commands)
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
