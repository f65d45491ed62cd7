"""Overlap of what was cited or found with what is evidence, in characters of one document."""

from collections.abc import Mapping, Sequence
from typing import Any


def overlap(span: Sequence[Any], cited: Mapping[str, Any]) -> bool:
    """Tell whether a (document, start, end) and a citation or hit share a character."""
    document, start, end = span
    same = cited["document_id"] == document
    return bool(same and cited["start"] < end and start < cited["end"])
