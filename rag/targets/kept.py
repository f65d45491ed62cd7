"""Targets kept on disk by document, so that a list of many reports is there at once.

What is kept holds for one document and one state of the rules, which is known by the code itself.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from os import getpid
from pathlib import Path
from typing import Any

from corpus.documents import Document
from rag.rules import rules
from rag.targets.finder import targets
from rag.targets.target import Target


@dataclass(frozen=True, slots=True)
class Kept:
    """The targets of documents, read from `folder` where they are there, else found and written."""

    folder: Path

    def targets(self, documents: Sequence[Document]) -> list[Target]:
        """Return the targets of documents, in their order; what is of other documents goes."""
        files = [self.folder / f"{_key(document)}.json" for document in documents]
        found = [self._of(d, file) for d, file in zip(documents, files, strict=True)]
        self._clear({file.name for file in files})
        return [target for of_document in found for target in of_document]

    def _of(self, document: Document, file: Path) -> list[Target]:
        try:
            return [_read(row) for row in json.loads(file.read_bytes())]
        except (OSError, ValueError, TypeError, KeyError):
            found = targets([document])
            self._write(file, json.dumps([t.to_json() for t in found], ensure_ascii=False))
            return found

    def _write(self, file: Path, text: str) -> None:
        """Write a file whole or not at all; a home that cannot be written is done without."""
        part = file.with_name(f"{file.stem}.{getpid()}.part")  # others write it too
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            part.write_text(text, encoding="utf-8")
            part.replace(file)
        except OSError:
            return

    def _clear(self, wanted: set[str]) -> None:
        try:
            for file in self.folder.glob("*.json"):
                if file.name not in wanted:
                    file.unlink(missing_ok=True)
        except OSError:
            return


def _read(row: dict[str, Any]) -> Target:
    return Target(**{**row, "section": tuple(row["section"])})


def _key(document: Document) -> str:
    """Return what a document's targets depend on, in hex."""
    told = (document.id, document.title, document.date, document.plan_year, document.place)
    return sha256(f"{rules()} {document.digest} {told}".encode()).hexdigest()[:32]
