"""Complex formats are parsed in a child process that may not use much of anything.

A hostile file can make a parser take all memory or never end (zip and stream bombs, deep nesting).
The child has limits on memory, processor time and output. What a parser says is wrong comes back
in its words; whatever else goes wrong there is one clear error here.
"""

import importlib
import json
import os
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from subprocess import DEVNULL, PIPE, TimeoutExpired, run
from typing import Any

from corpus.errors import CorpusError
from corpus.layout import Layout
from corpus.loaders.parsed import Again, Parsed

MAX_CHARS = 20_000_000
MAX_CELLS = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may use: address space in bytes, seconds of processor and of the clock."""

    memory: int
    cpu: int
    wall: int


_PLAIN = Limits(512 << 20, 15, 30)
_RECOGNIZING = Limits(3 << 30, 120, 240)
LIMITS = {
    "html": _PLAIN, "pdf": _PLAIN, "docx": _PLAIN, "xlsx": _PLAIN, "csv": _PLAIN, "pptx": _PLAIN,
    "eml": _PLAIN, "image": _RECOGNIZING, "scanned": _RECOGNIZING,
}  # fmt: skip
_PARSERS = {"html": "webpage", "pdf": "pdf.document", "docx": "word.body",
            "xlsx": "sheets.workbook", "csv": "sheets.commas", "pptx": "slides", "eml": "mail",
            "image": "scan", "scanned": "pdf.scanned"}  # fmt: skip
# Threads of numeric libraries take address space each; a core a file is enough.
_ONE_THREAD = {
    f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL", "NUMEXPR")
} | {"MALLOC_ARENA_MAX": "2"}


def extract(path: Path, form: str) -> Parsed:
    """Return text and layout; raises CorpusError for what cannot be parsed within limits."""
    path.open("rb").close()  # a missing right is the caller's OSError, not a parser's
    record = _parsed(path, form)
    if "again" in record:  # only what needs more than a format's limits gets it
        record = _parsed(path, record["again"])
    if "error" in record:
        raise CorpusError(_named(record["error"], form, path.name))
    return Parsed(record["text"], Layout.of(record["layout"]))


def _parsed(path: Path, form: str) -> dict[str, Any]:
    command = [sys.executable, "-c", _CHILD, *sys.path, "--", form, str(path)]
    environment = {**os.environ, **_ONE_THREAD}
    try:
        child = run(command, stdin=DEVNULL, stdout=PIPE, stderr=DEVNULL, env=environment,
                    timeout=LIMITS[form].wall, check=False)  # fmt: skip
    except TimeoutExpired as error:
        raise CorpusError(f"解析“{path.name}”超时，请另存为 txt 后再添加") from error
    if child.returncode != 0:
        raise CorpusError(f"无法解析“{path.name}”（文件损坏或过大），请另存为 txt 后再添加")
    record: dict[str, Any] = json.loads(child.stdout)
    return record


def parse(form: str, path: str) -> None:
    """Run one parser under limits and write what it read to stdout: the child's whole life."""
    _limit(LIMITS[form])
    parser = importlib.import_module(f"corpus.loaders.{_PARSERS[form]}")
    try:
        parsed: Parsed = parser.parse(Path(path).read_bytes())
    except Again as again:
        sys.stdout.buffer.write(json.dumps({"again": again.form}).encode())
        return
    except CorpusError as error:
        sys.stdout.buffer.write(json.dumps({"error": str(error)}).encode())
        return
    cells = sum(len(table.cells) for table in parsed.layout.tables)
    if len(parsed.text) > MAX_CHARS or cells > MAX_CELLS:
        raise SystemExit(3)
    clean = parsed.text.encode("utf-8", errors="replace").decode()
    record = {"text": clean, "layout": asdict(parsed.layout)}
    sys.stdout.buffer.write(json.dumps(record, ensure_ascii=False).encode(errors="replace"))


def _named(reason: str, form: str, name: str) -> str:
    """Return what a parser said with the file's name; it knows the format at most (“csv”)."""
    unnamed = f"“{form}”"
    return reason.replace(unnamed, f"“{name}”", 1) if unnamed in reason else f"“{name}”：{reason}"


def _limit(limits: Limits) -> None:
    try:
        import resource
    except ImportError:  # Windows has no resource limits; the wall clock still holds
        return
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu, limits.cpu))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


_CHILD = """
import sys
split = sys.argv.index("--")
sys.path[:] = sys.argv[1:split]
from corpus.loaders.parsing import parse
parse(*sys.argv[split + 1:])
"""
