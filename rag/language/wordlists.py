"""Lists of words that travel with the package, in `words/`."""

from functools import cache
from importlib.resources import files


@cache
def wordlist(name: str) -> frozenset[str]:
    """Return the words of `words/<name>.txt`; lines that begin with # are remarks."""
    return frozenset(word for line in lines(name) for word in line.split())


def lines(name: str) -> list[str]:
    """Return the lines of `words/<name>.txt` without remarks and blank ones."""
    text = files("rag.language").joinpath(f"words/{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
