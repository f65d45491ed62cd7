"""Hostile files, small on disk or honest in form, by hand where no library would write them."""

import struct
import zipfile
import zlib
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import docx
import pptx
from openpyxl import Workbook

MEGABYTE = 1_000_000
LAUGHS = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "哈" * 10}">' for n in range(10)
)  # &l9; is ten thousand million characters


def word() -> bytes:
    return _saved(docx.Document())


def book() -> bytes:
    workbook = Workbook()
    workbook.active.append(["地区", "公里"])  # type: ignore[union-attr]
    return _saved(workbook)


def deck() -> bytes:
    presentation = pptx.Presentation()
    presentation.slides.add_slide(presentation.slide_layouts[6])
    return _saved(presentation)


def _saved(thing: object) -> bytes:
    out = BytesIO()
    thing.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def repacked(path: Path, source: bytes, part: str, before: bytes, chunks: Iterable[bytes]) -> Path:
    """Write an office file whose `part` has more bytes before some of its own."""
    with (
        zipfile.ZipFile(BytesIO(source)) as old,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename != part:
                new.writestr(entry.filename, content)
                continue
            head, mark, tail = content.partition(before)
            assert mark, part
            with new.open(entry.filename, "w", force_zip64=True) as out:
                for chunk in (head, *chunks, mark, tail):
                    out.write(chunk)
    return path


def replaced(path: Path, source: bytes, part: str, content: bytes) -> Path:
    """Write an office file whose `part` is another."""
    with (
        zipfile.ZipFile(BytesIO(source)) as old,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            new.writestr(entry.filename, content if entry.filename == part else old.read(entry))
    return path


def pdf_of_pages(path: Path, count: int) -> Path:
    kids = " ".join(f"{n} 0 R" for n in range(3, count + 3))
    pages = "".join(
        f"{n} 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>\nendobj\n"
        for n in range(3, count + 3)
    )
    path.write_text(
        "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
        f"2 0 obj\n<< /Type /Pages /Count {count} /Kids [{kids}] >>\nendobj\n"
        f"{pages}trailer << /Root 1 0 R >>"
    )
    return path


def pdf_stream(path: Path, megabytes: int) -> Path:
    """Write a PDF whose page's content unpacks to text without end."""
    packer = zlib.compressobj(1)
    line = b"(a) Tj " * 142_857
    packed = b"".join(packer.compress(line) for _ in range(megabytes)) + packer.flush()
    twice = zlib.compress(packed)
    path.write_bytes(
        b"%%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
        b"2 0 obj\n<< /Type /Pages /Count 1 /Kids [3 0 R] >>\nendobj\n"
        b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R /Resources"
        b" << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>\nendobj\n"
        b"4 0 obj\n<< /Length %d /Filter [/FlateDecode /FlateDecode] >> stream\n"
        % len(twice)
        + b"%b\nendstream\nendobj\ntrailer << /Root 1 0 R >>" % twice
    )
    return path


def png(path: Path, width: int, height: int) -> Path:
    """Write a picture of one grey, a thousandth of its bytes on disk."""
    packer = zlib.compressobj(1)
    row = bytes(1 + width // 8)
    rows = b"".join(packer.compress(row) for _ in range(min(height, 10_000))) + packer.flush()
    size = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", size), (b"IDAT", rows), (b"IEND", b""))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    ))  # fmt: skip
    return path


def mail_of_parts(path: Path, depth: int) -> Path:
    parts = (f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth))
    path.write_text("Subject: x\nMIME-Version: 1.0\n" + "".join(parts) + "\n改造管网。\n")
    return path
