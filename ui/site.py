"""What the staff set about the site, kept in the home and taken up by a running service at once."""

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from hashlib import sha256
from pathlib import Path
from tempfile import mkstemp
from threading import Lock
from typing import Any

from filelock import FileLock

from corpus.errors import InputError, JinwenError

NAME_CHARS, NOTICE_CHARS, EXAMPLE_CHARS, EXAMPLES = 20, 200, 60, 8
_SWITCHES = ("generation", "hints", "logging")

State = tuple[int, int, int] | None  # of a file, None where there is none


class ChangedError(JinwenError):
    """Settings that somebody else has saved meanwhile."""


@dataclass(frozen=True, slots=True)
class Site:
    """What visitors see of the site, and what of it is switched on.

    `notice` is a line above the page; `examples` are the first questions, none for those that the
    documents suggest. `generation` and `hints` only switch off what the environment offers.
    Raises InputError for what is too long, too much or not a text.
    """

    name: str = "津问"
    notice: str = ""
    examples: tuple[str, ...] = ()
    generation: bool = True
    hints: bool = True
    logging: bool = False

    def __post_init__(self) -> None:
        if not self.name:
            raise InputError("名称不能是空的，请填写后再保存")
        _require_line("名称", self.name, NAME_CHARS)
        _require_line("公告", self.notice, NOTICE_CHARS)
        if len(self.examples) > EXAMPLES:
            raise InputError(
                f"示例问题最多 {EXAMPLES} 个，现在有 {len(self.examples)} 个，请删去几个"
            )
        for number, example in enumerate(self.examples, start=1):
            _require_line(f"第 {number} 个示例问题", example, EXAMPLE_CHARS)
        if not all(isinstance(getattr(self, switch), bool) for switch in _SWITCHES):
            raise InputError("开关只能是开或关，请改正后重试")

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> "Site":
        """Return the site of a record, texts tidied and what it does not know left out."""
        known = {f.name: record[f.name] for f in fields(cls) if f.name in record}
        for line in known.keys() & {"name", "notice"}:
            known[line] = _tidy(known[line])
        if "examples" in known:
            known["examples"] = tuple(tidied for e in known["examples"] if (tidied := _tidy(e)))
        return cls(**known)


class SiteFile:
    """The file of one home; read again when it has changed, safe to share between threads."""

    def __init__(self, home: Path) -> None:
        self._path = home / "site.json"
        self._lock = Lock()
        self._read: tuple[State, Site, str] | None = None

    @property
    def site(self) -> Site:
        """Return the site as it is set now; the defaults where the file is damaged."""
        return self._fresh()[1]

    @property
    def fault(self) -> str:
        """Return what is wrong with the file in one line, "" where nothing is."""
        return self._fresh()[2]

    @property
    def edition(self) -> str:
        """Return what tells one saving from another: the file's SHA-256, "" where there is none."""
        try:
            return sha256(self._path.read_bytes()).hexdigest()
        except OSError:
            return ""

    def save(self, site: Site, edition: str) -> None:
        """Save the site; raises ChangedError where the file is no longer the edition it was."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(self._path.with_suffix(".lock")):
            if self.edition != edition:
                raise ChangedError("设置刚被别人改过，您填的还在下面，请对照现在的设置后再保存")
            _write(self._path, json.dumps(asdict(site), ensure_ascii=False, indent=1).encode())

    def _fresh(self) -> tuple[State, Site, str]:
        state = _state(self._path)
        with self._lock:
            if self._read is None or self._read[0] != state:
                self._read = state, *_load(self._path)
                if self._read[2]:
                    print(self._read[2], file=sys.stderr, flush=True)
            return self._read


def _load(path: Path) -> tuple[Site, str]:
    try:
        return Site.of(dict(json.loads(path.read_bytes()))), ""
    except FileNotFoundError:
        return Site(), ""
    except InputError as error:
        why = str(error)
    except OSError as error:
        why = f"无法读取（{error.strerror}）"
    except (ValueError, TypeError, AttributeError, RecursionError):
        why = "内容无法识别"
    return Site(), f"“{path.name}”{why}；先用默认设置，请在工作台的设置页重新保存"


def _state(path: Path) -> State:
    """Return what changes when a file is written or another takes its place."""
    try:
        told = path.stat()
    except OSError:
        return None
    return told.st_mtime_ns, told.st_size, told.st_ino


def _write(path: Path, data: bytes) -> None:
    """Put a file in the place of the one before, whole or not at all."""
    handle, name = mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _require_line(what: str, text: str, most: int) -> None:
    if not isinstance(text, str) or not text.isprintable():
        raise InputError(f"{what}里有看不见的字符，请重新输入")
    if len(text) > most:
        raise InputError(f"{what}有 {len(text)} 个字，最多 {most} 个，请缩短")
