"""PDFs as people have them: HTML printed by Chromium."""

import shutil
import subprocess
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium")
needs_chromium = pytest.mark.skipif(
    CHROMIUM is None, reason="needs Chromium: apt-get install chromium fonts-noto-cjk"
)
_STYLE = """<meta charset=utf-8><style>
@page { size: A4; margin: 20mm }
body { font: 12pt "Noto Serif CJK SC" } h1 { font-size: 22pt; text-align: center }
p { margin: 0; text-indent: 2em; text-align: justify; line-height: 1.8 }
.middle { text-align: center; text-indent: 0 } .right { text-align: right }
table { border-collapse: collapse; width: 100% } td, th { border: 1px solid black; padding: 4pt }
.open { border-left: 0; border-right: 0 }
.open :first-child { border-left: 0 } .open :last-child { border-right: 0 }
.next { break-before: page }
</style>"""


def printed(folder: Path, html: str) -> bytes:
    """Return a PDF of HTML, without Chromium's own headers."""
    page, file = folder / "printed.html", folder / "printed.pdf"
    page.write_text(_STYLE + html, encoding="utf-8")
    subprocess.run(
        [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
         f"--user-data-dir={folder / 'chromium'}", f"--print-to-pdf={file}", str(page)],
        check=True, capture_output=True,
    )  # fmt: skip
    return file.read_bytes()
