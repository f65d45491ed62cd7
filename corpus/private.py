"""Files that hold what people asked or said: for their owner alone, whatever the umask is."""

from contextlib import suppress
from pathlib import Path

_OTHERS = 0o077


def private(path: Path) -> Path:
    """Return a file, made where there is none, that its owner alone may use.

    One that others could use before is taken from them, where it is ours. Raises OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    return _closed(path)


def private_folder(path: Path) -> Path:
    """Return a folder, made where there is none, that its owner alone may use; raises OSError."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return _closed(path)


def _closed(path: Path) -> Path:
    mode = path.stat().st_mode & 0o777
    if mode & _OTHERS:
        with suppress(PermissionError):  # another's, who may have reasons
            path.chmod(mode & ~_OTHERS)
    return path
