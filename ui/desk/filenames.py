"""Names of uploaded files: made harmless, or refused with the reason."""

from pathlib import Path
from unicodedata import normalize

from corpus.errors import InputError
from corpus.loaders.formats import format_of, refusal
from corpus.loaders.gathering import is_passed_over

_MOST_BYTES = 200  # file systems take 255; an ending and a number may be added


def harmless(told: str) -> str:
    """Return the last part of a name as a browser told it, without what cannot be seen.

    Raises InputError for one that is empty or too long, or of a format that is not read.
    """
    last = normalize("NFC", told).replace("\\", "/").rpartition("/")[2]
    name = "".join(c for c in last if c.isprintable()).strip()
    shown = name[:40] + ("…" if len(name) > 40 else "")
    if len(name.encode(errors="replace")) > _MOST_BYTES:
        raise InputError(f"“{shown}”的名字太长，请改短后再上传")
    if is_passed_over(name) or not Path(name).stem.strip("."):
        raise InputError(f"“{shown}”不像文档的名字，请改名后再上传")
    if format_of(Path(name)) is None:
        raise InputError(refusal(Path(name)))
    return name
