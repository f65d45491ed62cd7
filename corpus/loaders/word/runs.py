"""What a Word paragraph says: its text as it reads once every tracked change is accepted."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml.etree import _Element

from corpus.loaders.word.names import is_on, w
from corpus.loaders.word.signs import sign
from corpus.loaders.word.styles import Styles

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_NEW_CHART = "{http://schemas.microsoft.com/office/drawing/2014/chartex}chart"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_VML = "{urn:schemas-microsoft-com:vml}"
_OFFICE = "{urn:schemas-microsoft-com:office:office}"

# What a reader does not see: properties, what was deleted or moved away, what a field computes by,
# how a character sounds.
_UNSEEN = {
    w(name)
    for name in ("pPr", "rPr", "sdtPr", "del", "moveFrom", "instrText", "delText", "fldData", "rt")
}
_AROUND = {w(name) for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo")}
_LEFT_OUT = {
    f"{_A}blip": "张图片", f"{_VML}imagedata": "张图片", _CHART: "张图表", _NEW_CHART: "张图表",
    _DIAGRAM: "张图示", f"{_M}oMath": "个公式", f"{_OFFICE}OLEObject": "个嵌入对象",
    w("commentReference"): "条批注",
}  # fmt: skip
_SIGNS = {
    w("tab"): "\t", w("ptab"): "\t", w("cr"): "\n", w("noBreakHyphen"): "-",
}  # fmt: skip


@dataclass(slots=True)
class Line:
    """A paragraph's text and what hangs on it.

    `turns` has the offsets where a page begins and whether Word noted it there when it laid the
    file out; else somebody asked for it. `notes` has the tag and the id of each note referred to.
    """

    text: str = ""
    turns: list[tuple[int, bool]] = field(default_factory=list)
    boxes: list[_Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)

    def stripped(self) -> "Line":
        """Return the line without white space at its ends, the pages where they were."""
        text = self.text.strip()
        before = len(self.text) - len(self.text.lstrip())
        turns = [(min(max(0, at - before), len(text)), noted) for at, noted in self.turns]
        return Line(text, turns, self.boxes, self.notes, self.left_out)

    def behind(self, other: "Line") -> "Line":
        """Return this line behind another, as one."""
        turns = [(at + len(other.text), noted) for at, noted in self.turns]
        return Line(
            other.text + self.text, other.turns + turns, other.boxes + self.boxes,
            other.notes + self.notes, other.left_out + self.left_out,
        )  # fmt: skip


def unwrapped(parent: _Element) -> Iterator[_Element]:
    """Yield the children of an element; of what is written twice for old and new Word, the new."""
    for child in parent:
        if child.tag == f"{_MC}AlternateContent":
            chosen = child.find(f"{_MC}Choice")
            chosen = child.find(f"{_MC}Fallback") if chosen is None else chosen
            yield from unwrapped(chosen) if chosen is not None else ()
        else:
            yield child


def inside(parent: _Element, *tags: str) -> Iterator[_Element]:
    """Yield the children with these tags, those in content controls too, in their order."""
    for child in unwrapped(parent):
        if child.tag in tags:
            yield child
        elif child.tag in _AROUND and not _is_prompt(child):
            yield from inside(child, *tags)


def _is_prompt(control: _Element) -> bool:
    """Tell whether a content control holds only its prompt to fill it in."""
    return is_on(control.find(w("sdtPr/showingPlcHdr")))


def read(paragraph: _Element, styles: Styles) -> Line:
    """Return what a w:p says."""
    reader = _Reader(styles, styles.of(paragraph))
    reader.walk(paragraph)
    reader.line.text = "".join(reader.parts)
    return reader.line


class _Reader:
    def __init__(self, styles: Styles, style: str) -> None:
        self.line = Line()
        self.parts: list[str] = []
        self._size = 0
        self._styles, self._style = styles, style
        self._fields: list[bool] = []  # of each field that is open: whether its result has begun
        self._takes: dict[str, Callable[[_Element], object]] = {
            w("t"): self._text, w("r"): self._run, w("br"): self._break,
            w("fldChar"): self._field, w("sym"): self._symbol, w("sdt"): self._control,
            w("object"): self._object, w("txbxContent"): self._box,
            w("footnoteReference"): self._note, w("endnoteReference"): self._note,
            w("lastRenderedPageBreak"): lambda _: self.line.turns.append((self._size, True)),
        }  # fmt: skip

    def walk(self, parent: _Element) -> None:
        for child in unwrapped(parent):
            if not isinstance(child.tag, str) or child.tag in _UNSEEN:
                continue
            if child.tag in _LEFT_OUT:
                self.line.left_out[_LEFT_OUT[child.tag]] += 1
            elif child.tag in _SIGNS:
                self._say(_SIGNS[child.tag])
            else:
                self._takes.get(child.tag, self.walk)(child)

    def _say(self, text: str) -> None:
        if all(self._fields):
            self.parts.append(text)
            self._size += len(text)

    def _text(self, element: _Element) -> None:
        self._say(element.text or "")

    def _run(self, run: _Element) -> None:
        if not self._styles.hides(run, self._style):
            self.walk(run)

    def _break(self, element: _Element) -> None:
        self._say("\n")
        if element.get(w("type")) == "page":
            self.line.turns.append((self._size, False))

    def _field(self, element: _Element) -> None:
        kind = element.get(w("fldCharType"))
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _symbol(self, element: _Element) -> None:
        said = sign(element.get(w("font"), ""), element.get(w("char"), ""))
        self._say(said)
        self.line.left_out["个符号"] += not said

    def _control(self, element: _Element) -> None:
        if not _is_prompt(element):
            self.walk(element)

    def _object(self, element: _Element) -> None:
        """Note an embedded object; the picture it carries of itself is not one more."""
        before = self.line.left_out["张图片"]
        self.walk(element)
        self.line.left_out["张图片"] = before

    def _box(self, element: _Element) -> None:
        self.line.boxes.append(element)

    def _note(self, element: _Element) -> None:
        note = element.tag.removesuffix("Reference")
        self.line.notes.append((note, element.get(w("id"), "")))
