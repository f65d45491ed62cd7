"""The versions of the index as they are listed, with who made each where the record knows."""

from dataclasses import dataclass

from corpus.errors import CorpusError, StoreError
from index.manifest import FORMAT
from ui.desk import audit
from ui.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class Listed:
    """A version; `made` is ISO text in UTC, `by` who made it, `fault` why it cannot be read."""

    name: str
    before: str
    made: str = ""
    documents: int = 0
    passages: int = 0
    by: str = ""
    fault: str = ""

    @property
    def number(self) -> int:
        """Return its number, from 1."""
        return int(self.name.partition("-")[0])


def known(desk: Desk, name: str) -> list[str]:
    """Return the names of all versions, oldest first; raises CorpusError without this one."""
    names = desk.assembly.store.names()
    if name not in names:
        raise CorpusError(f"没有版本“{name}”，它可能已经被清理，请回到版本页")
    return names


def listed(desk: Desk, name: str) -> Listed:
    """Return a version with what its manifest and the record tell of it."""
    names = known(desk, name)
    at = names.index(name)
    before = names[at - 1] if at else ""
    try:
        made = desk.assembly.store.manifest(name)
    except StoreError as error:
        return Listed(name, before, fault=_other_program(desk, name) or str(error))
    with desk.database.reading() as connection:
        by = audit.maker(connection, name)
    return Listed(name, before, made.created, len(made.documents), made.passages, by)


def _other_program(desk: Desk, name: str) -> str:
    """Return what is told of a version that another program made, "" where it is damaged."""
    try:
        made, *_ = desk.assembly.store.make(name)
    except StoreError:
        return ""
    return f"另一版程序建的（格式 {made}），文档可以看，不能回到它" if made != FORMAT else ""
