"""An upload as it comes in: a form whose files go to disk piece by piece, within limits."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.concurrency import run_in_threadpool

from corpus.errors import InputError
from corpus.loaders.reading import MAX_BYTES
from ui.desk.filenames import harmless
from ui.desk.forms import Typed

MOST_A_FILE, MOST_IN_ALL = MAX_BYTES, 5 * MAX_BYTES  # bytes; what no loader takes is not kept
MOST_FILES = 200
_MOST_HEADERS, _MOST_FIELD, _MOST_FIELDS = 8 << 10, 4 << 10, 20
_BROKEN = "没有收全，请重新选择文件再上传"


class TooLargeError(InputError):
    """More than may be sent at once."""

    status = 413


@dataclass(slots=True)
class Received:
    """What came: the form's texts, the files by name, and why others were refused."""

    fields: dict[str, str] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)


async def receive(
    content_type: str, length: str, chunks: AsyncIterator[bytes], folder: Path,
    allow: Callable[[Typed], None],
) -> Received:  # fmt: skip
    """Write the files of a form into a folder.

    `allow` is asked before the first file, with the texts that came before it. Raises InputError
    for what is no such form, TooLargeError as soon as it is known; OSError where the disk fails.
    """
    if length.isascii() and length.isdigit() and len(length) < 20 and int(length) > MOST_IN_ALL:
        raise TooLargeError(_too_much())
    kind, options = parse_options_header(content_type)
    if kind != b"multipart/form-data" or not options.get(b"boundary"):
        raise InputError("请用页面上的表单上传文件")
    sorter = _Sorter(folder, allow)
    total = 0
    try:
        parser = MultipartParser(options[b"boundary"], sorter.callbacks())  # type: ignore[arg-type]
        async for chunk in chunks:
            total += len(chunk)
            if total > MOST_IN_ALL:
                raise TooLargeError(_too_much())
            await run_in_threadpool(parser.write, chunk)
        parser.finalize()
    except FormParserError as error:
        raise InputError(_BROKEN) from error
    finally:
        sorter.close()
    if not sorter.ended:
        raise InputError(_BROKEN)
    return sorter.received


def _too_much() -> str:
    return f"一次最多上传 {MOST_IN_ALL // 10**6} MB，请分几次上传"


class _Sorter:
    """Takes a form apart: texts are kept, files written, what may not be passed over."""

    def __init__(self, folder: Path, allow: Callable[[Typed], None]) -> None:
        self.received, self.ended = Received(), False
        self._folder, self._allow = folder, allow
        self._allowed = False
        self._file: BinaryIO | None = None
        self._begin()

    def callbacks(self) -> dict[str, Callable[..., None]]:
        return {
            "on_part_begin": self._begin, "on_header_field": self._header_name,
            "on_header_value": self._header_value, "on_header_end": self._header_end,
            "on_headers_finished": self._headers_finished, "on_part_data": self._data,
            "on_part_end": self._part_end, "on_end": self._end,
        }  # fmt: skip

    def close(self) -> None:
        if self._file:
            self._file.close()
            self._file = None

    def _begin(self) -> None:
        self._name, self._value = b"", b""
        self._headers: dict[bytes, bytes] = {}
        self._field, self._shown, self._size, self._text = "", "", 0, b""

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]
        self._require(len(self._name) <= _MOST_HEADERS)

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]
        self._require(len(self._value) <= _MOST_HEADERS)

    def _header_end(self) -> None:
        self._headers[self._name.lower()] = self._value
        self._require(len(self._headers) <= _MOST_FIELDS)
        self._name, self._value = b"", b""

    def _headers_finished(self) -> None:
        _, told = parse_options_header(self._headers.get(b"content-disposition", b""))
        if b"filename" in told:
            if told[b"filename"]:  # a form without a chosen file sends an empty one
                self._open(told[b"filename"].decode("utf-8", "replace"))
        else:
            self._field = told.get(b"name", b"").decode("utf-8", "replace")
            self._require(len(self.received.fields) < _MOST_FIELDS)

    def _open(self, told: str) -> None:
        if not self._allowed:
            self._allow(self.received.fields)
            self._allowed = True
        if len(self.received.files) + len(self.received.refused) >= MOST_FILES:
            raise TooLargeError(f"一次最多上传 {MOST_FILES} 个文件，请分几次上传")
        self._shown = told.replace("\\", "/").rpartition("/")[2][:80]
        try:
            name = harmless(told)
            if name in self.received.files:
                raise InputError(f"这次上传里有两个“{name}”，只收第一个；请改名后再上传另一个")
        except InputError as error:
            self.received.refused[self._shown] = str(error)
            return
        self.received.files.append(name)
        self._file = (self._folder / name).open("wb")

    def _data(self, data: bytes, start: int, end: int) -> None:
        self._size += end - start
        if self._size > MOST_A_FILE:
            raise TooLargeError(
                f"“{self._shown}”超过 {MOST_A_FILE // 10**6} MB，请拆分后再上传；这次都没有收下"
            )
        if self._file:
            self._file.write(data[start:end])
        elif self._field:
            self._text += data[start:end]
            self._require(len(self._text) <= _MOST_FIELD)

    def _part_end(self) -> None:
        self.close()
        if self._field:
            self.received.fields[self._field] = self._text.decode("utf-8", "replace")

    def _end(self) -> None:
        self.ended = True

    def _require(self, fine: bool) -> None:
        if not fine:
            raise InputError("请用页面上的表单上传文件")
