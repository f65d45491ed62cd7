"""Drafting: what the readings of a question's parts make together, an answer or a refusal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from index.contents import Contents
from rag import extractive
from rag.answers import Answer, Refusal
from rag.drafts import Draft
from rag.evidence import Evidence
from rag.guard import guarded

if TYPE_CHECKING:
    from rag.inquiry import Reading


def draft(typed: str, resolved: str, readings: Sequence[Reading], contents: Contents) -> Draft:
    """Return the answer that the readings make together; a part that is not there is named."""
    good = [r for r in readings if r.found and r.refusal is None]
    confidence = max((r.confidence for r in readings), default=0.0)
    if not good:
        near = [e for r in readings for e in r.evidence]
        why = readings[0].refusal or "not_in_documents"
        answer = refused(typed, resolved, why, near, contents, readings[0].told)
        return Draft(replace(answer, confidence=confidence))
    findings = [r.found for r in good if r.found]
    cited = extractive.cite(quote for found in findings for quote in found.quotes)
    cited = extractive.focused(cited, findings)
    several = len({d.place for d in contents.documents.values()}) > 1
    heads = extractive.heads(findings, cited, several)
    quotes = extractive.quoted_lines(findings, cited)
    tails = [
        f"另一问“{_last_part(r.question.text)}”：报告没有给出。" for r in readings if r.refusal
    ]
    answer = guarded(Answer(
        typed, resolved, True, "\n".join([*heads, *quotes.values(), *tails]),
        short_answer=extractive.headline(findings),
        citations=tuple(cited), warnings=extractive.scanned(cited),
        confidence=confidence, index_version=contents.version,
    ), [found.said for found in findings if found.said])  # fmt: skip
    left = answer.answer.splitlines()
    kept, after = (tuple(line for line in told if line in left) for told in (heads, tails))
    further = extractive.further([e for r in good for e in r.evidence], cited)
    return Draft(answer, kept, quotes, after, () if tails else (*cited, *further))


def refused(
    typed: str, resolved: str, why: Refusal, near: Sequence[Evidence], contents: Contents,
    told: str = "",
) -> Answer:  # fmt: skip
    """Return a refusal with its reason, what is `told` beside it, and the nearest passages."""
    notes = {e.document.note for e in near} - {""}
    related = extractive.relate(near)
    return Answer(
        typed, resolved, False, extractive.refuse(why, bool(related), notes, told),
        refusal=why, related=tuple(related), index_version=contents.version,
    )  # fmt: skip


def _last_part(text: str) -> str:
    """Return what a question asks, without what was said or put before it."""
    return re.split("[,，]", text.strip(" ,，"))[-1]
