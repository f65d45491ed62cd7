"""Pictures of the page for the README: `make pictures` serves it, asks, and takes them anew."""

import io
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from eval.cases import DATASETS
from tests.ui.page.conftest import CHROMIUM, FLAGS, opened, served
from ui.cli.main import main

SHEET = DATASETS / "tables" / "lanchuan" / "files" / "2025年全市文化旅游统计资料.xlsx"
WIDE, PHONE = (1360, 850), (390, 844)
COLOURS = 128  # flat colours and text: no picture needs more

Take = Callable[[Page], None]


def pictures(folder: Path, browser: Browser, address: str, tables: str) -> None:
    """Take the pictures of a server with the shipped report and of one with a spreadsheet."""
    shots: dict[str, tuple[str, tuple[int, int], str, Take]] = {
        "answer": (address, WIDE, "light", asked("今年改造多少公里燃气管网？", "供热的呢？")),
        "dark": (address, WIDE, "dark", asked("三大工程指哪些？")),
        "phone": (address, PHONE, "light", asked("口袋公园新建几个？")),
        "refusal": (address, WIDE, "light", asked("今年要建几座核电站？")),
        "table": (tables, WIDE, "light", asked("哪个景区2025年接待的人最多？")),
        "targets": (address, WIDE, "light", listed),
    }  # fmt: skip
    for name, (where, size, scheme, take) in shots.items():
        page = browser.new_page(
            viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, locale="zh-CN",
            reduced_motion="reduce",  # or the report is still on its way to the quote
        )  # fmt: skip
        take(opened(page, where))
        (folder / f"{name}.png").write_bytes(small(page.screenshot(animations="disabled")))
        page.close()


def asked(*questions: str) -> Take:
    """Return what asks a page questions and waits for what is shown of the last one."""

    def take(page: Page) -> None:
        for count, question in enumerate(questions, start=1):
            page.fill("#jw-box textarea", question)
            page.press("#jw-box textarea", "Enter")
            page.wait_for_function(
                "n => document.querySelectorAll('.jw-answer, .jw-refusal').length >= n", arg=count
            )
        if page.evaluate("innerWidth > 900"):  # the report stands beside, the quote lit in it
            page.wait_for_selector("#jw-text mark.jw-lit")

    return take


def listed(page: Page) -> None:
    """Open the list of targets."""
    page.get_by_role("tab", name="目标清单").click()
    page.wait_for_selector("#jw-goals tbody tr")


def small(png: bytes) -> bytes:
    """Return a PNG in a palette of its own colours."""
    kept = io.BytesIO()
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(kept, "PNG", optimize=True)
    return kept.getvalue()


def taken(folder: Path) -> None:
    """Build two homes, serve them, and leave the pictures in a folder."""
    with TemporaryDirectory() as homes, sync_playwright() as playwright:
        report, sheet = Path(homes) / "report", Path(homes) / "sheet"
        for home, *command in (
            (report, "index", "build"),
            (sheet, "index", "build", "--empty"),
            (sheet, "index", "add", str(SHEET)),
        ):
            if status := main(["--home", str(home), *command]):
                sys.exit(status)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for address in served(report):
            for tables in served(sheet):
                pictures(folder, browser, address, tables)
        browser.close()


if __name__ == "__main__":
    taken(Path(sys.argv[1] if len(sys.argv) > 1 else "docs"))
