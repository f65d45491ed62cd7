"""Questions across reports: compared, ranked, picked out and listed, with a table of the rows."""

from collections.abc import Sequence

from corpus.documents import Document
from rag.across.asking import asked_across
from rag.across.finding import figures_of, figures_of_years, sentences_with
from rag.across.telling import mentioned, told
from rag.binding import bind
from rag.drafts import Draft
from rag.inquiry import Inquiry


def across(
    typed: str, resolved: str, documents: Sequence[Document], inquiry: Inquiry
) -> Draft | None:
    """Return the answer to a question across reports; None when it asks of one, or of words."""
    asked = asked_across(resolved, documents, bind(resolved, documents))
    if asked is None:
        return None
    if asked.kind == "mention":
        holding = sentences_with(asked)
        return mentioned(typed, resolved, asked, holding, inquiry) if holding else None
    find = figures_of_years if asked.kind == "years" else figures_of
    found = find(asked, documents, inquiry)
    return told(typed, resolved, asked, found, inquiry) if found else None
