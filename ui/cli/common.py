"""What the commands share: the assembly, JSON out, JSON Lines in and out, progress."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkstemp
from typing import Any, TextIO

from tqdm import tqdm

from corpus.errors import InputError, ModelError
from corpus.loaders.reading import Read
from index.upkeep import is_outdated
from rag.assembly import Assembly, Config
from ui.settings import load_settings

_TOLD_FROM = 500  # passages: some ten seconds of work
MODEL_SECONDS = 120.0  # to load a local language model from a slow disk

Record = dict[str, Any]
Subparsers = Any  # argparse does not name the type of add_subparsers()


def assembly(options: argparse.Namespace) -> Assembly:
    """Return the assembly for the chosen home."""
    return Assembly(load_settings().config(options.home))


def place(options: argparse.Namespace) -> Config:
    """Return where the home and what it shares are, whatever is said of models."""
    settings = load_settings()
    return Config(options.home or settings.home, index_url=settings.index_url)


def print_json(value: object) -> None:
    """Print one JSON value on stdout."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def run_batch(source: Path, target: Path, key: str, work: Callable[[Record], Record]) -> None:
    """Write `work(record)` with the record's id for every line of `source`, in order.

    The result appears under its name only when it is complete. Raises InputError naming the line
    that is not a JSON object with an id and a text under `key`.
    """
    records = tqdm(list(_records(source, key)), desc=source.name, delay=1, file=sys.stderr)
    with _writing(target.resolve()) as out:
        for record in records:
            _write_line(out, {"id": record["id"], **work(record)})


@contextmanager
def _writing(target: Path) -> Iterator[TextIO]:
    """Give a file that takes the target's place when it is done; devices are written directly."""
    if target.exists() and not target.is_file():
        with target.open("w", encoding="utf-8", newline="\n") as out:
            yield out
        return
    handle, name = mkstemp(prefix=f".{target.name}-", dir=target.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
            yield out
        Path(name).chmod(0o644)
        Path(name).replace(target)
    finally:
        Path(name).unlink(missing_ok=True)


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """Give a `watch(done, total)` that draws a bar on stderr for what takes over a second.

    In a log it tells each tenth in a line of its own.
    """
    if not sys.stderr.isatty():
        yield _in_lines(label)
        return
    with tqdm(desc=label, delay=1, file=sys.stderr, unit="段") as bar:

        def watch(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield watch


def _in_lines(label: str) -> Callable[[int, int], None]:
    told = 0

    def watch(done: int, total: int) -> None:
        nonlocal told
        if total > _TOLD_FROM and (tenth := done * 10 // total) > told:
            told = tenth
            print(f"{label}：{done:,}/{total:,} 段", file=sys.stderr, flush=True)

    return watch


@contextmanager
def reading() -> Iterator[Callable[[int, int, Read], None]]:
    """Give a `watch(done, total, read)` that tells on stderr of several files being read.

    It is a bar on a terminal, and a line a file in a log.
    """
    if not sys.stderr.isatty():
        yield _file_line
        return
    with tqdm(desc="读取文件", delay=1, file=sys.stderr, unit="个") as bar:

        def watch(done: int, total: int, read: Read) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield watch


def _file_line(done: int, total: int, read: Read) -> None:
    if total == 1:
        return
    chars = sum(len(document.text) for document in read.documents)
    what = "没有读成" if read.fault else "没有变化" if read.unchanged else f"{chars:,} 字"
    print(f"[{done}/{total}] {read.path.name}：{what}", file=sys.stderr, flush=True)


def build_if_missing(made: Assembly) -> None:
    """Build the index of a home that has none, or one that an earlier program made.

    Its documents are kept. One that is damaged is left for its owner to see.
    """
    outdated = is_outdated(made.store)
    if outdated:
        print(
            "索引是旧版程序建的，正在用其中的文档重建，原来的版本留着", file=sys.stderr, flush=True
        )
    if outdated or not made.store.names():
        with progress("建立索引") as watch:
            made.upkeep(watch).rebuild()


def start_model(made: Assembly, wait_seconds: float = MODEL_SECONDS) -> None:
    """Make the language model ready, if one is set; without it answers are extracted."""
    try:
        made.start_model(wait_seconds)
    except ModelError as error:
        print(f"语言模型用不了：{error}；先用原文摘录作答", file=sys.stderr)


def _records(source: Path, key: str) -> Iterator[Record]:
    lines = source.read_text(encoding="utf-8-sig", errors="surrogateescape").split("\n")
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            record = None
        if not (isinstance(record, dict) and "id" in record and isinstance(record.get(key), str)):
            raise InputError(
                f"“{source.name}”第 {number} 行应是含 id 和文字 {key} 的 JSON 对象，请修正后重试"
            )
        yield record


def _write_line(out: TextIO, result: Record) -> None:
    text = json.dumps(result, ensure_ascii=False)
    out.write(text.encode(errors="replace").decode() + "\n")
