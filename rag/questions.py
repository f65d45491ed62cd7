"""What is asked: the question made safe to work on, taken apart, and its meaningful words."""

import re
from dataclasses import dataclass

from corpus.errors import InputError
from corpus.quantities import Quantity, quantities
from index.lexicon import Lexicon, words
from rag.language.matching import Wanted
from rag.language.phrasing import plain
from rag.language.synonyms import synonyms, with_synonyms
from rag.language.wordlists import wordlist
from rag.slots import Slot, slot

MAX_CHARS = 500
_EXAMPLE = "例如：今年要改造多少公里燃气管网？"
_UNUSABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# Words that ask or soften and say nothing about the subject.
_ASKING = re.compile(
    r"多少|百分之几|第几|(?<!哪)几(?:[个家条所座处项公里号万亿次年月天套户名])?|多(?=[大长高重宽远厚久])|什么样|什么时候|什么"
    r"|哪一?[些个家条里儿几年天种类块片位]?|怎么样|怎么办|怎么个?|如何|怎样|为什么|为何|是否|是不是|有没有|能不能|会不会|要不要"
    r"|对不对|对吧|对吗|是吧|是吗|没错吧?|可以|打算|准备|想要?|需要|[吗呢吧啊呀么了的呐哦喔?!,.。,;:、“”\"]"
)
# What many questions say about anything; a passage need not hold it.
GENERIC = wordlist("generic")
_QUOTED = re.compile(r"[“\"]([^”\"]{2,12})[”\"]")
_QUOTED_WEIGHT = 1.5
_GENERIC_WEIGHT, _BESIDE_WEIGHT = 0.15, 0.6
_PARTS = re.compile(r"[^,，。;；!！?？…]+[,，。;；!！?？…]*")


@dataclass(frozen=True, slots=True)
class Question:
    """One question in plain words, and what it asks for.

    `text` is as typed, `resolved` as understood and searched, `plain` folded and in plain words,
    `words` those that carry meaning. `figures` are quantities the question itself gives.
    """

    text: str
    resolved: str
    plain: str
    asking: str
    slot: Slot
    words: tuple[str, ...]
    figures: tuple[Quantity, ...] = ()

    def unfigured(self) -> frozenset[str]:
        """Return the words that are part of the figures the question gives."""
        given = [self.plain[q.start : q.end] for q in self.figures]
        return frozenset(word for word in self.words if any(word in text for text in given))

    def _quotes(self, word: str) -> bool:
        """Tell whether the question names a word in quotation marks: that is what it is about."""
        return any(word in quoted for quoted in _QUOTED.findall(self.plain))

    def wanted(self, lexicon: Lexicon) -> Wanted:
        """Return the words with their weights: idf, less for what is said of anything.

        Words outside the part that asks count less, and not at all where no document has them:
        they tell of the person who asks.
        """
        weights: dict[str, float] = {}
        for word in self.words:
            weight = weight_of(word, lexicon) * (_GENERIC_WEIGHT if word in GENERIC else 1.0)
            if word not in self.asking:
                weight *= _BESIDE_WEIGHT if known(word, lexicon) else 0.0
            weights[word] = weight * (_QUOTED_WEIGHT if self._quotes(word) else 1.0)
        return Wanted(weights)


def weight_of(word: str, lexicon: Lexicon) -> float:
    """Return the idf of a word; of one that is no term, the highest of its parts'."""
    parts = (word,) if word in lexicon else tuple(words(word))
    return max((lexicon.weight(part) for part in parts), default=lexicon.weight(word))


def known(word: str, lexicon: Lexicon) -> bool:
    """Tell whether a word, all its parts or a synonym of it stand in some document."""
    return any(
        other in lexicon or all(part in lexicon for part in words(other))
        for other in (word, *synonyms(word))
    )


def clean(text: str) -> str:
    """Return a question without what nobody can read; raises InputError for none or too much."""
    if len(text) > MAX_CHARS:
        raise InputError(f"问题有 {len(text)} 个字，太长了，请缩短到 {MAX_CHARS} 字以内")
    kept = " ".join(_UNUSABLE.sub(" ", text).split())
    if not kept:
        raise InputError(f"没有看到问题，请输入一个问题，{_EXAMPLE}")
    return kept


def understand(text: str, named: re.Pattern[str] | None = None) -> Question:
    """Return one question, standing alone; `text` is clean, `named` finds names to keep whole."""
    told = plain(text)
    asking = asking_part(told)
    found = tuple(q for q in quantities(told) if q.kind != "label" and not is_year(q))
    return Question(text, text, told, asking, slot(asking), content_words(told, named), found)


def is_year(quantity: Quantity) -> bool:
    """Tell whether a quantity is a year without the word for it (2022春节档)."""
    return not quantity.unit and quantity.value is not None and 1900 <= quantity.value < 2100


def asking_part(told: str) -> str:
    """Return the part that asks, with what stands before it if that says too little.

    我们楼都四十年了。全市这回改造的老旧小区有多少个 asks about the second part alone.
    """
    parts = [match[0].strip() for match in _PARTS.finditer(told)]
    asking = [i for i, part in enumerate(parts) if slot(part).kind != "topic"]
    if not asking or len(parts) == 1:
        return told
    first, last = asking[0], asking[-1]
    while first and len(_meaning(" ".join(parts[first : last + 1]))) < 2:
        first -= 1
    return " ".join(parts[first : last + 1])


def content_words(told: str, named: re.Pattern[str] | None = None) -> tuple[str, ...]:
    """Return the words that carry meaning; single Han characters only where there is nothing else.

    Words that have synonyms, and what `named` matches, are found whole wherever they stand, their
    parts are left out.
    """
    rest = " ".join(_ASKING.sub(" ", _set_apart(told)).split()) or told
    known: list[str] = []
    for pattern in filter(None, (named, with_synonyms())):
        found = pattern.findall(rest)
        known += found
        for word in found:
            rest = rest.replace(word, " ")
    every = [*known, *words(rest)]
    return tuple(dict.fromkeys(w for w in every if len(w) > 1 or w.isascii())) or tuple(every)


def _set_apart(told: str) -> str:
    """Return a text with a blank behind every figure: its unit is no part of a word (1030元|指)."""
    for quantity in reversed(list(quantities(told))):
        if quantity.unit and told[quantity.start].isdecimal():
            told = f"{told[: quantity.end]} {told[quantity.end :]}"
    return told


def _meaning(told: str) -> list[str]:
    return [word for word in content_words(told) if word not in GENERIC and len(word) > 1]
