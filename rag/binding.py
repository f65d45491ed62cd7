"""Whose report a question is about: the places it names bind it to their documents.

A place that has no report of its own, but lies in one that has (深圳 in 广东), is looked for there,
and what answers has to name it. 长三角 and 京沪 name several places, where places are compared.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

import rjieba

from corpus.documents import Document
from corpus.places import Mention, Place, find, mentions, short, without

_SEVERAL = re.compile(
    r"分别|哪个|哪[些里]|谁|各(?!类|种|项|级|界)|[两三四五六]地|[两三四五六]省|比较|对比|相比|差"
)
# What stands before a place that is asked about; 咱跟北京 asks about us.
_LEADS = re.compile(r"(?:^|[,，、\s]|[和与跟同]|今年|去年|明年|年|请问|那么?|在|比)$")
_OURS = re.compile("[咱我]们?[市省区县]?[和与跟同]$")
_SORT = re.compile("直辖市|自治区|省$")


@dataclass(frozen=True, slots=True)
class Bound:
    """A place that a question names: as it is said there, and the documents it binds to.

    `part` is the name that has to stand in what answers, "" where the document is its own.
    `choices` are the full names of the places it may mean, where they are several.
    """

    said: str
    place: Place
    documents: tuple[Document, ...]
    part: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Binding:
    """The places of a question, and the question without those whose documents are known."""

    places: tuple[Bound, ...]
    text: str

    @property
    def missing(self) -> tuple[Bound, ...]:
        """Return the places of which there is no document."""
        return tuple(b for b in self.places if not b.documents and not b.choices)

    @property
    def unclear(self) -> Bound | None:
        """Return the first place that may be one of several."""
        return next((b for b in self.places if b.choices), None)

    @property
    def known(self) -> tuple[Bound, ...]:
        """Return the places with documents, each once."""
        return tuple({b.place: b for b in reversed(self.places) if b.documents}.values())[::-1]


def bind(text: str, documents: Sequence[Document]) -> Binding:
    """Return the places that a question names and the documents they bind it to."""
    own = {document: find(document.place) for document in documents if document.place}
    found = list(_merged(mentions(text, places_of(own)), text))
    if any(not _SORT.search(m.text) for m in found if m.group) or any(
        not m.group for m in found
    ):  # 津渝两个直辖市 names two, not all four
        found = [m for m in found if not (m.group and _SORT.search(m.text))]
    bound = [each for mention in found for each in _bound(mention, text, own)]
    spans = [m for m, whole in zip(found, (_is_whole(m, own) for m in found), strict=True) if whole]
    return Binding(tuple(bound), _without(text, spans))


def places_of(documents: Iterable[Document]) -> tuple[Place, ...]:
    """Return the places whose documents these are, each once."""
    return tuple(dict.fromkeys(place for d in documents for place in find(d.place)))


Owned = dict[Document, tuple[Place, ...]]


def _merged(found: Iterable[Mention], text: str) -> Iterable[Mention]:
    """Yield mentions, one that lies in the one before it as that: 北京市朝阳区."""
    last: Mention | None = None
    for mention in found:
        if last and not last.group and not mention.group:
            inner = tuple(p for p in mention.places if any(o.holds(p) for o in last.places))
            if inner and text[last.end : mention.start] in ("", " ", "的"):
                last = Mention(last.start, mention.end, mention.text, inner)
                continue
        if last:
            yield last
        last = mention
    if last:
        yield last


def _bound(mention: Mention, text: str, own: Owned) -> list[Bound]:
    if mention.group:
        several = _SEVERAL.search(text)
        return [_one(p.name, (p,), own) for p in mention.places] if several else []
    bound = _one(mention.text, mention.places, own)
    if bound.documents or bound.choices:
        return [bound]
    known = bound.place.level in ("province", "city")
    return [bound] if known and _is_asked_of(text[: mention.start]) else []


def _is_asked_of(before: str) -> bool:
    """Tell whether a place without a report is what a question asks about, by what leads to it."""
    return bool(_LEADS.search(before)) and not _OURS.search(before)


def _one(said: str, places: Sequence[Place], own: Owned) -> Bound:
    """Return what a name binds to: documents of its own before those of what it lies in."""
    itself = {p: _of(p, own) for p in places if _of(p, own)}
    around = {p: _around(p, own) for p in places if _around(p, own)}
    candidates = itself or {
        p: d for p, d in around.items() if not any(o != p and o.holds(p) for o in around)
    }  # 长沙 is the city before the county in it
    if len(candidates) > 1:
        return Bound(said, places[0], (), choices=tuple(p.full for p in candidates))
    if not candidates:
        return Bound(said, places[0], ())
    ((place, documents),) = candidates.items()
    return Bound(said, place, documents, "" if itself else short(place.name))


def _of(place: Place, own: Owned) -> tuple[Document, ...]:
    return _newest_first(d for d, places in own.items() if place in places)


def _around(place: Place, own: Owned) -> tuple[Document, ...]:
    """Return the documents of the smallest place with documents that another lies in."""
    holding = {p: d for d, places in own.items() for p in places if p.holds(place)}
    if not holding:
        return ()
    return _of(max(holding, key=lambda p: len(p.code.rstrip("0"))), own)


def _newest_first(documents: Iterable[Document]) -> tuple[Document, ...]:
    return tuple(sorted(documents, key=lambda d: (-(d.plan_year or 0), d.id)))


def _is_whole(mention: Mention, own: Owned) -> bool:
    return not mention.group and any(_of(place, own) for place in mention.places)


def _without(text: str, spans: Sequence[Mention]) -> str:
    """Return a question without names: what is asked of a report is asked as of it alone.

    A name inside a word stays: 天津港.
    """
    ends = set(accumulate(map(len, rjieba.cut(text.encode(errors="replace").decode()))))
    return without(text, (m for m in spans if m.end in ends)).strip(" ,，、的")
