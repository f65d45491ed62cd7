"""The figures of a sentence, each with the thing it is about.

燃气管网623公里、供热管网150公里 gives each its own; 甲企业、乙企业各新增1000家 gives both 1000家; a
clause that only says 增长5.8% or 累计1126家 is about what the clause before it was about.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.documents import Span
from corpus.quantities import Quantity, quantities
from corpus.sentences import clauses
from index.folding import fold
from rag.language.names import opening, without_verbs
from rag.language.pairs import pairs, pieces

_JOIN = re.compile(r"、|[和及与](?=一批|一些|若干|部分)")
# What the last of a list says of all.
_TAIL = re.compile(r"(?:[两三四五六七八九十]+[大个类项]|\d+[个项类]|的).*")
_SOME = re.compile(r"一批|一些|若干|部分|多个|一系列")
EACH = re.compile(r"(?<![人平年月日户成首故])(?:[各均]|都(?!市))(?!方面|类|级|地|项)")
_BARE = re.compile(
    r"^(?:其中)?(?:同比|环比|比上年|较上年|年均|平均|分别|共|总量|总面积|占比?|实现|涉及|惠及)*"
    r"(?:净?增长?|下降|上升|上涨|减少|压减|提高|降低|累计|达到?|突破|超过|居(?!民|住|家)|为|到)"
)
# 亿元以上 and 千亿级 tell what kind of thing another figure counts.
_THRESHOLD = re.compile(r"(?:及?以[上下]|(?<=级))(?=[一-鿿])")
_RESPECTIVELY = re.compile(r"(?:同比|环比)?分别")
_FROM = re.compile(r"(?:(?<!自)由|从(?!业))[^，,、到至为]{0,6}$")
_NAMES = re.compile(r"[“”‘’《》()（）]")


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity of a sentence; offsets are the sentence's.

    `own` is the folded text of the part that holds it, `about` what that part leaves out and the
    part before it said, `shared` the number of things joined to one figure that is not each one's;
    `verb` opens its clause and is said of all parts (新增甲20家、乙500家);
    `each` is true of a figure that several things have one by one (各新增1000家).
    """

    quantity: Quantity
    item: Span
    clause: Span
    own: str
    about: str
    shared: int = 1
    before: bool = False
    each: bool = False
    verb: str = ""
    lead: str = ""

    @property
    def said(self) -> str:
        """Return all that is said of the figure in its clause and what it leans on."""
        return f"{self.about} {self.own}"


@lru_cache(maxsize=20_000)
def figures(sentence: str) -> tuple[Figure, ...]:
    """Return the figures of a sentence in text order; labels (5G, 11号线) are names."""
    found: list[Figure] = []
    last: list[Figure] = []
    about = lead = ""
    for clause in clauses(sentence, Span(0, len(sentence))):
        said = list(_of_clause(sentence, clause, about))
        if len(said) == len(last) > 1 and _answers_each(clause.of(sentence), said):
            said = [replace(now, about=then.said) for now, then in zip(said, last, strict=True)]
        last = said
        for figure in said:
            found.append(replace(figure, lead=lead))
            about = figure.said if not _is_bare(figure.own) else about
        if not found or found[-1].clause != clause:
            about = fold(clause.of(sentence))
        lead = fold(clause.of(sentence))
    return tuple(found)


@lru_cache(maxsize=20_000)
def uncounted(sentence: str) -> tuple[str, ...]:
    """Return the folded parts of a sentence that speak of several things without a number."""
    return tuple(
        fold(part.of(sentence))
        for clause in clauses(sentence, Span(0, len(sentence)))
        for part in pieces(sentence, _JOIN, clause)
        if _SOME.search(part.of(sentence)) and not _counted(sentence, part)
    )


def _of_clause(sentence: str, clause: Span, about: str) -> Iterator[Figure]:
    if paired := list(_paired(sentence, clause)):
        yield from paired
        return
    text, parts = clause.of(sentence), pieces(sentence, _JOIN, clause)
    counted = [list(_counted(sentence, part)) for part in parts]
    for i, (part, found) in enumerate(zip(parts, counted, strict=True)):
        joined = _joined(sentence, parts, counted, i)
        whole = Span(joined[0].start, joined[-1].end)
        for j, quantity in enumerate(found):
            item = whole if len(found) == 1 else _between(found, j, whole)
            own = fold(item.of(sentence))
            each = bool(EACH.search(sentence[part.start : quantity.start]))
            lead = fold(_lead(sentence, clause, parts, found, i, j)) if _is_bare(own) else ""
            verb = text[: opening(text)] if i else ""
            yield Figure(
                quantity, item, clause, own, lead or (about if _is_bare(own) else ""),
                1 if each else len(joined) + own.count("和"),
                bool(_FROM.search(sentence[clause.start : quantity.start])), each, verb,
            )  # fmt: skip


def _paired(sentence: str, clause: Span) -> Iterator[Figure]:
    """Yield the figures that 分别 gives to the things before it."""
    text = clause.of(sentence)
    found = pairs(text)
    tail = _TAIL.search(found[-1].left.of(text)) if found else None
    head = shared_head([pair.left.of(text) for pair in found]) if found and not tail else ""
    lead = ""
    for i, pair in enumerate(found):
        right = Span(clause.start + pair.right.start, clause.start + pair.right.end)
        for quantity in _counted(sentence, right):
            lead = lead or sentence[right.start : quantity.start]
            last = i == len(found) - 1
            common = f"{tail[0] if tail and not last else ''} {'' if i == 0 else lead}"
            thing = f"{pair.left.of(text)}{'' if last else head}"
            own = fold(f"{thing} {common} {right.of(sentence)}")
            yield Figure(quantity, right, clause, own, "")


def _answers_each(clause: str, said: list[Figure]) -> bool:
    """Tell whether the figures of a clause go one by one with those before: 增长5.0%和6.6%."""
    return bool(_RESPECTIVELY.match(clause)) or all(_is_bare(figure.own) for figure in said)


def shared_head(things: list[str]) -> str:
    """Return what the last thing says for all: 管网 of 燃气、供水、排水管网."""
    bare = list(map(without_verbs, things))
    sizes = {len(thing) for thing in bare[:-1]}
    size = sizes.pop() if len(sizes) == 1 else 0
    rest = bare[-1][size:]
    return rest if 2 <= size <= 4 and len(rest) > 1 else ""


def _lead(
    sentence: str, clause: Span, parts: list[Span], found: list[Quantity], i: int, j: int
) -> str:
    """Return what stands in the clause before a part that does not say what it is about."""
    if j:
        return sentence[parts[i].start : found[j - 1].start]
    return sentence[clause.start : parts[i].start] if i else ""


def _counted(sentence: str, part: Span) -> list[Quantity]:
    found = [q for q in quantities(sentence, part) if q.kind != "label"]
    counting = [q for q in found if not _THRESHOLD.match(sentence, q.end)]
    return counting or found


def _joined(sentence: str, parts: list[Span], counted: list[list[Quantity]], i: int) -> list[Span]:
    """Return the parts that share the figure of part i: names joined before or behind it."""
    first = last = i
    found = counted[i]
    if len(found) != 1:
        return [parts[i]]
    leading = sentence[parts[i].start : found[0].start]
    if len(_NAMES.sub("", leading)) > 2:  # the names come first: 甲、乙各20家
        while first and not counted[first - 1]:
            first -= 1
    else:  # the figure comes first: 20家甲、乙
        while last + 1 < len(parts) and not (
            counted[last + 1] or _is_uncounted(sentence, parts[last + 1])
        ):
            last += 1
    return parts[first : last + 1]


def _is_uncounted(sentence: str, part: Span) -> bool:
    return bool(_SOME.match(sentence, part.start))


def _between(found: list[Quantity], j: int, whole: Span) -> Span:
    """Return the text from the figure before to the one behind; dates only tell when it was."""
    others = [q for q in found if q.kind != "date" or found[j].kind == "date"]
    start = max((q.end for q in others if q.end <= found[j].start), default=whole.start)
    end = min((q.start for q in others if q.start >= found[j].end), default=whole.end)
    return Span(start, end)


def _is_bare(own: str) -> bool:
    return bool(_BARE.match(own)) or len(re.sub(r"[^一-鿿]", "", own)) <= 4
