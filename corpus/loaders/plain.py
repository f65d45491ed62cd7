"""Text and Markdown files, read byte for byte into text."""

import re
from pathlib import Path

from corpus.cleaning import report_lines
from corpus.decoding import decode
from corpus.loaders.markdown import layout
from corpus.loaders.parsed import Parsed

_TITLE = re.compile(r"报告|规划|纲要|方案|意见|通知|公报|条例|办法|决定|白皮书")


def read(path: Path) -> Parsed:
    """Return text and layout; raises CorpusError for unknown encodings, OSError as it comes."""
    text = decode(path.read_bytes(), path.name)
    return Parsed(text, layout(text))


def title(text: str) -> str:
    """Return the title line of an official document or of a Markdown file, or ''."""
    for span in report_lines(text)[:3]:
        line = span.of(text)
        if line.startswith("# "):
            return line.removeprefix("# ").strip()
        if len(line) <= 60 and _TITLE.search(line) and not line.endswith("。"):
            return line
    return ""
