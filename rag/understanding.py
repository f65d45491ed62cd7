"""A question made ready: slips mended, follow-ups completed, parts told apart."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from corpus.documents import Document
from corpus.places import mentions
from index.contents import Contents
from rag.answers import Turn
from rag.binding import places_of
from rag.followups import resolve
from rag.language.phrasing import is_english
from rag.language.spelling import Spelling
from rag.questions import Question, understand
from rag.smalltalk import asked_in, small_talk
from rag.splitting import split

_AND = re.compile(r"(?<=[^,，。?？])[,，。?？]\s*(?:那么?)?([^,，。?？]{1,8}呢)[?？]*$")


class Understanding:
    """How questions are understood over one version of the documents."""

    def __init__(self, contents: Contents) -> None:
        self._lexicon = contents.lexicon
        self._spelling = Spelling(self._lexicon.vocabulary)

    def resolve(
        self, text: str, history: Sequence[Turn], documents: Sequence[Document] = ()
    ) -> str:
        """Return the question as it would stand alone, slips put right.

        Of several places' `documents`, one that names no place goes on about the place before.
        Courtesies around it go, and what was only said in courtesy before it counts for nothing.
        """
        text = asked_in(text)
        if is_english(text):
            return text
        before = [
            replace(t, question=asked_in(t.question)) for t in history if not small_talk(t.question)
        ]
        told = resolve(text, before, self._lexicon, places_of(documents))
        mended = self._spelling.mend(told)
        # 津渝 sounds like 禁渔, and names two places
        return mended if all(m.text in mended for m in mentions(told)) else told

    def parts(self, resolved: str) -> list[Question]:
        """Return the questions that a resolved text asks; a 累计呢 at its end asks on."""
        if more := _AND.search(resolved):
            first = resolved[: more.start()]
            then = resolve(more[1], [Turn(first, "")], self._lexicon)
            if then != more[1]:
                return [understand(part) for part in (*split(first), then)]
        return [understand(part) for part in split(resolved)]


@lru_cache(maxsize=2)
def understanding(contents: Contents) -> Understanding:
    """Return the understanding of questions over a version, made once for each."""
    return Understanding(contents)
