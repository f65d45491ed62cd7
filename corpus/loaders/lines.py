"""JSON Lines: each line `{"id", "title"?, "text"}` is a document of its own."""

import json
from pathlib import Path

from corpus.decoding import decode
from corpus.documents import Document
from corpus.errors import CorpusError


def load(path: Path) -> list[Document]:
    """Return one document a line; raises CorpusError naming the first line that is not right."""
    content = decode(path.read_bytes(), path.name)
    found: dict[str, Document] = {}
    for number, line in enumerate(content.split("\n"), start=1):
        if not line.strip():
            continue
        document = _document(line, path.name, number)
        if document.id in found:
            raise CorpusError(f"“{path.name}”第 {number} 行的 id 与前面重复，请改成唯一的 id")
        found[document.id] = document
    if not found:
        raise CorpusError(f"“{path.name}”是空的，请删除或补上内容后再添加")
    return list(found.values())


def _document(line: str, name: str, number: int) -> Document:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise CorpusError(f"“{name}”第 {number} 行不是 JSON，请修正后再添加") from error
    fields = record if isinstance(record, dict) else {}
    identity, text, title = fields.get("id"), fields.get("text"), fields.get("title", "")
    if not (isinstance(identity, str) and identity and isinstance(text, str) and text.strip()):
        raise CorpusError(f"“{name}”第 {number} 行缺少非空的 id 或 text，请补上后再添加")
    if not isinstance(title, str | None):
        raise CorpusError(f"“{name}”第 {number} 行的 title 不是文字，请修正后再添加")
    title = title or identity
    if _has_surrogate(identity + text + title):
        raise CorpusError(f"“{name}”第 {number} 行含有半个代理字符，请修正后再添加")
    if not (identity + title).isprintable() or identity != identity.strip():
        raise CorpusError(
            f"“{name}”第 {number} 行的 id 或 title 含有控制字符或首尾空格，请修正后再添加"
        )
    return Document(identity, title, text, "jsonl", origin=name)


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= c <= "\udfff" for c in text)
