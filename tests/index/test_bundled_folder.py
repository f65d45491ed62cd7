"""The model folder: whole or made anew, and never half made."""

import errno
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from stat import S_IMODE

import pytest

from corpus.errors import ModelError
from index.bundled import folder as bundled
from index.bundled.folder import (
    FOLDER,
    PIECES,
    PLAIN_GRAPH,
    READER_GRAPH,
    RETRIEVER_GRAPH,
    WORDS,
    is_prepared,
    model_folder,
    require_whole,
)
from index.embedders import Embedder, EmbedderChoice, load_embedder

GAS = "今年要改造多少公里燃气管网？"
GRAPHS = (PLAIN_GRAPH, RETRIEVER_GRAPH, READER_GRAPH)


def _write_small(folder: Path, weights: object = None) -> None:
    """Write a folder that counts as prepared, of a few bytes."""
    (folder / "onnx").mkdir(parents=True)
    (folder / "onnx" / "model").write_bytes(b"12345")
    (folder / "config.json").write_bytes(b"{}")
    sizes = {"onnx/model": 5, "config.json": 2}
    (folder / "prepared.json").write_text(json.dumps(sizes))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    _write_small(tmp_path / FOLDER)
    return tmp_path / FOLDER


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Prepare small folders instead of the real one, for what is about moving them."""
    monkeypatch.setattr(bundled, "read_weights", lambda: None)
    monkeypatch.setattr(bundled, "_write", _write_small)
    return monkeypatch


def test_a_whole_folder_is_prepared_and_used_as_it_is(small: Path) -> None:
    assert is_prepared(small)
    assert model_folder(small.parent) == small
    assert (small / "onnx" / "model").read_bytes() == b"12345"


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: (folder / "onnx" / "model").write_bytes(b"1234"),
        lambda folder: (folder / "onnx" / "model").write_bytes(b"123456"),
        lambda folder: (folder / "config.json").unlink(),
        lambda folder: (folder / "prepared.json").unlink(),
        lambda folder: (folder / "prepared.json").write_bytes(b'{"onnx/mod'),
        lambda folder: (folder / "prepared.json").write_bytes(b"[]"),
        lambda folder: (folder / "prepared.json").write_bytes(b"\xff"),
        shutil.rmtree,
    ],
)
def test_a_folder_with_anything_missing_or_cut_is_not_prepared(
    small: Path, damage: Callable[[Path], object]
) -> None:
    damage(small)
    assert not is_prepared(small)


def test_a_damaged_folder_is_made_anew_and_works(embedder: Embedder, tmp_path: Path) -> None:
    folder = tmp_path / FOLDER
    _write_small(folder)
    (folder / "config.json").unlink()
    try:
        again = load_embedder(EmbedderChoice(models=tmp_path))
        assert is_prepared(folder)
        assert not (folder / "onnx" / "model").exists()
        assert [path.name for path in tmp_path.iterdir()] == [FOLDER]
        assert again.embed_query(GAS).tolist() == embedder.embed_query(GAS).tolist()
    finally:
        shutil.rmtree(tmp_path)  # nearly a gigabyte


def test_other_users_may_read_what_one_prepared(tmp_path: Path, quick: pytest.MonkeyPatch) -> None:
    assert S_IMODE(model_folder(tmp_path / "deep" / "models").stat().st_mode) == 0o755


def test_models_that_cannot_be_written_are_an_error_with_the_way_out(
    tmp_path: Path, quick: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    models = tmp_path / "file" / "models"
    with pytest.raises(ModelError) as caught:
        model_folder(models)
    assert str(caught.value) == (
        f"无法写入模型目录“{models}”（Not a directory），"
        "请腾出 1 GB 空间，或用 JINWEN_MODELS 指定别的目录"
    )


def test_a_full_disk_leaves_nothing_half_made(tmp_path: Path, quick: pytest.MonkeyPatch) -> None:
    def fill(folder: Path, weights: object) -> None:
        (folder / "model.safetensors").write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    quick.setattr(bundled, "_write", fill)
    with pytest.raises(ModelError, match=r"No space left on device.*JINWEN_MODELS"):
        model_folder(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_process_that_was_faster_is_not_disturbed(
    tmp_path: Path, quick: pytest.MonkeyPatch
) -> None:
    def slow(folder: Path, weights: object) -> None:
        _write_small(tmp_path / FOLDER)
        (tmp_path / FOLDER / "theirs").write_bytes(b"")
        _write_small(folder)

    quick.setattr(bundled, "_write", slow)
    assert model_folder(tmp_path) == tmp_path / FOLDER
    assert (tmp_path / FOLDER / "theirs").exists()
    assert [path.name for path in tmp_path.iterdir()] == [FOLDER]


def test_what_a_crash_left_under_the_same_process_number_is_no_obstacle(
    tmp_path: Path, quick: pytest.MonkeyPatch
) -> None:
    (tmp_path / f"{FOLDER}.{os.getpid()}" / "onnx").mkdir(parents=True)
    assert is_prepared(model_folder(tmp_path))


@pytest.fixture
def linked(models: Path, tmp_path: Path) -> Path:
    """The files that answer questions, as they were prepared; replace one to change it."""
    folder = tmp_path / FOLDER
    (folder / "onnx").mkdir(parents=True)
    for file in (*GRAPHS, WORDS, PIECES, Path("hashes.json")):
        (folder / file).symlink_to((models / FOLDER / file).resolve())
    return folder


@pytest.mark.parametrize("graph", GRAPHS)
@pytest.mark.parametrize("name", [None, WORDS, PIECES])
def test_one_changed_bit_of_what_answers_questions_is_refused(
    linked: Path, graph: Path, name: Path | None
) -> None:
    require_whole(linked, graph)
    changed = name or graph
    _flip_a_bit(linked / changed)
    with pytest.raises(ValueError, match=f"{changed} has changed since it was prepared"):
        require_whole(linked, graph)


def test_what_another_graph_alone_needs_may_have_changed(linked: Path) -> None:
    _flip_a_bit(linked / PLAIN_GRAPH)
    require_whole(linked, RETRIEVER_GRAPH)
    require_whole(linked, READER_GRAPH)


def _flip_a_bit(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.unlink()  # the link, not what it leads to
    file.write_bytes(data)
