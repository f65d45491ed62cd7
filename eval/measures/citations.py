"""Do the citations point at the evidence? By overlap of character spans in the same document.

`given["spans"]` holds the evidence as (document, start, end), resolved when the question was run.
"""

from collections.abc import Mapping
from typing import Any

from eval.cases import Case
from eval.measures import Given


def recall(case: Case, given: Given) -> float | None:
    """Return the share of evidence spans that some citation overlaps."""
    if not case.answerable:
        return None
    spans, cited = given["spans"], given.get("citations") or []
    if not spans:
        return 0.0
    return sum(any(overlap(span, c) for c in cited) for span in spans) / len(spans)


def precision(case: Case, given: Given) -> float | None:
    """Return the share of citations that overlap evidence; None where nothing is cited."""
    cited = given.get("citations") or []
    if not case.answerable or not cited:
        return None
    return sum(any(overlap(span, c) for span in given["spans"]) for c in cited) / len(cited)


def verbatim(case: Case, given: Given) -> float | None:
    """Return the share of citations whose quote is the document's text at its offsets."""
    cited = given.get("citations") or []
    return sum(c["verbatim"] for c in cited) / len(cited) if cited else None


def reciprocal_rank(case: Case, given: Given) -> float | None:
    """Return 1 / rank of the first of ten hits that overlaps evidence, 0 when none does."""
    if not case.answerable:
        return None
    for hit in given.get("hits") or []:
        if any(overlap(span, hit) for span in given["spans"]):
            return 1.0 / float(hit["rank"])
    return 0.0


def overlap(span: tuple[str, int, int], cited: Mapping[str, Any]) -> bool:
    """Tell whether a (document, start, end) and a citation or hit share a character."""
    document, start, end = span
    same = cited["document_id"] == document
    return bool(same and cited["start"] < end and start < cited["end"])
