"""Which documents count: limited by place, year or id."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.documents import Document
from corpus.errors import InputError
from corpus.places import Place, find


@dataclass(frozen=True, slots=True)
class Scope:
    """Places by any of their names, years that documents are of, ids; an empty one allows all."""

    places: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    documents: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything is limited."""
        return bool(self.places or self.years or self.documents)

    def of(self, documents: Iterable[Document]) -> list[Document]:
        """Return the documents that count, in their order."""
        wanted = [place for name in self.places for place in find(name)]
        return [
            d for d in documents
            if (not self.documents or d.id in self.documents)
            and (not self.years or d.plan_year in self.years)
            and (not self.places or _is_one_of(d, wanted))
        ]  # fmt: skip

    def required(self, documents: Sequence[Document]) -> list[Document]:
        """Return the documents that count; raises InputError where a scope leaves none."""
        chosen = self.of(documents)
        if self and not chosen:
            raise InputError(f"所选的范围里没有报告，{listing(documents)}")
        return chosen


EVERYTHING = Scope()
_LISTED = 8


def listing(documents: Sequence[Document]) -> str:
    """Return in a Chinese sentence which documents there are, the first few by their titles."""
    names = [document.title for document in documents]
    more = f"等 {len(names)} 份" if len(names) > _LISTED else ""
    return f"收录的有：{'、'.join(names[:_LISTED])}{more}。" if names else "还没有收录任何文档。"


def _is_one_of(document: Document, wanted: list[Place]) -> bool:
    own = set(find(document.place))
    return any(place in own or place.name == document.place for place in wanted)
