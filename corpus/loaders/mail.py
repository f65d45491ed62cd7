"""EML: the subject, then the body as plain text or else as its web page; attachments are named."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import EmailMessage, MIMEPart

from corpus.decoding import decode
from corpus.errors import CorpusError
from corpus.layout import Layout, Table
from corpus.loaders import webpage
from corpus.loaders.parsed import Parsed, Scribe

_HEADERS = {"from", "to", "subject", "date", "message-id", "received"}
# Senders call GB18030 by the names of its older, smaller parts.
_GB = re.compile(r"(?:x-)?(?:gb[_-]?2312(?:-80)?|gbk|cp936|gb[_-]?18030)", re.IGNORECASE)


def parse(data: bytes) -> Parsed:
    """Return subject and body, the subject a title; raises ValueError for what is no mail."""
    mail = message_from_bytes(data, _class=EmailMessage, policy=policy.default)
    headers = {name.lower(): value for name, value in reversed([*mail.raw_items()])}
    if not _HEADERS & headers.keys():
        raise ValueError("no header of a mail")
    scribe = Scribe()
    scribe.line(_words(headers.get("subject", "")), level=0)
    return _joined([scribe.done(), *_pieces(mail)])


def _pieces(part: MIMEPart) -> Iterator[Parsed]:
    """Yield what the parts of a mail say, and what of them is left out, in their order."""
    kind = part.get_content_type()
    if part.is_attachment() or part.get_filename() or kind == "message/rfc822":
        yield _left_out(part)
    elif kind == "multipart/alternative":
        for body in part.get_body(("plain",)), part.get_body(("html",)):
            found = [*_pieces(body)] if body is not None else []
            if any(piece.text for piece in found):
                yield from found
                break
        yield from (_left_out(p) for p in part.walk() if p.is_attachment())
    elif kind.startswith("multipart/"):
        for child in part.iter_parts():
            yield from _pieces(child)
    elif kind == "text/plain":
        yield Parsed(_content(part).strip())
    elif kind == "text/html":
        page = webpage.parse(b"\xef\xbb\xbf" + _content(part).encode(errors="replace"))
        yield page if page.text else Parsed("", Layout(left_out=("认不出正文的网页",)))
    else:
        yield _left_out(part)


def _left_out(part: MIMEPart) -> Parsed:
    name = part.get_filename() or ""
    if not name and part.get_content_maintype() == "image":
        return Parsed("", Layout(left_out=("正文里的图片",)))
    name = _words(name).encode(errors="replace").decode()
    return Parsed("", Layout(left_out=(f"附件“{name or '未命名'}”",)))


def _words(raw: str) -> str:
    """Return the words of a header, encoded by RFC 2047 or bare bytes, as one line."""
    if any("\udc80" <= c <= "\udcff" for c in raw):
        raw = _decoded(raw.encode(errors="surrogateescape"), "")
    try:
        parts = decode_header(raw)
    except HeaderParseError:
        parts = [(raw, None)]
    said = (
        part if isinstance(part, str)
        else part.decode("raw-unicode-escape") if charset is None
        else _decoded(part, charset)
        for part, charset in parts
    )  # fmt: skip
    return " ".join("".join(said).split())


def _content(part: MIMEPart) -> str:
    """Return the text of a part, lines that a mail program only folded made whole again."""
    data = part.get_payload(decode=True)
    text = _decoded(data if isinstance(data, bytes) else b"", part.get_content_charset() or "")
    text = text.replace("\r\n", "\n")
    if part.get_param("format") == "flowed":
        text = re.sub(r"(?m)(?<!^--) \n", "" if part.get_param("delsp") == "yes" else " ", text)
    return text


def _decoded(data: bytes, charset: str) -> str:
    charset = "gb18030" if _GB.fullmatch(charset) else charset
    try:
        return data.decode(charset or "utf-8")
    except (UnicodeDecodeError, LookupError):
        pass
    try:
        return decode(data, "eml")
    except CorpusError:  # a broken character is no reason to lose the others
        return data.decode("gb18030" if charset == "gb18030" else "utf-8", errors="replace")


def _joined(pieces: Sequence[Parsed]) -> Parsed:
    """Return pieces one below the other as one, their layouts moved to where each begins."""
    text, layouts = "", []
    for piece in pieces:
        text += "\n" if text and piece.text else ""
        layouts.append(_moved(piece.layout, len(text)))
        text += piece.text
    left_out = dict.fromkeys(what for layout in layouts for what in layout.left_out)
    return Parsed(text, Layout(
        tuple(table for layout in layouts for table in layout.tables),
        (),
        tuple(heading for layout in layouts for heading in layout.headings),
        (),
        tuple(left_out),
    ))  # fmt: skip


def _moved(layout: Layout, by: int) -> Layout:
    return replace(
        layout,
        tables=tuple(_table(table, by) for table in layout.tables),
        headings=tuple((start + by, level) for start, level in layout.headings),
    )


def _table(table: Table, by: int) -> Table:
    cells = (replace(c, start=c.start + by, end=c.end + by) for c in table.cells)
    return replace(table, cells=tuple(cells))
