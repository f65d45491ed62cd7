"""Files that appear under their name only when they are whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Give a path to write to that takes the place of `path` when all went well."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.part{path.suffix}")
    try:
        yield beside
        beside.chmod(0o644)  # safetensors writes for its owner alone
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
