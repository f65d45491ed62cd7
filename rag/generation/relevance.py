"""Whether what a model wrote is beside the question, true as it may be."""

from corpus.quantities import quantities, same
from index.folding import fold
from rag.drafts import Draft
from rag.generation.sentences import Sentence
from rag.language.matching import holds
from rag.language.phrasing import plain
from rag.questions import GENERIC, content_words


def beside(sentence: Sentence, draft: Draft) -> bool:
    """Tell whether a sentence says something else than what is asked.

    Figures do where the headline has others (燃气管网623公里 beside 供热管网150公里), and so does
    what is taken only from further passages and has no word of the question.
    """
    told, due = list(quantities(sentence.text)), list(quantities(draft.answer.short_answer or ""))
    if told and due and not any(same(q, wanted) for q in told for wanted in due):
        return True
    own = len(draft.answer.citations)
    if not sentence.marks or min(sentence.marks) <= own:
        return False
    asked = content_words(plain(draft.answer.resolved_question))
    return not any(holds(fold(sentence.text), word) for word in asked if word not in GENERIC)
