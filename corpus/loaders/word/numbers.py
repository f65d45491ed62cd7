"""Automatic numbers of a Word file: the 一、 and （一） that stand in no paragraph's text."""

import re
from dataclasses import dataclass

from lxml.etree import _Element

from corpus.loaders.word.names import W_VAL, is_on, value, w, whole
from corpus.loaders.word.numerals import numeral
from corpus.loaders.word.styles import Styles

_MOST = 32_767  # the highest number Word counts to


@dataclass(frozen=True, slots=True)
class _Level:
    form: str = "decimal"
    text: str = ""
    start: int = 1
    restarted_below: int = 9
    plain: bool = False
    style: str = ""


@dataclass(frozen=True, slots=True)
class _List:
    """A w:num: the definition it counts in, its levels, and where it starts anew."""

    counts_in: str
    levels: dict[int, _Level]
    starts: dict[int, int]


class Numbering:
    """Counts the numbered paragraphs of a document, which are given in its order."""

    def __init__(self, root: _Element | None, styles: Styles) -> None:
        self._styles = styles
        every = list(root) if root is not None else []
        self._definitions = {
            a.get(w("abstractNumId"), ""): a for a in every if a.tag == w("abstractNum")
        }
        self._nums = {n.get(w("numId"), ""): n for n in every if n.tag == w("num")}
        self._lists = {identity: self._list(num) for identity, num in self._nums.items()}
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()

    def label(self, paragraph: _Element) -> str:
        """Count a paragraph and return the number before its text, '' where it has none."""
        identity, depth = self._place(paragraph)
        found = self._lists.get(identity)
        if found is None or depth not in found.levels:
            return ""
        counts = self._counts.setdefault(found.counts_in, {})
        if depth in found.starts and (identity, depth) not in self._started:
            counts[depth] = found.starts[depth] - 1
        self._started.add((identity, depth))
        _count(counts, found.levels, depth)
        return _label(counts, found.levels, depth)

    def _place(self, paragraph: _Element) -> tuple[str, int]:
        """Return the list of a paragraph and its level, each by itself or by its style."""
        identity, depth = _ids(paragraph)
        if identity:
            return identity, depth or 0
        for name, style in self._styles.chain(self._styles.of(paragraph)):
            identity, of_style = _ids(style)
            if identity:
                found = self._lists.get(identity)
                levels = found.levels.items() if found else ()
                linked = next((d for d, level in levels if level.style == name), of_style)
                return identity, next(d for d in (depth, linked, 0) if d is not None)
        return "", 0

    def _list(self, num: _Element) -> _List:
        definition = self._definition(num)
        levels = dict(map(_level, definition.findall(w("lvl")))) if definition is not None else {}
        starts = {}
        for override in num.findall(w("lvlOverride")):
            start, level = value(override, "startOverride"), override.find(w("lvl"))
            if start:
                starts[whole(override.get(w("ilvl"), ""))] = min(whole(start, 1), _MOST)
            if level is not None:
                levels |= [_level(level)]
        name = definition.get(w("abstractNumId"), "") if definition is not None else ""
        return _List(name, levels, starts)

    def _definition(self, num: _Element | None, links: int = 3) -> _Element | None:
        """Return the definition of a list, which may be kept with a list style."""
        found = self._definitions.get(value(num, "abstractNumId"))
        style = value(found, "numStyleLink")
        if not style or not links:
            return found
        identities = (_ids(element)[0] for _, element in self._styles.chain(style))
        return self._definition(self._nums.get(next(identities, "")), links - 1)


def separated(label: str, text: str) -> str:
    """Return a number before its text, with a blank where the two would run into one another."""
    blank = label[-1:].isalnum() or (label.endswith((".", "．")) and text[:1].isdigit())
    return f"{label} {text}" if blank and text else label + text


def _count(counts: dict[int, int], levels: dict[int, _Level], depth: int) -> None:
    """Count one more at a level; the deeper levels that it restarts begin anew."""
    counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
    for deeper in [d for d in counts if d > depth]:
        if depth < levels.get(deeper, _Level()).restarted_below:
            del counts[deeper]


def _label(counts: dict[int, int], levels: dict[int, _Level], depth: int) -> str:
    def said(place: re.Match[str]) -> str:
        level = levels.get(int(place[1]) - 1, _Level())
        form = "decimal" if levels[depth].plain and level.form != "bullet" else level.form
        return numeral(form, counts.get(int(place[1]) - 1, level.start))

    if levels[depth].form == "bullet":
        return ""
    return re.sub("%([1-9])", said, levels[depth].text).strip()


def _level(element: _Element) -> tuple[int, _Level]:
    """Return a level and its depth; a format only new versions know stands beside one for all."""
    forms = [str(form.get(W_VAL)) for form in element.iter(w("numFmt"))]
    restart = element.find(w("lvlRestart"))
    return whole(element.get(w("ilvl"))), _Level(
        forms[-1] if forms else "decimal",
        value(element, "lvlText"),
        min(whole(value(element, "start"), 1), _MOST),
        whole(restart.get(W_VAL)) if restart is not None else 9,
        is_on(element.find(w("isLgl"))),
        value(element, "pStyle"),
    )


def _ids(element: _Element) -> tuple[str, int | None]:
    """Return the list and the level that a paragraph or style names, '' and None without."""
    found = element.find(w("pPr/numPr"))
    depth = value(found, "ilvl")
    return value(found, "numId"), whole(depth) if depth else None
