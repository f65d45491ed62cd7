"""PDF: text by PDFium, read in columns and tables; scanned pages are recognized where possible."""

from collections.abc import Sequence
from time import process_time

import pypdfium2
from pypdfium2 import raw

from corpus.errors import CorpusError
from corpus.loaders import scan
from corpus.loaders.pages.aligned import with_tables
from corpus.loaders.pages.columns import in_order
from corpus.loaders.pages.paragraphs import write
from corpus.loaders.pages.pieces import Sheet
from corpus.loaders.pages.running import without_running_lines
from corpus.loaders.parsed import Again, Parsed, Scribe
from corpus.loaders.pdf.letters import letters, pieces, turn_of
from corpus.loaders.pdf.rules import frames
from corpus.loaders.pdf.tables import tables

_MAX_PAGES = 5_000
_DPI, _POINTS = 200, 72
_SMALLEST = 30  # points a side; smaller pictures are ornaments
_FEW = 10  # letters on a page that is a picture of text, its number among them
_COVERED = 0.5  # of a page, by the picture of a scanned one
_SECONDS = 90  # of the processor's time, after which no more pages are recognized


def parse(data: bytes, *, recognize: bool = False) -> Parsed:
    """Return the text of all pages, a paragraph or a row of a table a line.

    Raises Again for scanned pages where they are to be recognized under the limits for that.
    """
    scribe = Scribe()
    with pypdfium2.PdfDocument(data) as document:
        if len(document) > _MAX_PAGES:
            raise CorpusError(f"超过 {_MAX_PAGES} 页，请拆分后再添加")
        reader = _Reader(scribe, recognize)
        sheets = [reader.sheet(document, number) for number in range(len(document))]
    write([in_order(with_tables(sheet)) for sheet in without_running_lines(sheets)], scribe)
    if reader.unread and not scribe.size:
        raise CorpusError(f"是扫描件，{scan.NEEDED}")
    return scribe.done()


class _Reader:
    """Reads pages, noting what of them is left out."""

    def __init__(self, scribe: Scribe, recognize: bool) -> None:
        self.scribe = scribe
        self._recognize = recognize
        self.unread = 0
        self._seen: set[tuple[int, ...]] = set()

    def sheet(self, document: pypdfium2.PdfDocument, number: int) -> Sheet:
        """Return what is on a page."""
        page = document[number]
        try:
            return self._sheet(page)
        finally:
            page.close()

    def _sheet(self, page: pypdfium2.PdfPage) -> Sheet:
        text = page.get_textpage()
        turn = turn_of(text)
        found = letters(text, turn)
        written = sum(not letter.text.isspace() for letter in found)
        pictures = _pictures(page)
        if written < _FEW and _covers(pictures, page.get_size()):
            return self._scanned(page)
        new = {tuple(map(round, box)) for box in pictures} - self._seen
        self._seen |= new  # a picture at the same place of every page is one, like a seal
        if new:
            self.scribe.leave_out("张图片", len(new))
        grids, rest = tables(found, frames(page, turn))
        return Sheet(pieces(rest), grids, page.get_width())

    def _scanned(self, page: pypdfium2.PdfPage) -> Sheet:
        if not scan.is_installed():
            self.unread += 1
            self.scribe.leave_out("页扫描件（安装 jinwen[ocr] 后可识别）")
        elif not self._recognize:
            raise Again("scanned")
        elif process_time() > _SECONDS:
            self.scribe.leave_out("页扫描件（识别超时，请拆分后再添加）")
        else:
            scale = _DPI / _POINTS
            width, height = page.get_size()
            if width * height * scale * scale > scan.MAX_PIXELS:
                scale = (scan.MAX_PIXELS / (width * height)) ** 0.5
            return scan.recognized(page.render(scale=scale).to_pil(), scale)
        return Sheet()


Bounds = tuple[float, float, float, float]


def _pictures(page: pypdfium2.PdfPage) -> list[Bounds]:
    """Return the places of the pictures on a page that are more than ornaments."""
    found = page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4)
    bounds = [picture.get_bounds() for picture in found]
    return [b for b in bounds if min(b[2] - b[0], b[3] - b[1]) >= _SMALLEST]


def _covers(pictures: Sequence[Bounds], size: tuple[float, float]) -> bool:
    """Tell whether pictures cover much of a page; a scan may be cut into strips."""
    area = sum((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in pictures)
    return area >= _COVERED * size[0] * size[1]
