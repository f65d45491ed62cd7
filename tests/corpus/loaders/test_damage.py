"""Files of every format, cut, mixed up and overwritten: read or refused in a line, none lost."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from random import Random

from PIL import Image

from corpus.loaders import load_each
from corpus.rows import rows
from corpus.structure import outline
from tests.rag.facts import write

SEED, TIMES = 16, 6
HONEST = "新建滑冰馆9座。"


def _overwritten(data: bytes, random: Random) -> bytes:
    """Return bytes of which some were flipped, a piece cut out, or the end is missing."""
    changed = bytearray(data)
    for _ in range(random.choice((1, 8, 64))):
        changed[random.randrange(len(changed))] = random.randrange(256)
    start, size = random.randrange(len(changed)), random.choice((0, 0, 7, 900))
    del changed[start : start + size]
    return bytes(changed[: random.choice((None, None, len(changed) // 2))])


def _inside(data: bytes, random: Random) -> bytes:
    """Return an office file one of whose parts is overwritten: its container is whole."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        struck = random.choice([e.filename for e in old.infolist() if e.file_size > 99])
        for entry in old.infolist():
            part = old.read(entry)
            new.writestr(entry, _overwritten(part, random) if entry.filename == struck else part)
    return out.getvalue()


def _others(folder: Path) -> Iterator[Path]:
    contents = {
        "text.txt": HONEST, "lines.jsonl": f'{{"id": "x", "title": "t", "text": "{HONEST}"}}\n' * 3,
        "mail.eml": f"Subject: a\nContent-Type: text/plain; charset=utf-8\n\n{HONEST}\n",
    }  # fmt: skip
    for name, content in contents.items():
        (folder / name).write_text(content)
        yield folder / name
    Image.new("RGB", (40, 30), "white").save(folder / "white.png")
    yield folder / "white.png"


def test_damaged_files_of_every_format_are_read_or_refused_in_a_line(tmp_path: Path) -> None:
    random = Random(SEED)
    whole, damaged = tmp_path / "whole", tmp_path / "damaged"
    whole.mkdir()
    damaged.mkdir()
    for path in [*write(whole), *_others(whole)]:
        data = path.read_bytes()
        for n in range(TIMES):
            inside = zipfile.is_zipfile(path) and n % 2
            harm = _inside if inside else _overwritten
            (damaged / f"{n}-{path.name}").write_bytes(harm(data, random))
    (damaged / "honest.txt").write_text(HONEST)
    loaded = load_each([damaged])
    assert len(loaded.reads) == len(list(damaged.iterdir()))
    assert "honest" in [document.id for document in loaded.documents]
    for fault in loaded.faults:
        assert "请" in fault.reason or "安装" in fault.reason, fault
        assert fault.path.name in fault.reason, fault
        assert "\n" not in fault.reason, fault
    for document in loaded.documents:
        assert all(document.text[s.start : s.end].strip() for s in outline(document).sentences)
        for row in filter(None, rows(document).values()):
            assert 0 <= row.start < row.end <= len(document.text)
