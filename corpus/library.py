"""The report that is shipped, and the record of where it came from."""

import tomllib
from hashlib import sha256
from pathlib import Path
from typing import Any

from corpus.decoding import decode
from corpus.documents import Document
from corpus.errors import CorpusError

REPORTS = Path(__file__).parent / "reports"


def shipped(folder: Path = REPORTS) -> list[Document]:
    """Return the documents recorded in SOURCES.toml, each checked against its SHA-256.

    Raises CorpusError when a file is missing or is not, byte for byte, the recorded one.
    """
    return [
        Document(
            id=source["id"],
            title=source["title"],
            text=decode(_checked(folder / source["file"], source["sha256"]), source["file"]),
            origin=source["file"],
            issuer=source["issuer"],
            date=source["date"].isoformat(),
            plan_year=source["plan_year"],
            note=source["note"],
            place=source.get("place", ""),
            kind=source.get("kind", "other"),
            read_from=source.get("read_from", ""),
        )
        for source in _sources(folder)
    ]


def example_questions(folder: Path = REPORTS) -> list[str]:
    """Return questions a visitor may start with, kept beside each report."""
    return [question for source in _sources(folder) for question in source["examples"]]


def _sources(folder: Path) -> list[dict[str, Any]]:
    text = (folder / "SOURCES.toml").read_text(encoding="utf-8")
    reports: list[dict[str, Any]] = tomllib.loads(text)["report"]
    return reports


def _checked(path: Path, digest: str) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CorpusError(f"缺少随附报告“{path.name}”，请重新安装（make install）") from error
    if sha256(data).hexdigest() != digest:
        raise CorpusError(f"随附报告“{path.name}”与记录的校验值不符，请重新安装（make install）")
    return data
