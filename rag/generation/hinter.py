"""A language model's hints: other words for a refused question, more words, the best sentence.

Each is an option and off by default: ARCHITECTURE.md, "Measured", says what they gain and cost. A
model that fails, or whose reply is of no use, changes nothing.
"""

import re
from collections.abc import Callable, Collection, Sequence
from copy import copy
from dataclasses import replace
from time import monotonic

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage

from corpus.errors import InputError, ModelError
from rag.evidence import Evidence
from rag.generation.calling import Chain
from rag.generation.hintprompts import expanding, ranking, rewording
from rag.generation.listening import Listener
from rag.generation.sentences import spoken, visible
from rag.guard import unsupported
from rag.hints import HintKind
from rag.questions import clean
from rag.safety import unsafe

_LONGEST = 60  # characters of a question; longer ones are no question any more
_ENOUGH = 80  # characters of a reply; some small models go on for ever
_WORD_CHARS = range(2, 11)
_MOST_WORDS = 10
_WORD = re.compile(r"[一-鿿A-Za-z]+")
_NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)")


class Hinter:
    """Asks a chat model for the kinds of hints that are wanted of it.

    A hint is waited for before anything is shown: all of a question's together no longer than for
    a first word.
    """

    def __init__(
        self, model: Callable[[], BaseChatModel], name: str, listener: Listener,
        kinds: Collection[HintKind],
    ) -> None:  # fmt: skip
        self.name = f"{name}: {', '.join(sorted(kinds))}"
        self._model, self._listener, self._kinds = model, listener, frozenset(kinds)
        self._deadline = monotonic() + listener.patience.first

    def begin(self) -> "Hinter":
        """Return a hinter for one question, whose time begins now."""
        begun = copy(self)
        begun._deadline = monotonic() + self._listener.patience.first
        return begun

    def reworded(self, question: str) -> str:
        """Return a question in other words; none whose figures are not the same."""
        if "reword" not in self._kinds:
            return ""
        try:
            other = clean(self._asked(rewording(question)))
        except InputError:  # nothing, or far too much
            return ""
        unlike = unsupported(other, [question]) or unsupported(question, [other])
        useless = unlike or unsafe(other) or len(other) > _LONGEST or other == question
        return "" if useless else other

    def expanded(self, query: str) -> str:
        """Return a query and the words that the model expects in a passage that answers."""
        if "expand" not in self._kinds:
            return query
        words = [w for w in _WORD.findall(self._asked(expanding(query))) if len(w) in _WORD_CHARS]
        return " ".join(dict.fromkeys((query, *words[:_MOST_WORDS])))

    def reranked(self, question: str, evidence: Sequence[Evidence]) -> list[Evidence]:
        """Return the evidence, the sentence that the model names before all others."""
        found = list(evidence)
        if "rerank" not in self._kinds or len(found) < 2:
            return found
        said = _NUMBER.search(self._asked(ranking(question, [e.text for e in found])))
        at = int(said[0]) - 1 if said else 0
        if not 0 < at < len(found):
            return found
        best = replace(found[at], score=found[0].score + 1.0)
        return [best, *found[:at], *found[at + 1 :]]

    def _asked(self, given: list[BaseMessage]) -> str:
        """Return the first line of a reply without thoughts, "" when there is none in time."""
        left = self._deadline - monotonic()
        if left <= 0:
            return ""
        said = told = ""
        patience = replace(self._listener.patience, first=left, whole=left)
        try:
            for piece in self._listener.listen(self._chain, given, True, patience):
                said += visible(piece.text)
                told = (spoken(said) or "").strip()
                if "\n" in told or len(told) > _ENOUGH:
                    break
        except ModelError:
            return ""
        return next(iter(told.splitlines()), "")

    def _chain(self) -> Chain:
        return self._model().with_config(run_name="jinwen-hint")
