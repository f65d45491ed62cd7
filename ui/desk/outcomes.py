"""What became of each file of an upload, in words."""

from collections import Counter
from collections.abc import Iterator

from corpus.loaders import Loaded
from corpus.loaders.reading import Read
from index.merging import Fate
from index.upkeep import Change
from ui.desk.jobs import WHATS, Outcome


def outcomes_of(loaded: Loaded, change: Change) -> tuple[Outcome, ...]:
    """Return an outcome a file, in order; `change` is what came of adding the documents."""
    fates = iter(change.fates)
    return (
        *(Outcome(fault.path.name, "refused", fault.reason) for fault in loaded.lost),
        *(_outcome(read, fates) for read in loaded.reads),
    )


def _outcome(read: Read, fates: Iterator[Fate]) -> Outcome:
    name = read.path.name
    if read.fault:
        return Outcome(name, "refused", read.fault)
    if read.unchanged:
        return Outcome(name, "unchanged", "和已收录的完全一样", read.unchanged.id)
    own = [next(fates) for _ in read.documents]
    if len(own) != 1:
        return _several(name, own)
    (fate,), (document,) = own, read.documents
    told = f"{len(document.text):,} 字"
    if fate.what == "repeated":
        told = f"和“{fate.id}”的内容相同，只保留一份"
    return Outcome(name, fate.what, told, fate.id, document.layout.left_out)


def _several(name: str, fates: list[Fate]) -> Outcome:
    """Return the outcome of a .jsonl file, which has a document a line."""
    counts = Counter(fate.what for fate in fates)
    told = "、".join(f"{WHATS[what]} {count} 份" for what, count in counts.items())
    first = next((fate for fate in fates if fate.what in ("new", "replaced")), fates[0])
    return Outcome(name, first.what, told, first.id)
