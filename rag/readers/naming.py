"""Names: who, where, which, what it is called, by what the question leaves open in a clause."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import rjieba

from corpus.documents import Span
from corpus.quantities import quantities
from index.folding import fold
from rag.evidence import Clause, Evidence, near
from rag.language.enumerations import enumerations
from rag.language.names import is_verb, names
from rag.language.pairs import pairs
from rag.language.wordlists import wordlist
from rag.questions import GENERIC, Question
from rag.quoting import around, focus
from rag.readers import Finding
from rag.slots import Kind
from rag.years import is_report

_EVIDENCE = 4
_FAR, _FAR_IN_PROSE = 20.0, 1.5  # in scores of evidence
_CALLED = re.compile(r"叫什么|什么名|名字|名称|全称|全名|怎么称呼|什么称号")
_BESIDES = re.compile(r"除了?([^,，]{1,12}?)(?:以外|之外|外|还|[,，])")
_BLANK = "，,。；;：:、 的"
# How names of a kind end. Those of places and bodies end with the noun that asks for them (哪个区).
_ENDINGS: dict[Kind, re.Pattern[str]] = {
    "who": re.compile(
        r"(?:公司|集团|企业|中心|大学|学院|医院|院区|局|委|部门|院|所|厂|机构|单位|学校|银行|同志|家|石化|重工|科技|主体"
        r"|商|者|市场|政府|部|县|区|市|镇|村)$"
    ),
    "where": re.compile(
        r"(?:省|市|区|县|镇|乡|村|街道|街|路|港|园|基地|湾|城|岛|站|段|片区|地区|实验室)$"
    ),
}
# Nouns that every answer has to end with, and what ends like them and is no such thing.
_STRICT = re.compile(
    r"^[^,，]{0,4}?((?<![地片园景社小新市校院])区(?![域间别块位])|县(?!域)|市(?![场政])|省|镇|街道|村(?!庄)|医院|学校|大学"
    r"|市长|局长)"
)
_BODY = re.compile(r"^(?:机构|单位|部门|公司|企业|银行)")
_NO_DISTRICT = re.compile(r"(?:[山园社小地片城街景库市郊校院新老林牧]|核心|商务|保税|示范)区$")
_VAGUE_HEADS = wordlist("heads")
_TAGS: dict[Kind, tuple[str, ...]] = {"who": ("nr",), "where": ("ns", "nt")}
_PLACE_TAGS = ("ns", "nr", "nt")
_HEAD_EDGE = re.compile(
    r"^(?:样的|么样的|一?[个家条位座所种类项])|[的了呢啊吗呀来去上里等先被]+.*$"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span of a clause that may be the name, and how well it fits."""

    evidence: Evidence
    clause: Clause
    span: Span
    score: float


def read(question: Question, evidence: Sequence[Evidence]) -> Finding | None:
    """Return the name that fits best, with those it is listed with; None where none fits."""
    offered = find(question, evidence)
    if bodily(question):
        offered = (c for c in offered if _proper(question, c))
    best = max(offered, key=lambda c: c.score, default=None)
    if best is None:
        return None
    items = [_without_asked(question, item) for item in _listed(question, best)]
    if not all(ends_as_asked(question, item) for item in items):
        return None
    quote = around(best.evidence, best.clause.span)
    sure = _headed(question, best.clause.folded) and _proper(question, best)
    shown = focus(best.evidence, best.clause.span)
    return Finding(
        "、".join(items), (quote,), best.evidence, best.clause.coverage, sure=sure, focus=shown
    )


def _headed(question: Question, folded: str) -> bool:
    """Tell whether a sentence speaks of the noun that asks, as far as that says anything."""
    asked = head(question)
    vague = len(asked) < 2 or any(noun in _VAGUE_HEADS | GENERIC for noun in (asked, asked[:2]))
    return vague or any(char in folded for char in asked[:2])


def _proper(question: Question, best: Candidate) -> bool:
    """Tell whether the name is one of a body or a place, where one is asked for."""
    ending = _ENDINGS.get(question.slot.kind)
    told = fold(best.span.of(best.evidence.document.text))
    if bodily(question) and ending:
        body = ending.search(told) and told[-1] not in "省市区县镇村"
        return bool(body) or rjieba.tag(told)[-1][1] == "nt"
    return ending is None or bool(ending.search(told)) or _is_proper(told)


def ends_as_asked(question: Question, name: str) -> bool:
    """Tell whether a name has the noun that asks for it; 哪个区 asks for a district, no 山区."""
    needed, bare = strict(question), name.strip("“”")
    district = needed == "区" and question.slot.kind != "name"
    return needed in bare and not (district and _NO_DISTRICT.search(bare))


def head(question: Question) -> str:
    """Return the noun that asks, without what goes on behind it."""
    return _HEAD_EDGE.sub("", question.slot.head)


def strict(question: Question) -> str:
    """Return the noun that every answer has to end with (哪个区), or ''."""
    match = _STRICT.search(head(question))
    return match[1] if match else ""


def bodily(question: Question) -> bool:
    """Tell whether a body is asked for by its kind (哪家机构): no other name can be the answer."""
    return question.slot.kind == "who" and bool(_BODY.search(head(question)))


def find(question: Question, evidence: Sequence[Evidence]) -> Iterator[Candidate]:
    """Yield the names of the best sentences with their scores."""
    needed, asked = strict(question), head(question)
    for found in near(evidence[:_EVIDENCE], _FAR, _FAR_IN_PROSE):
        for clause in found.clauses:
            text = clause.span.of(found.document.text)
            base = found.score + 12 * clause.cosine + 4 * clause.coverage
            telling = len(asked) > 1 and asked not in _VAGUE_HEADS
            base += 1.0 * (telling and asked[-2:] in clause.folded)
            prose = not is_report(found.document)
            tagged = _tagged(question, text) if prose else ()  # reports have few people in them
            offered = (*_paired(question, text), *tagged, *_open(question, text))
            for span, bonus in offered:
                told = span.of(text)
                size = told.rfind(needed) + len(needed) if needed else len(told)
                if ends_as_asked(question, told[:size]):
                    start = clause.span.start + span.start
                    end = start + size
                    yield Candidate(found, clause, Span(start, end), base + bonus)


def _without_asked(question: Question, item: str) -> str:
    """Return a name without what is asked about and a verb before it (对产业链探索政府和…)."""
    lead = ""
    for word in rjieba.cut(item, False):
        if lead and is_verb(word):
            return item[len(lead) + len(word) :] or item
        lead += word
        if lead not in question.plain:
            break
    return item


def _listed(question: Question, best: Candidate) -> list[str]:
    """Return the name and those it is listed with, unless the question names one of them."""
    start = best.clause.span.start
    text = best.clause.span.of(best.evidence.document.text)
    name = best.span.of(best.evidence.document.text)
    if pairs(text):
        return [name]
    inner = Span(best.span.start - start, best.span.end - start)
    for found in enumerations(text):
        items = [item.of(text) for item in found.items]
        if any(q.kind in ("amount", "ratio") for item in items for q in quantities(item)):
            continue  # what is listed are figures
        if any(item.overlaps(inner) for item in found.items):
            aside = _BESIDES.search(question.plain)
            kept = [i for i in items if not (aside and _shared(aside[1], i) >= 2)]
            if len(kept) < len(items) or not any(_core(i) in question.plain for i in items):
                return kept
    return [name]


def _paired(question: Question, text: str) -> Iterator[tuple[Span, float]]:
    """Yield what 分别 pairs with the thing the question names."""
    found = pairs(text)
    for side in ("left", "right"):
        spans = [(getattr(p, side), p.right if side == "left" else p.left) for p in found]
        shared = [_shared(question.plain, this.of(text)) for this, _ in spans]
        most = max(shared, default=0)
        if most >= 2 and shared.count(most) == 1:
            yield _cored(text, spans[shared.index(most)][1]), 2.0 + 0.2 * most


def _open(question: Question, text: str) -> Iterator[tuple[Span, float]]:
    """Yield names of the clause that the question does not give, or those that complete a part."""
    asked, called = head(question), bool(_CALLED.search(question.plain))
    needed = strict(question)
    for name in names(text):
        rest = _rest(question.plain, text, name)
        if rest is None:
            continue
        if needed and text.startswith(needed, rest.end):
            rest = Span(rest.start, rest.end + len(needed))
        told = fold(rest.of(text))
        ending = _ENDINGS.get(question.slot.kind)
        fits = len(asked) > 1 and asked[-2:] in fold(name.of(text))
        bonus = 0.3 * (rest != name) + 1.2 * fits + 0.6 * (fits and asked in fold(name.of(text)))
        if ending and not called and (ending.search(told) or _is_proper(told)):
            yield rest, bonus + 0.6
        elif called and rest != name:
            yield name, bonus + 1.2
        else:
            yield name, bonus


def is_place(name: str) -> bool:
    """Tell whether a name ends like one of a place, or is one by the dictionary."""
    told = fold(name).strip('“”"')
    return bool(_ENDINGS["where"].search(told)) or _is_proper(told)


def _is_proper(told: str) -> bool:
    """Tell whether a name ends with a word that the dictionary has as a place or a proper name."""
    tagged: list[tuple[str, str]] = rjieba.tag(told)
    return bool(tagged) and tagged[-1][1].startswith(_PLACE_TAGS)


def _tagged(question: Question, text: str) -> Iterator[tuple[Span, float]]:
    """Yield the people (for who) and places (for where) of a clause that the question lacks."""
    tags = _TAGS.get(question.slot.kind, ())
    at = 0
    start = None
    for word, tag in (*rjieba.tag(text), ("", "")) if tags else ():
        proper = tag.startswith(tags) or (start is not None and word == "·")
        if proper and start is None:
            start = at
        if not proper and start is not None:
            name = text[start:at].strip("·")
            if len(name) > 1 and fold(name) not in question.plain:
                yield Span(start, start + len(name)), 0.9
            start = None
        at += len(word)


def _rest(plain: str, text: str, name: Span) -> Span | None:
    """Return the longest part of a name that the question does not hold; None if it holds all.

    The part goes on over one or two characters that the question has by chance (望潮区 for 哪个区).
    """
    folded = [fold(char) for char in name.of(text)]
    held = [False] * len(folded)
    for size in range(len(folded), 1, -1):
        for at in range(len(folded) - size + 1):
            if not any(held[at : at + size]) and "".join(folded[at : at + size]) in plain:
                held[at : at + size] = [True] * size
    runs = [(m.start(), m.end()) for m in re.finditer("0+", "".join("01"[h] for h in held))]
    whole = [_balanced(text, Span(name.start + a, name.start + b), name) for a, b in runs]
    best = max(whole, key=lambda s: s.end - s.start, default=None)
    if best is None or len(_core(best.of(text))) < 2:
        return None
    return best if name.end - best.end > 2 or best.end == name.end else Span(best.start, name.end)


def _balanced(text: str, span: Span, name: Span) -> Span:
    """Return a part of a name without blanks at its ends, quotation marks whole."""
    bare = span.stripped(text, _BLANK)
    start, end, piece = bare.start, bare.end, bare.of(text)
    if piece.endswith("“"):
        return Span(start, end - 1)
    if piece.startswith("”"):
        return Span(start + 1, end)
    if piece.count("“") != piece.count("”"):
        start = text.rfind("“", name.start, start + 1) if "”" in piece else start
        close = text.find("”", start, name.end) + 1
        start, end = (start, max(end, close)) if start >= 0 else (span.start, end)
    return Span(start, end)


def _cored(text: str, span: Span) -> Span:
    """Return one side of a pair without the verbs before it."""
    inner = [Span(span.start + n.start, span.start + n.end) for n in names(span.of(text))]
    bare = span.stripped(text, _BLANK)
    return max(inner, key=lambda s: s.end - s.start, default=bare)


def _core(text: str) -> str:
    return "".join(re.findall(r"[一-鿿a-z0-9]+", fold(text)))


def _shared(plain: str, text: str) -> int:
    """Return the length of the longest run of characters both have."""
    core, best, bare = _core(text), 0, _core(plain)
    for start in range(len(core)):
        while core[start : start + best + 1] in bare and start + best < len(core):
            best += 1
    return best
