"""Paths to files: files, whole folders, patterns; each file once, and nothing left out unsaid."""

import glob
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISDIR

from corpus.loaders.formats import SUPPORTED, format_of, refusal
from corpus.loaders.sources import NAME

NOTHING = f"没有可添加的文件，支持 {SUPPORTED}，请检查路径"
_NOT_DOCUMENTS = {NAME, "Thumbs.db", "desktop.ini"}


@dataclass(frozen=True, slots=True)
class Fault:
    """A file or folder that gave nothing, and why: one line that ends with the next action."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Gathered:
    """The files of some paths, what could not be found, and the files of formats not read."""

    files: tuple[Path, ...] = ()
    faults: tuple[Fault, ...] = ()
    unsupported: tuple[Path, ...] = ()


def gather(paths: Iterable[Path]) -> Gathered:
    """Return the files of files, folders and patterns in the order given, those of one by name.

    A file that is named twice is taken once. Only a file that is named itself is a fault when its
    format is not read; inside a folder or of a pattern it is `unsupported`.
    """
    found = [_gathered(path) for path in paths]
    files: dict[Path, Path] = {}
    for file in (file for each in found for file in each.files):
        files.setdefault(file.resolve(), file)
    return Gathered(
        tuple(files.values()),
        tuple(fault for each in found for fault in each.faults),
        tuple(dict.fromkeys(path for each in found for path in each.unsupported)),
    )


def is_passed_over(name: str) -> bool:
    """Tell whether a name is an editor's lock, hidden, or of a file that describes others."""
    return name.startswith((".", "~$")) or name in _NOT_DOCUMENTS


def _gathered(path: Path) -> Gathered:
    try:
        is_folder = S_ISDIR(path.stat().st_mode)
    except PermissionError as error:
        return _fault(path, _unreadable(error))
    except (OSError, ValueError):
        if glob.has_magic(str(path)):
            return _matching(path)
        return _fault(path, f"找不到“{str(path)[:80]}”，请检查路径")
    if is_folder:
        return _inside(path)
    return Gathered((path,)) if format_of(path) else _fault(path, refusal(path))


def _matching(pattern: Path) -> Gathered:
    """Return the files of a pattern, with all that is in the folders among them."""
    # Path.glob takes no absolute pattern and goes into hidden folders.
    matches = map(Path, glob.glob(str(pattern), recursive=True))  # noqa: PTH207
    errors: list[OSError] = []
    found = [f for m in matches for f in (_walk(m, errors) if m.is_dir() else [m])]
    nothing = f"没有文件符合“{str(pattern)[:80]}”，请检查路径"
    return _sorted_out(pattern, found, errors, nothing)


def _inside(folder: Path) -> Gathered:
    errors: list[OSError] = []
    return _sorted_out(folder, _walk(folder, errors), errors, f"“{folder}”是空的，{NOTHING}")


def _walk(folder: Path, errors: list[OSError]) -> list[Path]:
    found: list[Path] = []
    for parent, folders, names in os.walk(folder, onerror=errors.append):
        folders[:] = [name for name in folders if not is_passed_over(name)]
        found += [Path(parent, name) for name in names]
    return found


def _sorted_out(path: Path, found: list[Path], errors: list[OSError], nothing: str) -> Gathered:
    """Return what is read of what was found, by name; `nothing` is said where there is none."""
    kept = sorted({file for file in found if not is_passed_over(file.name)})
    files = tuple(file for file in kept if format_of(file))
    faults = [Fault(Path(error.filename), _unreadable(error)) for error in errors]
    if not (files or faults):
        faults = [Fault(path, nothing)]
    return Gathered(files, tuple(faults), tuple(file for file in kept if not format_of(file)))


def _fault(path: Path, reason: str) -> Gathered:
    return Gathered(faults=(Fault(path, reason),))


def _unreadable(error: OSError) -> str:
    return f"无法读取“{error.filename}”（{error.strerror}），请检查权限后再添加"
