"""What a question asks across reports: of which places, compared, ranked, picked out or listed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.documents import Document
from corpus.places import Place
from index.folding import fold
from rag.across import phrases
from rag.across.conditions import Condition, condition
from rag.binding import Binding, places_of
from rag.years import asked_year

Kind = Literal["compare", "rank", "filter", "mention", "table", "years"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question across reports: of which documents, and for what (今年GDP增长目标).

    `top` is how many are asked for (0: all of them), `least` whether the lowest come first;
    `missing` are named places without a report, `years` the years of one place; `denied` asks who
    does not mention the term.
    """

    kind: Kind
    documents: tuple[Document, ...]
    thing: str
    least: bool = False
    top: int = 0
    condition: Condition | None = None
    term: str = ""
    missing: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    denied: bool = False


def asked_across(text: str, documents: Sequence[Document], binding: Binding) -> Asked | None:
    """Return what a question asks across reports, None when it asks of one, or in words."""
    told = fold(text)
    if len({d.place for d in documents}) < 2 or binding.unclear:
        return None
    if phrases.IN_WORDS.search(told) and not phrases.MENTIONS.search(told):
        return None
    places = places_of(documents)
    if len(binding.known) > 1:
        return _of_places(told, binding, places)
    if len(binding.known) == 1 and not binding.known[0].part and not binding.missing:
        return _over_years(told, binding.known[0].documents, places)
    return None if binding.places else _of_all(told, _newest_of_each(documents))


def _of_places(told: str, binding: Binding, places: Sequence[Place]) -> Asked | None:
    """Return a question that compares the places it names."""
    chosen = tuple(bound.documents[0] for bound in binding.known if not bound.part)
    missing = tuple(bound.said for bound in binding.missing)
    if len(chosen) < 2:
        return None
    if phrases.RANKS.search(told) and "分别" not in told:
        return _ranked(told, chosen, places, missing)
    return Asked("compare", chosen, phrases.thing(told, places), missing=missing)


def _of_all(told: str, newest: tuple[Document, ...]) -> Asked | None:
    """Return a question of all the reports there are."""
    which = phrases.WHICH.search(told)
    mention = phrases.MENTIONS.search(told) if which else None
    if mention and (term := phrases.term(told, mention)):
        denied = phrases.is_denied(told, mention)
        return Asked("mention", newest, told, term=term, denied=denied)
    if phrases.RANKS.search(told) and (phrases.WHERE.search(told) or "排名" in told):
        return _ranked(told, newest)
    if which and (held := condition(told)):
        thing = phrases.thing(phrases.bare_of_figures(told))
        return Asked("filter", newest, thing, condition=held)
    if phrases.EVERY.search(told):
        return Asked("table", newest, phrases.thing(told))
    return None


def _over_years(
    told: str, documents: tuple[Document, ...], places: Sequence[Place]
) -> Asked | None:
    """Return a question for the figures of two years or more of one place."""
    plan = documents[0].plan_year
    named = [match[0] for match in phrases.YEARS.finditer(told)]
    if plan is None or len({asked_year(word, plan) for word in named}) < 2:
        return None
    years = tuple(dict.fromkeys(named))
    return Asked("years", documents, phrases.thing_of_years(told, places), years=years)


def _ranked(
    told: str, documents: tuple[Document, ...], places: Sequence[Place] | None = None,
    missing: tuple[str, ...] = (),
) -> Asked:  # fmt: skip
    least = bool(phrases.LEAST.search(told))
    named = phrases.thing(told, places)
    return Asked("rank", documents, named, least, phrases.top(told), missing=missing)


def _newest_of_each(documents: Sequence[Document]) -> tuple[Document, ...]:
    """Return the newest document of each place; of places without a name every document."""
    newest: dict[str, Document] = {}
    for document in documents:
        key = document.place or document.id
        if key not in newest or (document.plan_year or 0) > (newest[key].plan_year or 0):
            newest[key] = document
    return tuple(newest.values())
