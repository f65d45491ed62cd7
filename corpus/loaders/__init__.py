"""Files to documents: one module a format, complex formats parsed in a child process."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus.documents import Document, Format
from corpus.errors import CorpusError
from corpus.identity import given, identify
from corpus.loaders import lines, parsing, plain
from corpus.loaders.sources import facts_of

_FORMATS: dict[str, Format] = {
    ".txt": "txt", ".md": "md", ".markdown": "md", ".html": "html", ".htm": "html",
    ".pdf": "pdf", ".docx": "docx", ".jsonl": "jsonl",
}  # fmt: skip
_NOTHING = f"没有可添加的文件，支持 {'、'.join(_FORMATS)}，请检查路径"
_MAX_BYTES = 50_000_000


def load(paths: Iterable[Path], facts: Mapping[str, Any] | None = None) -> list[Document]:
    """Return the documents of files and folders, in path order; ids are unique among them.

    A file gives one document named after it, a .jsonl file one a line. What a file is, is read
    from it, from a `sources.toml` beside it, and from `facts`, which go before. Raises CorpusError
    for a path that does not exist, cannot be read, or holds nothing; nothing is skipped silently
    except files of other formats inside a folder.
    """
    documents: list[Document] = []
    for path in paths:
        found = [d for file in _files(path) for d in _load_file(file, facts or {})]
        if not found:
            raise CorpusError(f"“{path}”是空的，{_NOTHING}")
        documents += found
    if not documents:
        raise CorpusError(_NOTHING)
    return _with_unique_ids(documents)


def _files(path: Path) -> list[Path]:
    try:
        if path.is_dir():
            inside = (p for p in path.rglob("*") if p.suffix.lower() in _FORMATS and not p.is_dir())
            return sorted(inside)
        path.stat()
    except (OSError, ValueError) as error:
        raise CorpusError(f"找不到“{str(path)[:80]}”，请检查路径") from error
    if path.suffix.lower() not in _FORMATS:
        raise CorpusError(f"不支持“{path.name}”的格式，请转成 {'、'.join(_FORMATS)} 之一")
    return [path]


def _load_file(path: Path, facts: Mapping[str, Any]) -> list[Document]:
    form = _FORMATS[path.suffix.lower()]
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise CorpusError(f"“{path.name}”超过 50 MB，请拆分后再添加")
        if form == "jsonl":
            return [given(identify(document), facts) for document in lines.load(path)]
        parsed = plain.read(path, form) if form in ("txt", "md") else parsing.extract(path, form)
    except OSError as error:
        raise CorpusError(f"无法读取“{path}”（{error.strerror}），请检查权限后再添加") from error
    text = parsed.text
    if not any(c.isalnum() for c in text):
        raise CorpusError(f"“{path.name}”里没有文字（扫描件需先识别），请换成有文字的文件")
    stem, name = (part.encode(errors="replace").decode() for part in (path.stem, path.name))
    source = str(path.resolve()).encode(errors="replace").decode()
    title = plain.title(text) or stem
    document = Document(_safe_id(stem), title, text, form, origin=name, source=source,
                        layout=parsed.layout)  # fmt: skip
    return [given(identify(document, stem), {**facts_of(path), **facts}, stem)]


def _safe_id(name: str) -> str:
    return re.sub(r"[^\w.-]+", "-", name).strip("-.") or "document"


def _with_unique_ids(documents: list[Document]) -> list[Document]:
    """Give documents whose names collide a suffix from their content, the same on every run.

    Files of one name and one text are one document.
    """
    documents = list({(d.id, d.digest): d for d in reversed(documents)}.values())[::-1]
    times = Counter(document.id for document in documents)
    return [
        document
        if times[document.id] == 1
        else replace(document, id=f"{document.id}-{document.digest[:8]}")
        for document in documents
    ]
