"""Word styles: what a paragraph or a run is by its own properties or by its style's."""

import re

from lxml.etree import _Element

from corpus.loaders.word.names import has, value, w, whole

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_TITLE = re.compile(r"title|标题|文档标题", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|contents|目录)\s*(?:[1-9]|heading|标题)", re.IGNORECASE)
_BODY_TEXT = 9  # the outline level of what is no heading


class Styles:
    """The styles of a document by their ids."""

    def __init__(self, root: _Element | None) -> None:
        every = root.findall(w("style")) if root is not None else []
        self._styles: dict[str, _Element] = {style.get(w("styleId"), ""): style for style in every}
        self._chains: dict[str, tuple[tuple[str, _Element], ...]] = {}
        self._default = next(
            (name for name, style in self._styles.items()
             if style.get(w("type")) == "paragraph" and style.get(w("default")) in ("1", "true")),
            "",
        )  # fmt: skip

    def of(self, paragraph: _Element) -> str:
        """Return the id of a paragraph's style."""
        return value(paragraph, "pPr/pStyle") or self._default

    def chain(self, name: str) -> tuple[tuple[str, _Element], ...]:
        """Return the id and element of a style and of those it is based on, itself first."""
        if name not in self._chains:
            found: dict[str, _Element] = {}
            base = name
            while base in self._styles and base not in found:
                found[base] = self._styles[base]
                base = value(found[base], "basedOn")
            self._chains[name] = tuple(found.items())
        return self._chains[name]

    def level(self, paragraph: _Element) -> int | None:
        """Return the level of a heading, 0 for a title and 1 for a first heading, None for text."""
        if own := value(paragraph, "pPr/outlineLvl"):
            return _outline(own)
        for _, style in self.chain(self.of(paragraph)):
            name = value(style, "name").strip()
            if _TITLE.fullmatch(name):
                return 0
            if outline := value(style, "pPr/outlineLvl"):
                return _outline(outline)
            if heading := _HEADING.fullmatch(name):
                return int(heading[1])
        return None

    def is_contents(self, paragraph: _Element) -> bool:
        """Tell whether a paragraph is a line of a table of contents."""
        styles = (style for _, style in self.chain(self.of(paragraph)))
        return any(_CONTENTS.fullmatch(value(style, "name").strip()) for style in styles)

    def hides(self, run: _Element, paragraph_style: str) -> bool:
        """Tell whether the text of a run is hidden, by itself or by a style."""
        names = (value(run, "rPr/rStyle"), paragraph_style)
        styles = (style for name in names for _, style in self.chain(name))
        told = (e for e in (run, *styles) if e.find(w("rPr/vanish")) is not None)
        first = next(told, None)
        return first is not None and has(first, "rPr/vanish")


def _outline(written: str) -> int | None:
    level = whole(written, _BODY_TEXT)
    return level + 1 if 0 <= level < _BODY_TEXT else None
