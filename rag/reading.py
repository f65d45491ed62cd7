"""One question against its evidence: the reader for what is asked, or one that stands in."""

from collections.abc import Sequence
from dataclasses import replace

from index.folding import fold
from rag.evidence import Evidence
from rag.language.matching import Wanted
from rag.language.names import is_verb
from rag.language.wordlists import wordlist
from rag.questions import GENERIC, Question
from rag.readers import (
    Finding,
    comparing,
    definition,
    figure,
    listing,
    moment,
    naming,
    passage,
    polar,
    staged,
    subject,
)
from rag.readers.premises import corrected
from rag.years import Year, is_report

_OF_ANYTHING = GENERIC | wordlist("aspects")


def read(
    question: Question, wanted: Wanted, evidence: Sequence[Evidence], year: Year
) -> Finding | None:
    """Return what the evidence says to a question; None where what is asked for is not in it."""
    if not evidence:
        return None
    found = _found(question, wanted, evidence, year)
    if found or _has_to_be_there(question, evidence):
        return found
    passed = passage.read(question, wanted, evidence)
    prose = not is_report(evidence[0].document)
    return replace(passed, sure=prose) if passed else None


def _has_to_be_there(question: Question, evidence: Sequence[Evidence]) -> bool:
    """Tell whether no passage can stand in for the figure, date, kind or number of names asked for.

    A report gives its figures in so many words; other prose may tell in words what was asked.
    """
    if question.slot.kind in ("figure", "when"):
        return is_report(evidence[0].document)
    if polar.names_missing(question, evidence):
        return True
    if naming.strict(question) or listing.exact(question):
        return True
    report = is_report(evidence[0].document)
    return report and (naming.bodily(question) or listing.places(question))


def _found(
    question: Question, wanted: Wanted, evidence: Sequence[Evidence], year: Year
) -> Finding | None:
    kind = question.slot.kind
    if told := subject.read(question, wanted, evidence):
        return told
    if kind != "polar" and (found := corrected(question, wanted, evidence, year)):
        return found
    if both := staged.read(question, evidence):
        return both
    if defined := definition.read(question, wanted, evidence):
        return defined
    match kind:
        case "figure":
            counted = figure.read(question, wanted, evidence, year)
            return counted if counted and _is_of_it(wanted, counted) else None
        case "when":
            return moment.read(question, evidence)
        case "polar":
            return polar.read(question, wanted, evidence, year)
        case "compare":
            compared = comparing.read(question, wanted, evidence, year)
            return compared or passage.read(question, wanted, evidence)
        case "who" | "where" | "name" | "list":
            return _named(question, wanted, evidence)
    return passage.read(question, wanted, evidence)


def _is_of_it(wanted: Wanted, found: Finding) -> bool:
    """Tell whether a figure's sentence, or what it stands under, names a thing that is asked about.

    What is asked of it does not count: 投资多少亿元 and 有多少人 fit any sum and any crowd.
    """
    told = found.evidence
    here = fold(" ".join((told.document.title, *told.section, told.folded)))
    short = fold(found.short or "")
    things = {
        word for word, weight in wanted.weights.items()
        if weight and word not in _OF_ANYTHING and word not in short and not is_verb(word)
    }  # fmt: skip
    return not things or not things <= wanted.missing(here)


def _named(question: Question, wanted: Wanted, evidence: Sequence[Evidence]) -> Finding | None:
    """Return the list or the name asked for."""
    if question.slot.kind == "list" or listing.asked_count(question):
        found = listing.read(question, wanted, evidence)
        if found or question.slot.kind == "list" or listing.exact(question):
            return found
    return naming.read(question, evidence)
