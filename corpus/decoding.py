"""Bytes to text: UTF-8, UTF-16 (both with or without mark), GB18030, Big5, or a clear no."""

import codecs
from collections import Counter
from collections.abc import Iterator

from corpus.errors import CorpusError

# GB 2312 orders its 3,755 everyday characters first (rows 16 to 55, lead bytes B0 to D7), Big5 its
# 5,401 (A4 to C6). In real Chinese text nearly all Han characters are among them; in binary data,
# or in an encoding read as the other, hardly half are.
_EVERYDAY_LEADS = {"gb2312": range(0xB0, 0xD8), "big5": range(0xA4, 0xC7)}
_EVERYDAY_SHARE = 0.7
_CONTROLS = {chr(c) for c in range(32)} - set("\t\n\r\f\x0b\x1a")


def decode(data: bytes, name: str) -> str:
    """Return the text of `data`, line breaks untouched; `name` is for the error message.

    Raises CorpusError when the bytes are in no encoding of Chinese, or are not text at all.
    """
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"),
                           (codecs.BOM_UTF16_BE, "utf-16-be")):  # fmt: skip
        if data.startswith(mark):
            return _as_text(_strict(data[len(mark) :], encoding), name)
    text = _strict(data, "utf-8")
    return _as_text(text if text is not None else next(_readings(data), None), name)


def _readings(data: bytes) -> Iterator[str]:
    """Give what the bytes are in each other encoding in which they are everyday Chinese."""
    for encoding, charset in (("gb18030", "gb2312"), ("utf-16-le", "gb2312"),
                              ("utf-16-be", "gb2312")):  # fmt: skip
        text = _strict(data, encoding)
        if text is not None and _is_everyday_chinese(text, charset):
            yield text
    if _is_big5(data):
        text = _strict(data, "big5hkscs")  # of which Big5 as Windows writes it is a part
        if text is not None and _is_everyday_chinese(text, "big5"):
            yield text


def _is_big5(data: bytes) -> bool:
    """Tell whether Big5 is likelier than any other encoding of any language."""
    import chardet  # reads its tables, a tenth of a second, which few files need

    # Of the byte order of UTF-16 it is often wrong, so only Big5 is asked of it.
    return (chardet.detect(data)["encoding"] or "").lower() in ("big5", "big5hkscs", "cp950")


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _as_text(text: str | None, name: str) -> str:
    if text is None:
        raise CorpusError(
            f"“{name}”既不是 UTF-8 也不是 GB18030 编码（UTF-16、Big5 也读不通，或有损坏的字节），"
            "请另存为 UTF-8 后再添加"
        )
    if not _CONTROLS.isdisjoint(text):
        raise CorpusError(f"“{name}”含有控制字符，不像文本文件，请换成纯文本后再添加")
    return text


def _is_everyday_chinese(text: str, charset: str) -> bool:
    times = {c: n for c, n in Counter(text).items() if _is_han(c)}
    leads = _EVERYDAY_LEADS[charset]
    everyday = sum(n for c, n in times.items() if _lead_byte(c, charset) in leads)
    return bool(times) and everyday >= _EVERYDAY_SHARE * sum(times.values())


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or "\ue000" <= char <= "\uf8ff"  # or private use


def _lead_byte(char: str, charset: str) -> int:
    encoded = char.encode(charset, errors="replace")
    return encoded[0] if len(encoded) == 2 else 0
