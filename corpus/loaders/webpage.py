"""HTML: the article without the page around it, found by trafilatura."""

import trafilatura

from corpus.decoding import decode
from corpus.loaders.parsed import Parsed


def parse(data: bytes) -> Parsed:
    """Return the main text of a page; '' when there is none."""
    return Parsed(
        trafilatura.extract(
            decode(data, "html"), include_comments=False, include_tables=True, favor_recall=True
        )
        or ""
    )
