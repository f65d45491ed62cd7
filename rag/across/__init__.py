"""Questions across reports: compared, ranked, picked out, listed, with a table of what each says."""

from collections.abc import Sequence

from corpus.documents import Document
from rag.across.asking import asked_across
from rag.across.telling import told
from rag.binding import bind
from rag.drafts import Draft
from rag.inquiry import Inquiry


def across(
    typed: str, resolved: str, documents: Sequence[Document], inquiry: Inquiry
) -> Draft | None:
    """Return the answer to a question across reports, None when it is asked of one."""
    asked = asked_across(resolved, documents, bind(resolved, documents))
    return told(typed, resolved, asked, inquiry, documents) if asked else None
