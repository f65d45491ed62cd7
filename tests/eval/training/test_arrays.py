"""Arrays and weights come back from their files as they were, with the words that occur only."""

from pathlib import Path
from random import Random

import numpy as np
import pytest

from corpus.errors import InputError
from eval.govqa import HELD_OUT
from eval.training import arrays as packed
from eval.training import base
from eval.training.arrays import Arrays, Rows
from eval.training.base import Base
from eval.training.config import Config
from eval.training.examples import Examples, Report
from eval.training.layout import Layout
from eval.training.nearest import Nearest
from eval.training.pairing import pairs
from eval.training.preparing import Sources, prepare
from eval.training.showing import Showing
from eval.training.tokenising import arrays as tokenised
from eval.training.tokenising import pruned
from index.bundled.weights import read_weights


@pytest.fixture(scope="module")
def whole(made_up: Report, near: Nearest, layout: Layout, config: Config) -> Arrays:
    """The arrays of the whole vocabulary."""
    showing = Showing(made_up, near, layout, config.examples, ["深圳"], Random(0))
    found = Examples()
    for asked in made_up.asked:
        found.shown += showing.shown(asked)
        found.pairs += pairs(made_up, asked, near, config.examples, Random(0))
    return tokenised(found, layout, config.retriever)


def test_the_pruned_vocabulary_maps_back(whole: Arrays) -> None:
    (made,) = pruned([whole])
    assert made.vocabulary[:4].tolist() == [0, 1, 2, 3]
    assert len(made.vocabulary) < 1000
    for name in ("questions", "passages", "rows"):
        before, after = getattr(whole, name), getattr(made, name)
        np.testing.assert_array_equal(made.vocabulary[after.values], before.values)
        np.testing.assert_array_equal(after.ends, before.ends)


def test_a_file_gives_back_what_was_saved(whole: Arrays, tmp_path: Path) -> None:
    (made,) = pruned([whole])
    packed.save(made, tmp_path / "arrays.npz")
    assert [path.name for path in tmp_path.iterdir()] == ["arrays.npz"]
    assert (tmp_path / "arrays.npz").stat().st_mode & 0o777 == 0o644
    back = packed.load(tmp_path / "arrays.npz")
    assert len(back.rows) == len(back.labels) == len(back.verdicts) == len(made.rows)
    for number in (0, 7, len(made.rows) - 1):
        assert back.rows[number].tolist() == made.rows[number].tolist()
        assert back.labels[number].tolist() == made.labels[number].tolist()
    np.testing.assert_array_equal(back.pairs, made.pairs)
    np.testing.assert_array_equal(back.vocabulary, made.vocabulary)


def test_rows_of_unequal_length() -> None:
    rows = Rows.of([[1, 2], [], [3]], np.int32)
    assert [row.tolist() for row in (rows[0], rows[1], rows[2])] == [[1, 2], [], [3]]
    assert (len(rows), rows.lengths.tolist()) == (3, [2, 0, 1])
    assert len(Rows.of([], np.int32)) == 0


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 and no more"])
def test_what_is_missing_or_broken_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "arrays.npz"
    if content is not None:
        path.write_bytes(content)
    told = "没有训练数据" if content is None else "已损坏"
    with pytest.raises(InputError, match=f"{told}.*--prepare"):
        packed.load(path)
    with pytest.raises(InputError, match=r"编码器权重.*--prepare"):
        base.load(path)


def test_the_weights_are_those_of_the_words_that_occur(whole_base: Base, arrays: Arrays) -> None:
    weights = read_weights()
    shape = weights.shape
    words = weights.quantized("emb.word", shape.vocabulary, shape.hidden).dense()
    np.testing.assert_array_equal(whole_base.matrix("words"), words[arrays.vocabulary])
    inner = weights.quantized("l3.fi.w", shape.feed_forward, shape.hidden).dense()
    np.testing.assert_array_equal(whole_base.matrix("l3.fi"), inner)
    assert (whole_base.layers, whole_base.heads) == (12, 12)
    assert whole_base.epsilon == pytest.approx(1e-12)


def test_all_fits_an_upload(prepared: object) -> None:
    folder: Path = prepared.folder  # type: ignore[attr-defined]
    assert sum(path.stat().st_size for path in folder.iterdir()) < 20_000_000


def test_nothing_is_read_of_a_folder_with_a_report_held_out(tmp_path: Path, config: Config) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / f"{HELD_OUT[0]}.jsonl").mkdir()
    sources = Sources(tmp_path / "data")
    with pytest.raises(InputError, match="留作评测"):
        prepare(sources, tmp_path / "out", tmp_path / "no models", config, print)
    assert [path.name for path in tmp_path.iterdir()] == ["data"]
    with pytest.raises(InputError, match="请用 --data 指定"):
        prepare(Sources(tmp_path / "none"), tmp_path, tmp_path, config, print)
