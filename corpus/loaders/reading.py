"""One file to its documents: what it says, what it is, and whether it is known already."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from stat import S_ISREG
from typing import Any

from corpus.documents import Document, Format
from corpus.errors import CorpusError
from corpus.identity import given, identify, set_by_hand
from corpus.loaders import lines, parsing, plain
from corpus.loaders.formats import format_of, refusal
from corpus.loaders.sources import facts_of

MAX_BYTES = 50_000_000
Known = Mapping[str, Document]


@dataclass(frozen=True, slots=True)
class Read:
    """What became of one file: its documents, or why it has none.

    `unchanged` is the known document whose file has the very same bytes, which were not read.
    """

    path: Path
    documents: tuple[Document, ...] = ()
    fault: str = ""
    unchanged: Document | None = None


def read_file(path: Path, facts: Mapping[str, Any], known: Known) -> Read:
    """Return what became of a file; `facts` go before what it and the record beside it say.

    `known` are documents by their source. Raises nothing: what is wrong is a fault, in one line.
    """
    try:
        form = format_of(path)
        if form is None:
            raise CorpusError(refusal(path))
        _require_readable(path)
        if form == "jsonl":  # many documents, of which no bytes are known
            return Read(path, tuple(given(identify(d), facts) for d in lines.load(path)))
        return _read(path, form, {**facts_of(path), **facts}, known)
    except CorpusError as error:
        return Read(path, fault=str(error))
    except OSError as error:
        reason = f"无法读取“{path}”（{error.strerror}），请检查权限后再添加"
        return Read(path, fault=reason)


def _require_readable(path: Path) -> None:
    status = path.stat()
    if not S_ISREG(status.st_mode):
        raise CorpusError(f"“{path.name}”不是普通文件，请换成文件后再添加")
    if status.st_size > MAX_BYTES:
        raise CorpusError(f"“{path.name}”超过 50 MB，请拆分后再添加")


def _read(path: Path, form: Format, facts: Mapping[str, Any], known: Known) -> Read:
    stem, source = _clean(path.stem), _clean(str(path.resolve()))
    with path.open("rb") as file:  # before it is read: what is written meanwhile is read next time
        digest = file_digest(file, "sha256").hexdigest()
    before = known.get(source)
    if before and (before.file_digest, before.format) == (digest, form):
        if _says(before, facts):
            return Read(path, unchanged=before)
        return Read(path, (given(before, facts, stem),))
    parsed = plain.read(path) if form in ("txt", "md") else parsing.extract(path, form)
    text = parsed.text
    if not any(c.isalnum() for c in text):
        raise CorpusError(f"“{path.name}”里没有文字（扫描件需先识别），请换成有文字的文件")
    document = Document(
        _safe_id(stem), plain.title(text) or stem, text, form, origin=_clean(path.name),
        source=source, layout=parsed.layout, file_digest=digest,
    )  # fmt: skip
    return Read(path, (given(identify(document, stem), facts, stem),))


def _says(document: Document, facts: Mapping[str, Any]) -> bool:
    """Tell whether these facts were given of a document before."""
    by_hand = set_by_hand(document)
    return all(getattr(document, f) == value and f in by_hand for f, value in facts.items())


def _clean(name: str) -> str:
    """Return a name without the halves of characters that stand for bytes that are no UTF-8."""
    return name.encode(errors="replace").decode()


def _safe_id(name: str) -> str:
    return re.sub(r"[^\w.-]+", "-", name).strip("-.") or "document"
