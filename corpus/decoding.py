"""Bytes to text: UTF-8 (with or without mark), UTF-16 with mark, GB18030, or a clear no."""

import codecs

from corpus.errors import CorpusError

# GB 2312 orders its 3,755 everyday characters first (rows 16 to 55, lead bytes B0 to D7). In real
# Chinese text nearly all Han characters are among them; in Big5 or binary data read as GB18030
# hardly half are.
_EVERYDAY_LEADS = range(0xB0, 0xD8)
_EVERYDAY_SHARE = 0.7
_CONTROLS = {chr(c) for c in range(32)} - set("\t\n\r\f\x0b\x1a")


def decode(data: bytes, name: str) -> str:
    """Return the text of `data`, line breaks untouched; `name` is for the error message.

    Raises CorpusError when the bytes are neither UTF-8 nor GB18030, or are not text at all.
    """
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"),
                           (codecs.BOM_UTF16_BE, "utf-16-be")):  # fmt: skip
        if data.startswith(mark):
            return _as_text(_strict(data[len(mark) :], encoding), name)
    text = _strict(data, "utf-8")
    if text is None:
        text = _strict(data, "gb18030")
        if text is not None and not _is_everyday_chinese(text):
            text = None
    return _as_text(text, name)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _as_text(text: str | None, name: str) -> str:
    if text is None:
        raise CorpusError(f"“{name}”既不是 UTF-8 也不是 GB18030 编码，请另存为 UTF-8 后再添加")
    if any(c in _CONTROLS for c in text):
        raise CorpusError(f"“{name}”含有控制字符，不像文本文件，请换成纯文本后再添加")
    return text


def _is_everyday_chinese(text: str) -> bool:
    han = [c for c in text if "\u3400" <= c <= "\u9fff" or "\ue000" <= c <= "\uf8ff"]
    everyday = sum(1 for c in han if _lead_byte(c) in _EVERYDAY_LEADS)
    return bool(han) and everyday >= _EVERYDAY_SHARE * len(han)


def _lead_byte(char: str) -> int:
    encoded = char.encode("gb2312", errors="replace")
    return encoded[0] if len(encoded) == 2 else 0
