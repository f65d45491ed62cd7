"""What versions of the index said to questions, kept in the home so that it is worked out once."""

import json
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import astuple, dataclass
from hashlib import sha256
from os import getpid
from pathlib import Path

from corpus.private import private, private_folder
from rag.assembly import Config
from rag.rules import rules


@dataclass(frozen=True, slots=True)
class Told:
    """What a version said to a question; `answered` is false for a refusal."""

    answered: bool
    text: str


class AnswerFile:
    """A file a version: what is kept holds for one state of the rules and one embedding model."""

    def __init__(self, config: Config) -> None:
        self._folder, self._model = config.home / "golden", config.embedder.model

    def told(self, version: str) -> dict[str, Told]:
        """Return what a version is known to say, by question; nothing where that is damaged."""
        with suppress(OSError, ValueError, TypeError, AttributeError):
            record = json.loads(self._of(version).read_bytes())
            return {question: Told(*said) for question, said in record.items()}
        return {}

    def save(self, version: str, known: Mapping[str, Told]) -> None:
        """Write what a version says, whole or not at all."""
        private_folder(self._folder)
        file = self._of(version)
        part = file.with_name(f"{file.stem}.{getpid()}.part")  # others write it too
        record = {question: astuple(told) for question, told in known.items()}
        private(part).write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
        part.replace(file)

    def clear(self, versions: Collection[str]) -> None:
        """Delete what is of other versions than these."""
        for file in self._folder.glob("*.json"):
            if file.name.partition(".")[0] not in versions:
                file.unlink(missing_ok=True)

    def _of(self, version: str) -> Path:
        make = sha256(f"{rules()} {self._model}".encode()).hexdigest()[:12]
        return self._folder / f"{version}.{make}.json"
