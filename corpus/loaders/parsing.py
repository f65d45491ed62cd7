"""PDF, DOCX and HTML are parsed in a child process that may not use much of anything.

A hostile file can make a parser take all memory or never end (zip and stream bombs). The child
has limits on memory, processor time and output; whatever goes wrong there is one clear error here.
"""

import importlib
import json
import sys
from dataclasses import asdict
from pathlib import Path
from subprocess import TimeoutExpired, run

from corpus.errors import CorpusError
from corpus.layout import Layout
from corpus.loaders.parsed import Parsed

_MEMORY_BYTES = 1 << 30
_CPU_SECONDS = 15
_WALL_SECONDS = 30
_MAX_CHARS = 20_000_000
_PARSERS = {"html": "webpage", "pdf": "pdf", "docx": "word", "xlsx": "workbook", "csv": "workbook",
            "pptx": "slides", "eml": "mail", "image": "scan"}  # fmt: skip


def extract(path: Path, form: str) -> Parsed:
    """Return text and layout; raises CorpusError for what cannot be parsed within limits."""
    path.open("rb").close()  # a missing right is the caller's OSError, not a parser's
    command = [sys.executable, "-c", _CHILD, *sys.path, "--", form, str(path)]
    try:
        child = run(command, capture_output=True, timeout=_WALL_SECONDS, check=False)
    except TimeoutExpired as error:
        raise CorpusError(f"解析“{path.name}”超时，请另存为 txt 后再添加") from error
    if child.returncode != 0:
        raise CorpusError(f"无法解析“{path.name}”（文件损坏或过大），请另存为 txt 后再添加")
    record = json.loads(child.stdout)
    return Parsed(record["text"], Layout.of(record["layout"]))


def parse(form: str, path: str) -> None:
    """Run one parser under limits and write what it read to stdout: the child's whole life."""
    _limit()
    parser = importlib.import_module(f"corpus.loaders.{_PARSERS[form]}")
    parsed: Parsed = parser.parse(Path(path).read_bytes())
    if len(parsed.text) > _MAX_CHARS:
        raise SystemExit(3)
    clean = parsed.text.encode("utf-8", errors="replace").decode()
    record = {"text": clean, "layout": asdict(parsed.layout)}
    sys.stdout.write(json.dumps(record))


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows has no resource limits; the wall clock still holds
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))


_CHILD = """
import sys
split = sys.argv.index("--")
sys.path[:] = sys.argv[1:split]
from corpus.loaders.parsing import parse
parse(*sys.argv[split + 1:])
"""
