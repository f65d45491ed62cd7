"""Opening the graphs of the model folder on ONNX Runtime, one thread a run."""

import ctypes
import os
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from corpus.errors import ModelError
from index.bundled import folder as bundled
from index.bundled.tokenizer import PAD, PieceTokenizer

_ARENA_MAX = -8  # M_ARENA_MAX of malloc.h
_TURNS = BoundedSemaphore(os.cpu_count() or 1)


def open_graph(models: Path, graph: Path) -> tuple[onnxruntime.InferenceSession, PieceTokenizer]:
    """Return a graph of the model folder, made ready to run, and the tokenizer of its ids.

    Raises ModelError when the folder cannot be prepared or a file of it has changed.
    """
    folder = bundled.model_folder(models)
    try:
        bundled.require_whole(folder, graph)
        pieces = (folder / bundled.PIECES).read_bytes()
        tokenizer = PieceTokenizer(pieces, bundled.MAX_TOKENS)
        session = onnxruntime.InferenceSession(
            str(folder / graph), _options(), providers=["CPUExecutionProvider"]
        )
    except Exception as error:  # both libraries raise bare Exceptions
        raise ModelError(f"内置模型已损坏，请删除“{folder}”后重试（会自动重新生成）") from error
    _give_back()
    return session, tokenizer


def run(session: onnxruntime.InferenceSession, encoded: list[list[int]]) -> list[Any]:
    """Return the outputs of a graph for rows of token ids.

    As many runs at once as there are cores: more would share them, and each holds its own memory.
    """
    with _TURNS:
        return list(session.run(None, padded(encoded)))


def padded(encoded: list[list[int]]) -> dict[str, NDArray[np.int64]]:
    """Return rows of token ids as the inputs of a graph, shape (B, L), short ones filled up."""
    ids = np.full((len(encoded), max(map(len, encoded))), PAD, np.int64)
    mask = np.zeros_like(ids)
    for row, tokens in enumerate(encoded):
        ids[row, : len(tokens)] = tokens
        mask[row, : len(tokens)] = 1
    return {"input_ids": ids, "attention_mask": mask}


def _options() -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # it keeps what the longest batch once needed
    return options


def _give_back() -> None:
    """Hand memory that loading a graph freed back to the system: some 90 MB of two graphs.

    Threads share two heaps from here on; one each held 80 MB more with eight askers.
    """
    libc = ctypes.CDLL(None)
    if hasattr(libc, "malloc_trim"):  # glibc's
        libc.mallopt(_ARENA_MAX, 2)
        libc.malloc_trim(0)
