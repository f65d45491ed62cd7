"""What a backup holds: the files of a home that count, and a list of them with their hashes."""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path, PurePosixPath

from corpus.errors import InputError
from ui.ratefile import NAME as RATES

NAME = "jinwen-backup.json"  # of the list, which is the last file of a backup
FORMAT = 1
MODELS = "models"  # prepared anew by `jinwen prepare`, and large
_LEFT_OUT = {MODELS, "desk"}  # of the desk's folder, files that are being put into the index
_UNFINISHED = (".lock", ".part", ".new", "-wal", "-shm", "-journal")
_OWNER = "writer.json"


@dataclass(frozen=True, slots=True)
class Listing:
    """What a backup says of itself; `files` maps paths to SHA-256 in hex, `created` is UTC."""

    created: str
    index_version: str
    files: dict[str, str]
    program: str
    format: int = FORMAT

    def to_bytes(self) -> bytes:
        """Return the list as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> "Listing":
        """Return the list; raises InputError when it is none, or one of a newer program."""
        try:
            record = json.loads(data)
            if record["format"] > FORMAT:
                raise InputError(
                    f"备份的格式是 {record['format']}，本程序到 {FORMAT}，请升级津问后再恢复"
                )
            return cls(**record)
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise InputError("备份里的清单无法识别，请换一份备份") from error


def kept(home: Path) -> Iterator[str]:
    """Yield the paths of a home that a backup holds, in order, relative and with slashes.

    Models, locks, uploads on their way and what is unfinished are left out. Links are followed.
    """
    for folder, folders, files in os.walk(home, onerror=_fail, followlinks=True):
        at = Path(folder).relative_to(home)
        folders[:] = sorted(
            name for name in folders
            if name[0] != "." and not (at == Path() and name in _LEFT_OUT)
        )  # fmt: skip
        yield from ((at / name).as_posix() for name in sorted(files) if _counts(name))


def program() -> str:
    """Return this program's version."""
    try:
        return version("jinwen")
    except PackageNotFoundError:
        return "unknown"


def require_plain(path: str) -> None:
    """Raise InputError for a path of a backup that could lead out of the home."""
    parts = path.split("/")
    if PurePosixPath(path).is_absolute() or {"", ".", ".."} & set(parts) or "\\" in path:
        raise InputError(f"备份里有不安全的路径“{path}”，什么都没有恢复，请换一份备份")


def _counts(name: str) -> bool:
    return not (name[0] == "." or name in (_OWNER, RATES) or name.endswith(_UNFINISHED))


def _fail(error: OSError) -> None:
    raise error
