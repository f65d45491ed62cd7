"""Pictures of text, recognized by RapidOCR with the models that its package carries."""

import os
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from io import BytesIO
from itertools import islice
from typing import Any

from PIL import Image, ImageOps, ImageSequence

from corpus.errors import CorpusError
from corpus.loaders.pages.aligned import with_tables
from corpus.loaders.pages.columns import in_order
from corpus.loaders.pages.paragraphs import write
from corpus.loaders.pages.pieces import Piece, Sheet
from corpus.loaders.pages.running import without_running_lines
from corpus.loaders.parsed import Parsed, Scribe

NEEDED = "识别图片需要 OCR，请先安装：pip install 'jinwen[ocr]'"
MAX_PIXELS = 50_000_000
_MAX_FRAMES = 10  # pages of a TIFF
_THREADS = 2


def parse(data: bytes) -> Parsed:
    """Return the text of a picture; raises CorpusError where recognition is not installed."""
    scribe = Scribe()
    with Image.open(BytesIO(data)) as picture:
        frames = int(getattr(picture, "n_frames", 1))
        sheets = [recognized(frame) for frame in _frames(picture)]
        if frames > _MAX_FRAMES:
            scribe.leave_out("页图片（请拆分后再添加）", frames - _MAX_FRAMES)
    write(
        [in_order(with_tables(sheet)) for sheet in without_running_lines(sheets)],
        scribe,
        frames > 1,
    )
    return scribe.done()


def is_installed() -> bool:
    """Tell whether pictures can be recognized."""
    return bool(find_spec("rapidocr"))


def recognized(picture: Image.Image, scale: float = 1.0) -> Sheet:
    """Return what is written in a picture, places divided by `scale`; its lines are the pieces."""
    import numpy as np  # with the engine below, a second that a PDF with text need not spend

    found = _engine()(np.asarray(picture.convert("RGB"))[:, :, ::-1])
    if found.txts is None or found.boxes is None:
        return Sheet(width=picture.width / scale)
    lines = zip(found.txts, found.boxes / scale, found.scores, strict=True)
    pieces = [_piece(text, corners, score) for text, corners, score in lines if text.strip()]
    return Sheet(pieces, width=picture.width / scale)


def _piece(text: str, corners: Any, score: float) -> Piece:
    (x0, top), (x1, bottom) = corners.min(axis=0), corners.max(axis=0)
    size = float(bottom - top)
    return Piece(text.strip(), float(x0), float(top), float(x1), float(bottom), size, float(score))


def _frames(picture: Image.Image) -> Iterator[Image.Image]:
    """Yield the pages of a picture, as they are to be seen; refuses what is too large unread."""
    for frame in islice(ImageSequence.Iterator(picture), _MAX_FRAMES):
        if frame.width * frame.height > MAX_PIXELS:
            raise CorpusError("超过 5000 万像素，请缩小后再添加")
        yield ImageOps.exif_transpose(frame)


@lru_cache(maxsize=1)
def _engine() -> Any:
    """Return the engine; its models lie in the package, so that it asks nothing of the network."""
    if not is_installed():
        raise CorpusError(NEEDED)
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # as in index.bundled, which is not imported here
    from rapidocr import RapidOCR

    threads = min(_THREADS, os.cpu_count() or 1)
    return RapidOCR(params={
        "Global.log_level": "critical",
        "EngineConfig.onnxruntime.intra_op_num_threads": threads,
    })  # fmt: skip
