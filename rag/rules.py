"""The state of the rules: what is worked out once and kept holds for as long as they stay."""

from functools import cache
from hashlib import sha256
from pathlib import Path

import corpus
import index
import rag


@cache
def rules() -> str:
    """Return the digest, in hex, of the code and words that find and answer."""
    digest = sha256()
    for package in (corpus, index, rag):
        home = Path(package.__path__[0])
        for file in sorted(f for end in ("py", "txt", "toml") for f in home.rglob(f"*.{end}")):
            digest.update(file.read_bytes())
    return digest.hexdigest()
