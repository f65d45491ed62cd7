"""A language model's hints: other words for a refused question, more words, the best sentence.

Each is an option and off by default: ARCHITECTURE.md, "Measured", says what they gain and cost. A
model that fails, or whose reply is of no use, changes nothing.
"""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage

from corpus.errors import ModelError
from rag.evidence import Evidence
from rag.generation.breaker import Breaker
from rag.generation.calling import Chain
from rag.generation.choice import Patience
from rag.generation.hintprompts import expanding, ranking, rewording
from rag.generation.listening import Listener
from rag.guard import unsupported
from rag.hints import HintKind

_LONGEST = 60  # characters of a question; longer ones are no question any more
_ENOUGH = 80  # characters of a reply
_WORD_CHARS = range(2, 11)
_MOST_WORDS = 10
_WORD = re.compile(r"[一-鿿A-Za-z]+")
_NUMBER = re.compile(r"\d+")


class Hinter:
    """Asks a chat model for the kinds of hints that are wanted of it."""

    def __init__(
        self, model: Callable[[], BaseChatModel], name: str, patience: Patience,
        kinds: Collection[HintKind],
    ) -> None:  # fmt: skip
        self.name = f"{name}: {', '.join(sorted(kinds))}"
        self._model, self._kinds = model, frozenset(kinds)
        # A hint is waited for before anything is shown, so no longer than for a first word.
        self._listener = Listener(replace(patience, whole=min(patience.first, patience.whole)))
        self._breaker = Breaker()

    def reworded(self, question: str) -> str:
        """Return a question in other words; none whose figures are not the same."""
        if "reword" not in self._kinds:
            return ""
        other = self._asked(rewording(question))
        unlike = unsupported(other, [question]) or unsupported(question, [other])
        return "" if unlike or len(other) > _LONGEST or other == question else other

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

    def close(self) -> None:
        """Keep nobody waiting any longer."""
        self._listener.close()

    def _asked(self, given: list[BaseMessage]) -> str:
        """Return the first line of a reply, "" when the model fails or is left alone."""
        if not self._breaker.allows():
            return ""
        said = ""
        try:
            for piece in self._listener.listen(self._chain, given, streaming=True):
                said += piece.text
                if "\n" in said.strip() or len(said) > _ENOUGH:
                    break  # some small models go on for ever
        except ModelError:
            self._breaker.failed()
            return ""
        self._breaker.succeeded()
        return next(iter(said.strip().splitlines()), "")

    def _chain(self) -> Chain:
        return self._model().with_config(run_name="jinwen-hint")
