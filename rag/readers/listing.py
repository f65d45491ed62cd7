"""Lists: all the items of the enumeration that is about what is asked."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.documents import Span
from index.folding import fold
from rag.evidence import Clause, Evidence, near
from rag.language.enumerations import Enumeration, enumerations
from rag.language.matching import Wanted, holds
from rag.language.names import MARKS, names, opening
from rag.language.pairs import pairs
from rag.language.wordlists import wordlist
from rag.questions import GENERIC, Question
from rag.quoting import around, focus
from rag.readers import Finding
from rag.readers.naming import ends_as_asked, head, is_place, strict
from rag.years import is_report

_EVIDENCE = 4
_PLACES = ("地方", "地区", "区县", "街道", "城市", "路段", "地段")
_IN_WHICH = re.compile(r"[在到往于给]哪")
_FAR, _FAR_IN_PROSE = 5.0, 0.3  # in scores of evidence
_LEAN = 0.4  # how much the clause before counts as said around a list
_NUMBERS = {c: n for n, c in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_COUNT = re.compile(
    r"哪([\d两二三四五六七八九十]+)|([\d两二三四五六七八九十]+)[个家条种类项位座大处]+[^,，]{0,8}?(?:什么|哪|各|分别)"
)
_EXACTLY = re.compile(
    r"哪(?:\d{1,2}|十[一二三四五六七八九]?)[个家条种类项位座处]?"
    r"|[三四五六七八九十]+大(?![学桥])[^,，]{0,8}(?:[是有指]?哪|包括|[是有]什么|都[是有])"
)
_BESIDES = re.compile(r"除了?(.{1,12}?)(?:以外|之外|外|还)|(.{2,12}?)以外")


@dataclass(frozen=True, slots=True)
class Found:
    """A list with the clause it stands in and how well it fits."""

    evidence: Evidence
    clause: Clause
    items: tuple[str, ...]
    whole: Span
    said: float
    score: float


def read(question: Question, wanted: Wanted, evidence: Sequence[Evidence]) -> Finding | None:
    """Return the items joined by 、, or None where no list is about what is asked."""
    fitting = [
        found
        for found in find(question, wanted, near(evidence, _FAR, _FAR_IN_PROSE))
        if _fits(question, found)
    ]
    best = max(fitting, key=lambda f: f.score, default=None)
    if best is None or not _headed(question, best):
        return None  # no list where the question is spoken of
    items = _besides(question, best.items)
    quote = around(best.evidence, best.whole)
    clean = all(_is_name(item, items) for item in items)
    short = "、".join(items) if clean else None
    shown = focus(best.evidence, best.whole)
    return Finding(short, (quote,), best.evidence, best.said, focus=shown)


def _headed(question: Question, found: Found) -> bool:
    """Tell whether a list is of the noun that asks: its sentence has that in no other clause."""
    noun = head(question)[:2]
    vague = len(noun) < 2 or noun in wordlist("heads") | GENERIC
    return vague or holds(found.clause.folded, noun) > 0 or noun not in found.evidence.folded


def _is_name(item: str, items: Sequence[str]) -> bool:
    """Tell whether an item is a name: it has no verb in its middle, or ends as another one does.

    Where one is none, the sentence has to speak for itself.
    """
    others = {other[-2:] for other in items if other != item}
    return len(names(item)) < 2 or item[-2:] in others


def _fits(question: Question, found: Found) -> bool:
    """Tell whether a list can answer: of the asked number and kind, and not in the question."""
    if exact(question) and asked_count(question) != len(found.items):
        return False
    last = found.items[-1]
    if not (last.endswith(strict(question)) and ends_as_asked(question, last)):
        return False
    report = is_report(found.evidence.document)
    if report and places(question) and not all(map(is_place, found.items)):
        return False
    given = [item for item in found.items if fold(item) in question.plain]
    return not given or bool(_BESIDES.search(question.plain)) or len(given) * 2 < len(found.items)


def places(question: Question) -> bool:
    """Tell whether a question asks for places (在哪些地方)."""
    where = question.slot.head.startswith(_PLACES)
    return where and bool(_IN_WHICH.search(question.plain))


def exact(question: Question) -> bool:
    """Tell whether a question asks for so many items and no other number (哪12条)."""
    return bool(_EXACTLY.search(question.plain))


def find(question: Question, wanted: Wanted, evidence: Sequence[Evidence]) -> Iterator[Found]:
    """Yield every list of the best sentences with its score: what is said around it counts."""
    count = asked_count(question)
    for found in evidence[:_EVIDENCE]:
        before = ""
        for clause in found.clauses:
            text = clause.span.of(found.document.text)
            if respective := _respective(question, text):
                said = found.score + 12 * clause.cosine + 3.5 * clause.coverage
                yield Found(found, clause, respective, clause.span, clause.coverage, said)
                continue
            for listed in enumerations(text):
                yield _scored(wanted, found, clause, text, listed, count, before)
            before = clause.folded


def _respective(question: Question, text: str) -> tuple[str, ...]:
    """Return what 分别 gives to two or more things that the question names."""
    found = pairs(text)
    for these, those in ((0, 1), (1, 0)):
        sides = [(pair.left.of(text), pair.right.of(text)) for pair in found]
        named = [side for side in sides if _core(side[these])[:-1] in question.plain]
        if len(named) > 1:
            return tuple(_core(side[those]) for side in named)
    return ()


def _core(text: str) -> str:
    """Return the name in one side of a pair, without the verb before it."""
    return text[opening(text) :].strip(MARKS)


def asked_count(question: Question) -> int | None:
    """Return how many items the question says there are (哪两家, 四种什么), or None."""
    match = _COUNT.search(question.plain)
    if not match:
        return None
    written = match[1] or match[2]
    return int(written) if written.isdecimal() else _NUMBERS.get(written)


def _scored(
    wanted: Wanted, evidence: Evidence, clause: Clause, text: str, listed: Enumeration,
    count: int | None, before: str,
) -> Found:  # fmt: skip
    around = fold(f"{text[: listed.whole.start]} {text[listed.whole.end :]}")
    said = wanted.coverage(f"{around} {fold(' '.join(evidence.section[-1:]))}")
    said += _LEAN * (wanted.coverage(f"{before} {around}") - said)
    score = evidence.score + 12 * clause.cosine + 2.5 * said + clause.coverage
    if count is not None:
        score += 1.0 if len(listed.items) == count else -1.5
    items = tuple(span.of(text) for span in listed.items)
    start = clause.span.start
    whole = Span(start + listed.whole.start, start + listed.whole.end)
    return Found(evidence, clause, items, whole, said, score)


def _besides(question: Question, items: tuple[str, ...]) -> tuple[str, ...]:
    """Return the items without those the question sets aside (除了海河产业基金还有)."""
    match = _BESIDES.search(question.plain)
    if not match:
        return items
    named = match[1] or match[2]
    return tuple(item for item in items if fold(item) not in named) or items
