"""Word files for tests: a body, numbering, styles and notes written as the XML they are."""

from io import BytesIO

import docx
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.parser import parse_xml

SPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def word_file(body: str, *, numbering: str = "", styles: str = "", **notes: str) -> bytes:
    """Return a .docx of these elements; `footnotes` and `endnotes` are parts of their own."""
    document = docx.Document()
    place = document.element.body
    for element in parse_xml(f"<w:body {SPACES}>{body}</w:body>"):
        place.insert(len(place) - 1, element)
    _put(document.part.numbering_part.element, "numbering", numbering)
    _put(document.styles.element, "styles", styles)
    for kind, content in notes.items():
        blob = f"<w:{kind} {SPACES}>{content}</w:{kind}>".encode()
        part = Part(
            PackURI(f"/word/{kind}.xml"), f"{_TYPES}{kind}+xml", blob, document.part.package
        )
        document.part.relate_to(part, _RELATIONS + kind)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _put(root, kind: str, content: str) -> None:  # type: ignore[no-untyped-def]
    if content:
        root[:] = parse_xml(f"<w:{kind} {SPACES}>{content}</w:{kind}>")[:]


def run(text: str, properties: str = "") -> str:
    """Return a run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(*content: str, properties: str = "") -> str:
    """Return a paragraph; content that is no XML is a run."""
    inside = "".join(c if c.startswith("<") else run(c) for c in content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def style(identity: str, properties: str = "", kind: str = "paragraph") -> str:
    """Return a style, its name and properties written as elements."""
    return f'<w:style w:type="{kind}" w:styleId="{identity}">{properties}</w:style>'


def numbered(text: str, level: int = 0, of: int = 1) -> str:
    """Return a paragraph of a list."""
    listed = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{of}"/></w:numPr>'
    return para(text, properties=listed)


def definition(*levels: tuple[str, str] | tuple[str, str, str], identity: int = 1) -> str:
    """Return a w:abstractNum of levels: format, text, and more properties."""
    written = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'{"".join(more)}<w:lvlText w:val="{shown}"/></w:lvl>'
        for depth, (form, shown, *more) in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="{identity}">{written}</w:abstractNum>'


def listing(identity: int = 1, of: int = 1, overrides: str = "") -> str:
    """Return a w:num that counts in a definition."""
    return f'<w:num w:numId="{identity}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def cell(*content: str, properties: str = "") -> str:
    """Return a table cell; content that is no XML is a paragraph."""
    inside = "".join(c if c.startswith("<") else para(c) for c in content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside or para()}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """Return a table row; a cell that is no XML is a text."""
    inside = "".join(c if c.startswith("<") else cell(c) for c in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inside}</w:tr>"


def table(*rows: str) -> str:
    """Return a table of rows."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"
