"""Which endings of files are read, as what, and what to do with those that are not."""

from pathlib import Path

from corpus.documents import Format

FORMATS: dict[str, Format] = {
    ".txt": "txt", ".md": "md", ".markdown": "md", ".html": "html", ".htm": "html",
    ".pdf": "pdf", ".docx": "docx", ".xlsx": "xlsx", ".xlsm": "xlsx", ".csv": "csv",
    ".tsv": "csv", ".pptx": "pptx", ".eml": "eml", ".jsonl": "jsonl", ".png": "image",
    ".jpg": "image", ".jpeg": "image", ".bmp": "image", ".tif": "image", ".tiff": "image",
    ".webp": "image",
}  # fmt: skip
SUPPORTED = "、".join(FORMATS)
_SAVED_AS = {
    "用 Word 或 WPS 另存为 docx": (".doc", ".wps", ".rtf", ".odt"),
    "用 Excel 或 WPS 另存为 xlsx": (".xls", ".et", ".ods"),
    "用 PowerPoint 或 WPS 另存为 pptx": (".ppt", ".dps", ".odp"),
    "用 OFD 阅读器另存为 pdf": (".ofd",),
    "先解压": (".zip", ".rar", ".7z"),
}
_ADVICE = {ending: advice for advice, endings in _SAVED_AS.items() for ending in endings}


def format_of(path: Path) -> Format | None:
    """Return the format that a file is read as, None where it is not read."""
    return FORMATS.get(path.suffix.lower())


def advice(path: Path) -> str:
    """Return what to do with a file of an old or foreign format, "" where nothing is known."""
    return _ADVICE.get(path.suffix.lower(), "")


def refusal(path: Path) -> str:
    """Return why a file is not read, and the way out."""
    way_out = f"请{advice(path)} 后再添加" if advice(path) else f"请转成 {SUPPORTED} 之一"
    return f"不支持“{path.name}”的格式，{way_out}"
