"""The model folder: written once at install, an ordinary sentence-transformers folder.

It holds the weights as 32-bit floats for sentence-transformers and, beside them, the graphs that
answer questions: the plain encoder at 4 bits, the trained retriever and the trained reader. All
come from the same 4-bit numbers and share one table of words.
"""

import json
import shutil
from collections.abc import Iterator
from hashlib import file_digest
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError
from index.bundled.adapters import READER, RETRIEVER, TRAINING, load_adapter
from index.bundled.weights import Weights, read_weights

NAME = "multilingual-e5-small-q4"
FOLDER = f"{NAME}-{TRAINING}"
PLAIN_GRAPH, RETRIEVER_GRAPH, READER_GRAPH, WORDS, PIECES = (
    Path("onnx", name)
    for name in ("plain.onnx", "retriever.onnx", "reader.onnx", "words.bin", "pieces.model")
)
_RUN = (PLAIN_GRAPH, RETRIEVER_GRAPH, READER_GRAPH, WORDS, PIECES)
MAX_TOKENS = 512
_TOKENIZER = "tokenizer.json"
QUERY_PROMPT, PASSAGE_PROMPT = "query: ", "passage: "
_DONE, _HASHES = "prepared.json", "hashes.json"


def model_folder(models: Path) -> Path:
    """Return the prepared folder under `models`, preparing it first when it is not there.

    Raises ModelError when the weights package is missing or the folder cannot be written.
    """
    folder = models / FOLDER
    if not is_prepared(folder):
        _prepare(folder)
    return folder


def is_prepared(folder: Path) -> bool:
    """Tell whether every file of a finished preparation is there with its recorded size."""
    try:
        sizes = json.loads((folder / _DONE).read_text(encoding="utf-8"))
        return all((folder / name).stat().st_size == size for name, size in sizes.items())
    except (OSError, ValueError, AttributeError):
        return False


def require_whole(folder: Path, graph: Path) -> None:
    """Raise ValueError unless what runs a graph is, bit for bit, what was prepared."""
    hashes = json.loads((folder / _HASHES).read_text(encoding="utf-8"))
    for name in (graph, WORDS, PIECES):
        if _hash(folder / name) != hashes[name.as_posix()]:
            raise ValueError(f"{name} has changed since it was prepared")


def _prepare(folder: Path) -> None:
    weights = read_weights()
    building: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        building = Path(mkdtemp(prefix=f".{FOLDER}-", dir=folder.parent))
        building.chmod(0o755)
        _write(building, weights)
        if folder.exists() and not is_prepared(folder):
            shutil.rmtree(folder)
        if not folder.exists():  # another process may have been faster
            building.rename(folder)
    except OSError as error:
        raise ModelError(
            f"无法写入模型目录“{folder.parent}”（{error.strerror}），"
            "请腾出 1 GB 空间，或用 JINWEN_MODELS 指定别的目录"
        ) from error
    finally:
        if building:
            shutil.rmtree(building, ignore_errors=True)


def _write(folder: Path, weights: Weights) -> None:
    from safetensors.numpy import save_file

    from index.bundled.tokenizer import build_pieces, build_tokenizer

    for name, content in _settings(weights).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    build_tokenizer(weights.pieces, MAX_TOKENS).save(str(folder / _TOKENIZER))
    tensors = folder / "model.safetensors"
    save_file(dict(_state(weights)), tensors, {"format": "pt"})
    tensors.chmod(0o644)  # written for its owner alone, while the folder is for everybody
    (folder / PIECES).parent.mkdir()
    (folder / PIECES).write_bytes(build_pieces(weights.pieces))
    _write_graphs(folder, weights)
    hashes = {name.as_posix(): _hash(folder / name) for name in _RUN}
    (folder / _HASHES).write_text(json.dumps(hashes, indent=1), encoding="utf-8")
    sizes = {str(p.relative_to(folder)): p.stat().st_size for p in _files(folder)}
    (folder / _DONE).write_text(json.dumps(sizes, indent=1), encoding="utf-8")


def _write_graphs(folder: Path, weights: Weights) -> None:
    from index.bundled.graph import build_encoder, build_reader, save

    models = (
        (PLAIN_GRAPH, build_encoder(weights)),
        (RETRIEVER_GRAPH, build_encoder(weights, load_adapter(RETRIEVER))),
        (READER_GRAPH, build_reader(weights, load_adapter(READER))),
    )
    for path, model in models:
        save(model, folder / path, folder / WORDS)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _settings(weights: Weights) -> dict[str, object]:
    shape = weights.shape
    tokens = {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>", "pad_token": "<pad>",
              "cls_token": "<s>", "sep_token": "</s>"}  # fmt: skip
    module = "sentence_transformers.models."
    return {
        "config.json": {
            "model_type": "bert", "architectures": ["BertModel"], "hidden_act": "gelu",
            "hidden_size": shape.hidden, "num_hidden_layers": shape.layers,
            "num_attention_heads": shape.heads, "intermediate_size": shape.feed_forward,
            "vocab_size": shape.vocabulary, "max_position_embeddings": shape.positions,
            "type_vocab_size": weights.token_types, "layer_norm_eps": 1e-12, "pad_token_id": 1,
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": MAX_TOKENS,
            **tokens,
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": module + "Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": module + "Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": module + "Normalize"},
        ],
        "1_Pooling/config.json": {
            "word_embedding_dimension": shape.hidden, "pooling_mode_mean_tokens": True,
        },
        "2_Normalize/config.json": {},
        "sentence_bert_config.json": {"max_seq_length": MAX_TOKENS, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": {"query": QUERY_PROMPT, "document": PASSAGE_PROMPT},
            "similarity_fn_name": "cosine",
        },
    }  # fmt: skip


def _state(weights: Weights) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """Yield the tensors under the names that transformers' BertModel gives them."""
    shape = weights.shape
    hidden, wide = shape.hidden, shape.feed_forward
    words = weights.quantized("emb.word", shape.vocabulary, hidden).dense()
    yield "embeddings.word_embeddings.weight", words
    yield (
        "embeddings.position_embeddings.weight",
        weights.floats("emb.pos", shape.positions, hidden),
    )
    types = weights.floats("emb.type", weights.token_types, hidden)
    yield "embeddings.token_type_embeddings.weight", types
    yield from _affine(weights, "emb.ln", "embeddings.LayerNorm", hidden)
    for i in range(shape.layers):
        at, to = f"l{i}.", f"encoder.layer.{i}."
        for ours, theirs, rows, columns in (
            ("q", "attention.self.query", hidden, hidden),
            ("k", "attention.self.key", hidden, hidden),
            ("v", "attention.self.value", hidden, hidden),
            ("ao", "attention.output.dense", hidden, hidden),
            ("fi", "intermediate.dense", wide, hidden),
            ("fo", "output.dense", hidden, wide),
        ):
            yield f"{to}{theirs}.weight", weights.quantized(f"{at}{ours}.w", rows, columns).dense()
            yield f"{to}{theirs}.bias", weights.floats(f"{at}{ours}.b", rows)
        yield from _affine(weights, at + "aln", to + "attention.output.LayerNorm", hidden)
        yield from _affine(weights, at + "oln", to + "output.LayerNorm", hidden)
    # BertModel has a pooler that sentence embeddings never use; without it, loading warns.
    yield "pooler.dense.weight", np.zeros((hidden, hidden), np.float32)
    yield "pooler.dense.bias", np.zeros(hidden, np.float32)


def _affine(
    weights: Weights, ours: str, theirs: str, size: int
) -> Iterator[tuple[str, NDArray[np.float32]]]:
    yield f"{theirs}.weight", weights.floats(ours + ".w", size)
    yield f"{theirs}.bias", weights.floats(ours + ".b", size)
