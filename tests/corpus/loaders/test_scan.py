"""Pictures of text: recognized with what the package carries, and said to be."""

import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from corpus.errors import CorpusError
from corpus.loaders import parsing, scan

FONT = (
    subprocess.run(
        ["fc-match", "-f", "%{file}", "Noto Sans CJK SC"], capture_output=True, check=True
    ).stdout.decode()
    if shutil.which("fc-match")
    else ""
)
needs_ocr = pytest.mark.skipif(
    not (find_spec("rapidocr") and "CJK" in FONT),
    reason="needs jinwen[ocr] and fonts-noto-cjk to draw with",
)
LINES = ["工作报告", "今年城镇新增就业35万人，改造燃气管网100公里。"]


def picture() -> Image.Image:
    drawn = Image.new("RGB", (1200, 300), "white")
    for at, line in enumerate(LINES):
        font = ImageFont.truetype(FONT, 40)
        ImageDraw.Draw(drawn).text((40, 40 + 100 * at), line, font=font, fill="black")
    return drawn


@needs_ocr
@pytest.mark.parametrize(("name", "form"), [("a.png", "image"), ("a.pdf", "pdf")])
def test_a_scan_gives_its_lines_and_how_sure_they_are(tmp_path: Path, name: str, form: str) -> None:
    picture().save(tmp_path / name, resolution=200)
    parsed = parsing.extract(tmp_path / name, form)
    assert parsed.text.split("\n") == LINES
    assert [parsed.text[s.start : s.end] for s in parsed.layout.scans] == LINES
    assert all(0.9 < s.confidence <= 1 for s in parsed.layout.scans)


@needs_ocr
def test_a_picture_that_claims_too_many_pixels_is_refused_unread(tmp_path: Path) -> None:
    Image.new("1", (9_000, 9_000)).save(tmp_path / "a.png")
    with pytest.raises(CorpusError, match=r"“a\.png”：超过 5000 万像素，请缩小后再添加"):
        parsing.extract(tmp_path / "a.png", "image")


def test_without_recognition_a_picture_is_refused_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(scan, "is_installed", lambda: False)
    scan._engine.cache_clear()
    with pytest.raises(CorpusError, match=r"pip install 'jinwen\[ocr\]'"):
        scan.recognized(Image.new("RGB", (9, 9)))
