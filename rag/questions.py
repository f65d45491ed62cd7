"""What is asked: the question made safe to work on, taken apart, and its meaningful words."""

import re
from dataclasses import dataclass

from corpus.errors import InputError
from corpus.quantities import quantities
from index.lexicon import words
from rag.language.phrasing import plain
from rag.language.synonyms import with_synonyms
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


@dataclass(frozen=True, slots=True)
class Question:
    """One question that stands alone: as typed, in plain words, and what it asks for.

    `plain` is folded, with spoken and regional words put into those of reports; it is what is
    searched and read.
    """

    text: str
    plain: str
    slot: Slot


def clean(text: str) -> str:
    """Return a question without what nobody can read; raises InputError for none or too much."""
    if len(text) > MAX_CHARS:
        raise InputError(f"问题有 {len(text)} 个字，太长了，请缩短到 {MAX_CHARS} 字以内")
    kept = " ".join(_UNUSABLE.sub(" ", text).split())
    if not kept:
        raise InputError(f"没有看到问题，请输入一个问题，{_EXAMPLE}")
    return kept


def understand(text: str) -> Question:
    """Return one question, standing alone; `text` is clean."""
    told = plain(text)
    return Question(text, told, slot(told))


def content_words(told: str) -> tuple[str, ...]:
    """Return the words that carry meaning; single Han characters only where there is nothing else.

    Words that have synonyms are found whole wherever they stand, their parts are left out.
    """
    rest = " ".join(_ASKING.sub(" ", _set_apart(told)).split()) or told
    known = with_synonyms().findall(rest)
    for word in known:
        rest = rest.replace(word, " ")
    every = [*known, *words(rest)]
    return tuple(dict.fromkeys(w for w in every if len(w) > 1 or w.isascii())) or tuple(every)


def _set_apart(told: str) -> str:
    """Return a text with a blank behind every figure: its unit is no part of a word (1030元|指)."""
    for quantity in reversed(list(quantities(told))):
        if quantity.unit and told[quantity.start].isdecimal():
            told = f"{told[: quantity.end]} {told[quantity.end :]}"
    return told
