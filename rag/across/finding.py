"""Finding what a question across reports asks for: the figure of each, of each year, or a term."""

import re
from collections.abc import Sequence

from corpus.documents import Document
from index.folding import fold
from rag.across.asking import Asked
from rag.across.candidates import fallen
from rag.across.matching import matching
from rag.across.ranking import size
from rag.across.telling import Found
from rag.inquiry import Inquiry
from rag.language.names import opening
from rag.questions import understand
from rag.reader.windows import page
from rag.reading import SURE
from rag.targets.finder import targets_at
from rag.targets.target import Target
from rag.years import asked_year

_READ = 4  # reports that are read for a figure where no name fits


def figures_of(asked: Asked, documents: Sequence[Document], inquiry: Inquiry) -> Found:
    """Return the figure of each asked report; all the `documents` tell what it goes by.

    Where a few have none under a name that fits, they are read for it.
    """
    every = [*asked.documents, *(d for d in documents if d.place not in _places(asked))]
    rate = asked.condition.is_rate if asked.condition else None
    matched = matching(asked.thing, every, inquiry.searcher, rate=rate)
    lacking = [d for d in asked.documents if d.id not in matched]
    if matched and len(lacking) <= _READ:
        matched |= _read(asked.thing, lacking, inquiry, next(iter(matched.values())))
    return [(d, matched[d.id]) for d in asked.documents if d.id in matched]


def _read(
    thing: str, documents: Sequence[Document], inquiry: Inquiry, like: Target
) -> dict[str, Target]:
    """Return the figures of the same measure that reading finds where no name was matched."""
    found: dict[str, Target] = {}
    question = understand(f"{thing}是多少？")
    for document in documents:
        reading = inquiry.read(question, [document.id])
        if reading.found is None or reading.refusal or reading.confidence < SURE:
            continue
        told = targets_at(document, (quote.span for quote in reading.found.quotes))
        short = reading.found.short or ""
        fit = [t for t in told if t.written in short and size(t)[2] == size(like)[2]]
        if fit and fit[0].kind == like.kind:
            found[document.id] = fallen(document, fit[0])
    return found


def figures_of_years(asked: Asked, documents: Sequence[Document], inquiry: Inquiry) -> Found:
    """Return the figures of each asked year of one place, in the order asked; two at least."""
    found: dict[str, tuple[Document, Target]] = {}
    like: Target | None = None
    for year in sorted(asked.years, key=lambda y: -_number(y, asked.documents[0])):  # plans first
        for document in asked.documents:
            others = [d for d in documents if d.place != document.place]
            matched = matching(f"{year}{asked.thing}", [document, *others], inquiry.searcher, like)
            if document.id in matched:
                like = matched[document.id]
                found[year] = document, like
                break
    return [found[year] for year in asked.years if year in found] if len(found) > 1 else []


def sentences_with(asked: Asked) -> list[tuple[Document, int]]:
    """Return the reports that hold a term, with the number of the first sentence that does."""
    wanted = {_bare(fold(asked.term)), _bare(fold(asked.term[opening(asked.term) :]))}
    terms = [term for term in wanted if len(term) > 1]
    found = ((document, _first(document, terms)) for document in asked.documents)
    return [(document, at) for document, at in found if at is not None]


def _first(document: Document, terms: Sequence[str]) -> int | None:
    leaf = page(document)
    for number in range(len(leaf.sentences)):
        text = _bare(leaf.folded(number)[0])
        if any(term in text for term in terms):
            return number
    return None


def _bare(text: str) -> str:
    """Return a text without blanks and quotation marks: “灯塔”工厂 holds 灯塔工厂."""
    return re.sub(r"[\s“”\"《》]", "", text)


def _places(asked: Asked) -> set[str]:
    return {document.place for document in asked.documents}


def _number(year: str, document: Document) -> int:
    asked = asked_year(year, document.plan_year)
    return asked if isinstance(asked, int) else 0
