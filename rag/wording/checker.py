"""The wording check: does a report say exactly this, where, and if not quite, what differs."""

from collections.abc import Sequence

from corpus.documents import Document
from corpus.errors import InputError
from index.scope import Scope
from rag.binding import bind
from rag.wording.checks import Check
from rag.wording.findings import Finder
from rag.wording.judging import Judge
from rag.wording.pieces import LEAST
from rag.wording.places import Places
from rag.wording.wordform import read

MAX_CHARS = 50_000
_NAMED_CHARS = 500  # in which a paste says whose report it is from


class Checker:
    """Checks pastes against documents; making one reads them all, a check is quick."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = tuple(documents)
        self._places = Places(documents)

    def check_in(self, scope: Scope, text: str) -> Check:
        """Return the check of a text in a scope; the reports of places it names are preferred.

        Raises InputError as `check` does, and when the scope holds no document.
        """
        chosen = scope.required(self._documents)
        named = bind(text[:_NAMED_CHARS], chosen).known
        preferred = frozenset(d.id for bound in named for d in bound.documents)
        several = len(chosen) > 1
        within = frozenset(d.id for d in chosen) if scope else None
        return self.check(text, within, preferred if several else frozenset())

    def check(
        self,
        text: str,
        within: frozenset[str] | None = None,
        preferred: frozenset[str] = frozenset(),
    ) -> Check:
        """Return the check of a text; raises InputError when it is too short or too long.

        Only documents `within` these ids count, all for None. What a `preferred` one has, if only
        something near, comes before the very words in others.
        """
        if len(text) > MAX_CHARS:
            raise InputError(f"文字有 {len(text)} 个字，太长了，请每次核对 {MAX_CHARS} 字以内")
        words = read(text, pasted=True)
        if len(words.stream) < LEAST:
            raise InputError(f"文字太短，请给出至少 {LEAST} 个字（标点和空格不算）")
        places = self._places if within is None else self._places.only(within)
        return Judge(Finder(places, preferred), words).check()
