"""Putting a backup in place of a home: unpacked beside it, checked, then renamed into its place."""

import errno
import os
import shutil
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp

from corpus.errors import InputError, StoreError
from corpus.private import private
from index.store import Store
from ui.backup.contents import MODELS, NAME, Listing, kept, require_plain
from ui.desk.incoming import Incoming

_LIST_BYTES = 64 * 1024 * 1024
_BLOCK = 1024 * 1024
_NOTHING = "什么都没有恢复，请换一份备份"


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup that is in place; `aside` is where the home before is, None where there was none."""

    listing: Listing
    aside: Path | None


def restore(source: Path, home: Path, *, force: bool = False) -> Restored:
    """Make a home what a backup holds; its models stay.

    Every file is checked before anything is put in place, and the home before is whole at every
    moment, in its place or aside. Raises InputError for what is no whole backup and for a home
    with something in it unless `force`, StoreError while a service uses the home.
    """
    home = home.resolve()
    filled = home.is_dir() and next(kept(home), None) is not None
    if filled and not force:
        raise InputError(
            f"主目录“{home}”不是空的，没有恢复；要替换它请加 --force，原来的会另存在旁边"
        )
    if Incoming(home).in_use():
        raise StoreError(f"服务正在用主目录“{home}”，请先停下服务再恢复")
    home.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(mkdtemp(prefix=f".{home.name}-", dir=home.parent))
    try:
        listing = _unpacked(source, fresh)
        aside = _put(fresh, home)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    if aside and not filled:  # folders and locks only
        shutil.rmtree(aside, ignore_errors=True)
    return Restored(listing, aside if filled else None)


def _unpacked(source: Path, folder: Path) -> Listing:
    """Unpack a backup and return its list; raises InputError unless it is what the list says."""
    found: dict[str, str] = {}
    listing: Listing | None = None
    with _told(source), tarfile.open(source, "r:gz") as tar:
        for member in tar:
            _require_file(member, found, folder)
            if listing is not None:
                raise InputError(f"备份的清单后面还有“{member.name}”，{_NOTHING}")
            if member.name == NAME:
                listing = Listing.from_bytes(_bytes(tar, member))
            else:
                found[member.name] = _written(tar, member, folder / member.name)
    if listing is None:
        raise InputError(f"“{source.name}”不是完整的津问备份（没有清单），{_NOTHING}")
    for path in sorted(found.keys() | listing.files.keys()):
        if found.get(path) != listing.files.get(path):
            raise InputError(f"备份里的“{path}”与清单不符，{_NOTHING}")
    return listing


@contextmanager
def _told(source: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        if error.filename != str(source):
            raise
        raise InputError(f"没有文件“{source}”，请检查路径") from error
    except (tarfile.TarError, EOFError, zlib.error) as error:
        raise InputError(f"“{source.name}”不是备份，或已损坏、不完整，{_NOTHING}") from error
    except OSError as error:
        if error.errno is not None:  # of the disk
            raise
        raise InputError(f"“{source.name}”已损坏或不完整，{_NOTHING}") from error


def _require_file(member: tarfile.TarInfo, found: dict[str, str], folder: Path) -> None:
    """Raise InputError for links, devices, paths that lead out, and more than the disk holds."""
    require_plain(member.name)
    if not member.isreg() or member.name in found:
        raise InputError(f"备份里的“{member.name}”不是普通文件或有重复，{_NOTHING}")
    if member.size > shutil.disk_usage(folder).free:
        raise InputError(f"磁盘空间不够放下“{member.name}”，什么都没有恢复，请腾出空间后重试")


def _bytes(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    file = tar.extractfile(member)
    if file is None or member.size > _LIST_BYTES:
        raise InputError(f"备份里的清单无法识别，{_NOTHING}")
    return file.read()


def _written(tar: tarfile.TarFile, member: tarfile.TarInfo, path: Path) -> str:
    """Write a file, for its owner alone, and return its hash."""
    file, digest = tar.extractfile(member), sha256()
    path.parent.mkdir(parents=True, exist_ok=True)
    with private(path).open("wb") as out:
        while file and (block := file.read(_BLOCK)):
            digest.update(block)
            out.write(block)
    return digest.hexdigest()


def _put(fresh: Path, home: Path) -> Path | None:
    """Put a folder in the home's place and return where the one before is, None without one."""
    os.sync()  # what is renamed must be there after a power cut
    if not home.exists():
        fresh.rename(home)
        return None
    aside = home.with_name(f"{home.name}.before-{datetime.now():%Y%m%d-%H%M%S}")
    with Store(home / "index").writing("restore"):
        _move(home, aside)
        try:
            fresh.rename(home)
        except OSError:
            aside.rename(home)
            raise
    if (aside / MODELS).exists():
        (aside / MODELS).rename(home / MODELS)
    return aside


def _move(home: Path, aside: Path) -> None:
    try:
        home.rename(aside)
    except OSError as error:
        if error.errno != errno.EBUSY:
            raise
        raise StoreError(
            f"“{home}”是挂载点，不能整个替换，没有恢复；请把 JINWEN_HOME 设成它下面的一个目录"
        ) from error
