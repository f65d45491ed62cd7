"""Whether one place of a passage says all of what a claim says, and as firmly.

Both are taken apart into items: a clause's part between the joints of a list, with the verb that
opens the clause. 建成机场三期 has words of two clauses (建成地铁, 开工建设机场三期), and is none's.
"""

import re
from collections.abc import Iterator

import rjieba

from corpus.documents import Span
from corpus.sentences import clauses
from index.folding import fold
from rag.language.matching import holds
from rag.language.names import is_verb, verbs
from rag.language.pairs import pairs, pieces
from rag.language.wordlists import wordlist

EMPTY = wordlist("reporting")
_JOINT = re.compile("、")
_CLAUSE = re.compile(r"[，,；;。：:！!]|(?<!合)并(?!网|购|轨)|同时|此外")
_ITEM = re.compile(r"、|(?<![总共调暖温缓平新])[和及与](?!谐|平|睦|解|成|美)|以及")
_WHEN = re.compile("^(?:今年|年内|全年|有序|持续)+")
_TAIL = re.compile(r"(?<=[^平同均])等(?![级候待于])(.*)$")
# What makes a claim weaker or narrower may not be left out of it.
_HEDGE = re.compile(
    "力争|争取|探索|研究(?=推|制|建|出)|鼓励|支持|试点|推动|拟|累计|突破|新增|净增|各(?!类|级|地|方|个|种|项)"
)
_FUNCTION = frozenset(
    "将会为的地得由在到与和及对把被有是要也还又并以按于中等其该各达至个家条项上里内"
)
_PART = 0.5  # what `holds` says of two thirds of a word
# First letters of jieba's tags: things, doings, qualities, how, when and where.
_CONTENT = frozenset("nvabdtmzfr")


def borne_out(claim: str, quotes: list[str], title: str) -> bool:
    """Tell whether every item of a claim stands, word by word, in one item of the quotes.

    Names of the folded title may be said of anything, what is done in it (改造) may not.
    """
    told = [item for quote in quotes for item in _told(fold(quote))]
    return all(
        any(_says(item, words, clause) for item in told)
        for clause in filter(None, _CLAUSE.split(fold(claim)))
        for words in _claimed(clause, title)
    )


def _says(item: str, words: list[str], clause: str) -> bool:
    """Tell whether an item has all the words, and the clause all the item's hedges."""
    hedges = _HEDGE.findall(item)
    return (
        all(_stands(item, word) for word in words)
        and _in_order(item, words)
        and all(hedge in clause for hedge in hedges)
    )


def _stands(item: str, word: str) -> bool:
    """Tell whether an item has a word, or what is done in another word for it."""
    return word in item or (len(word) > 1 and is_verb(word) and holds(item, word) > _PART)


def _in_order(item: str, words: list[str]) -> bool:
    """Tell whether things stand in an item as they are told: who does what to whom."""
    at = 0
    for word in words:
        if len(word) > 1 and word.isalpha() and not is_verb(word):
            at = item.find(word, at) + 1
            if not at:
                return False
    return True


def _claimed(clause: str, title: str) -> Iterator[list[str]]:
    """Yield the words of each item of a claim's clause that must be borne out."""
    for item in _paired(clause) or _ITEM.split(clause):
        words = [
            word for word, tag in rjieba.tag(item, False)
            if word not in EMPTY and not _of_title(word, tag, title) and _matters(word, tag)
        ]  # fmt: skip
        if words:
            yield words


def _paired(clause: str) -> list[str]:
    """Return what 分别 says of each, one after the other."""
    return [f"{pair.left.of(clause)} {pair.right.of(clause)}" for pair in pairs(clause)]


def _of_title(word: str, tag: str, title: str) -> bool:
    """Tell whether a word names what the title names; 月 of its date and what is done are none."""
    return word in title and tag != "v" and (len(word) > 1 or tag.startswith("n"))


def _matters(word: str, tag: str) -> bool:
    if len(word) > 1:
        return any(char.isalnum() for char in word)
    return tag[:1] in _CONTENT and word not in _FUNCTION


def _told(quote: str) -> Iterator[str]:
    """Yield the items of a folded quote, each with the verb and the tail that it shares."""
    for span in clauses(quote, Span(0, len(quote))):
        clause = _WHEN.sub("", span.of(quote))
        whole = Span(0, len(clause))
        lead = verbs(clause)
        tail = _TAIL.search(clause)
        for piece in pieces(clause, _JOINT, whole):
            yield f"{lead} {piece.of(clause)} {tail[1] if tail else ''}"
        for pair in pairs(clause):
            yield f"{lead} {pair.left.of(clause)} {pair.right.of(clause)} {_shared(clause)}"


def _shared(clause: str) -> str:
    """Return the verbs right behind 分别, which it says of every pair."""
    behind = clause.partition("分别")[2]
    return verbs(behind) if is_verb(behind[:2]) else ""
