"""PDF with scanned pages: the same reading, with those pages recognized."""

from corpus.loaders.parsed import Parsed
from corpus.loaders.pdf import document


def parse(data: bytes) -> Parsed:
    """Return the text of all pages, scanned ones among them."""
    return document.parse(data, recognize=True)
