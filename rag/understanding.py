"""A question made ready: slips mended, follow-ups completed, parts told apart, words weighed."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from corpus.documents import Document
from index.contents import Contents
from index.folding import fold
from index.lexicon import Lexicon, words
from rag.answers import Turn
from rag.followups import resolve
from rag.language import english
from rag.language.english import Translator, is_english
from rag.language.matching import Wanted
from rag.language.spelling import Spelling
from rag.questions import Question, known, understand
from rag.splitting import split

_AND = re.compile(r"(?<=[^,，。?？])[,，。?？]\s*(?:那么?)?([^,，。?？]{1,8}呢)[?？]*$")
_QUOTED = re.compile(r"“([^“”]{3,12})”")
_ENGLISH_WEIGHT, _UNKNOWN_WEIGHT = 3.0, 1.0


class Understanding:
    """How questions are understood over one version of the documents."""

    def __init__(self, contents: Contents) -> None:
        self._lexicon = lexicon = contents.lexicon
        self._named = names_in_quotes(contents.documents.values())
        self._spelling = Spelling(lexicon.vocabulary)

    def resolve(self, text: str, history: Sequence[Turn]) -> str:
        """Return the question as it would stand alone, slips put right."""
        if is_english(text):
            return text
        return self._spelling.mend(resolve(text, history, self._lexicon))

    def parts(self, resolved: str) -> list[Question]:
        """Return the questions that a resolved text asks; a 累计呢 at its end asks on."""
        if more := _AND.search(resolved):
            first = resolved[: more.start()]
            then = resolve(more[1], [Turn(first, "")], self._lexicon)
            if then != more[1]:
                return [understand(part, self._named) for part in (*split(first), then)]
        return [understand(part, self._named) for part in split(resolved)]

    def wanted(self, question: Question) -> Wanted:
        """Return the question's words with their weights."""
        if not is_english(question.text):
            return question.wanted(self._lexicon)
        words = english.content_words(question.text)
        also = {word: _translator(self._lexicon).chinese(word) for word in words}
        weights = {word: _ENGLISH_WEIGHT if also[word] else _UNKNOWN_WEIGHT for word in words}
        return Wanted(weights, also)

    def foreign(self, wanted: Wanted) -> frozenset[str]:
        """Return the words that stand in no document, nor anything that may stand for them."""
        return frozenset(
            word for word in wanted.weights
            if not (wanted.also.get(word) or known(word, self._lexicon))
        )  # fmt: skip


@lru_cache(maxsize=2)
def _translator(lexicon: Lexicon) -> Translator:
    return Translator(lexicon.vocabulary)


@lru_cache(maxsize=2)
def understanding(contents: Contents) -> Understanding:
    """Return the understanding of questions over a version, made once for each."""
    return Understanding(contents)


def names_in_quotes(documents: Iterable[Document]) -> re.Pattern[str] | None:
    """Return what finds the names the documents put in quotation marks, longest first: 设计之都."""
    quoted = {fold(name) for document in documents for name in _QUOTED.findall(document.text)}
    names = sorted((name for name in quoted if len(words(name)) > 1), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, names))) if names else None
