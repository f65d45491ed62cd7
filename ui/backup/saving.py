"""Making a backup while the service runs: the index under its lock, databases through SQLite."""

import os
import sqlite3
import tarfile
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory, mkstemp
from typing import IO

from corpus.errors import InputError, StoreError
from index.store import Store
from ui.backup.contents import NAME, Listing, kept, program

_DATABASE = ".sqlite"
_BUSY_SECONDS = 10.0


def save(home: Path, target: Path) -> Listing:
    """Write all of a home that counts to one .tar.gz, whole or not at all, and return its list.

    Only its owner may read it. Raises InputError where there is nothing to keep or the target is
    in the home, StoreError when the index in use or a database is damaged, BusyError when the
    index is being written.
    """
    home, target = home.resolve(), target.resolve()
    _require_apart(home, target)
    store = Store(home / "index")
    handle, name = mkstemp(prefix=f".{target.name}-", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            with (
                store.writing("backup"),
                tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as tar,
            ):
                listing = _filled(tar, home, store, target.parent)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(target)
    finally:
        Path(name).unlink(missing_ok=True)
    return listing


def _require_apart(home: Path, target: Path) -> None:
    if target.is_relative_to(home):
        raise InputError(f"备份不能放在主目录“{home}”里，请写到别的目录，最好是别的磁盘")
    if target.is_dir():
        raise InputError(f"“{target}”是目录，请写出备份的文件名，例如 {target / '津问.tar.gz'}")
    if not home.is_dir() or next(kept(home), None) is None:
        raise InputError(f"主目录“{home}”里没有可备份的内容，请用 --home 指对目录")


def _filled(tar: tarfile.TarFile, home: Path, store: Store, beside: Path) -> Listing:
    files: dict[str, str] = {}
    with TemporaryDirectory(prefix=".jinwen-", dir=beside) as folder:
        for path in kept(home):
            source = home / path
            if path.endswith(_DATABASE):
                source = _copied(source, Path(folder) / "copy.sqlite")
            if (digest := _add(tar, source, path)) is not None:
                files[path] = digest
    _require_whole(store, files)
    created = datetime.now(UTC).isoformat(timespec="seconds")
    listing = Listing(created, store.pointed(), files, program())
    raw = listing.to_bytes()
    told = tarfile.TarInfo(NAME)
    told.size = len(raw)
    tar.addfile(told, BytesIO(raw))  # last: a backup that was cut short has none
    return listing


def _add(tar: tarfile.TarFile, source: Path, path: str) -> str | None:
    """Add a file as long as it is now, and return its hash; None when it has gone meanwhile."""
    try:
        file = source.open("rb")
    except FileNotFoundError:
        return None
    with file:
        told = tarfile.TarInfo(path)
        stat = os.fstat(file.fileno())
        told.size, told.mtime, told.mode = stat.st_size, stat.st_mtime, stat.st_mode & 0o777
        hashed = _Hashed(file)
        tar.addfile(told, hashed)
    return hashed.digest.hexdigest()


class _Hashed:
    """Hashes what is read through it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self.digest = file, sha256()

    def read(self, count: int = -1) -> bytes:
        """Return the next bytes."""
        data = self._file.read(count)
        self.digest.update(data)
        return data


def _copied(source: Path, copy: Path) -> Path:
    """Return a whole copy of a database that others may be writing."""
    copy.unlink(missing_ok=True)
    try:
        with (
            closing(sqlite3.connect(source, _BUSY_SECONDS)) as base,
            closing(sqlite3.connect(copy)) as into,
        ):
            base.backup(into)
            (state,) = into.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.OperationalError as error:
        raise StoreError(f"“{source.name}”现在读不了（{error}），请稍后再备份") from error
    except sqlite3.DatabaseError:
        state = "damaged"
    if state != "ok":
        raise StoreError(f"“{source.name}”已损坏，没有备份；请先用以前的备份恢复，或移走它")
    copy.chmod(0o600)
    return copy


def _require_whole(store: Store, files: dict[str, str]) -> None:
    """Hold the index in use against its own list of hashes; raises StoreError naming the file."""
    if not (name := store.pointed()):
        return
    for file, digest in store.listed_files(name).items():
        if files.get(f"index/versions/{name}/{file}") != digest:
            raise StoreError(
                f"索引文件“{name}/{file}”已损坏，没有备份；请先运行 jinwen index build 或 "
                "jinwen index rollback"
            )
