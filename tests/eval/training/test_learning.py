"""Training: the loss falls, what stopped goes on, and a machine with little installed will do."""

import json
import math
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from safetensors.numpy import load_file
from torch import Tensor

from corpus.errors import InputError, ModelError
from eval.training import arrays as packed
from eval.training import base, figures, loop
from eval.training.arrays import Arrays, Integers, Rows
from eval.training.base import Base
from eval.training.batches import alike, shuffled
from eval.training.config import Config
from eval.training.learning import Wanted, learn
from eval.training.loop import Run, train
from eval.training.progress import Progress, rate, share
from eval.training.reader import Reader
from eval.training.retriever import Retriever, _answering_too
from index.bundled.adapters import load_adapter

CHECKOUT = Path(__file__).parents[3]
ONE_THREAD = {**os.environ, "OMP_NUM_THREADS": "1"}
BLOCKED = """
import sys
import numpy, safetensors.torch, torch, torch._dynamo  # with all that PyTorch itself imports
sys.path[:] = [p for p in sys.path if p]
here = {name.partition(".")[0] for name in sys.modules} | {"corpus", "index", "eval"}
class Nothing:
    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        if top not in here | sys.stdlib_module_names and not top.startswith("_sysconfigdata"):
            raise ModuleNotFoundError(f"No module named {top!r}", name=top)
sys.meta_path.insert(0, Nothing())
from eval.training.__main__ import main
status = main(sys.argv[1:])
raise SystemExit(status)
"""


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    """So little work is done sooner by one thread, above all beside other programs."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture
def small(tmp_path: Path, prepared: Any, shallow: Base) -> Path:
    """A folder to train in, the encoder cut to one layer."""
    for name in (packed.FILE, packed.DEVELOPMENT):
        (tmp_path / name).write_bytes((prepared.folder / name).read_bytes())
    np.savez(tmp_path / base.FILE, allow_pickle=False, **shallow.tensors)
    return tmp_path


@pytest.fixture
def brief(config: Config) -> Config:
    """Recipes for few rows and few steps."""
    quick: dict[str, Any] = {"batch": 6, "epochs": 20, "steps": 20, "rate": 1e-3, "dropout": 0.0}
    return replace(
        config,
        retriever=replace(config.retriever, **quick, negatives=2, temperature=0.05),
        reader=replace(config.reader, **quick),
    )


def _run(file: Path, said: list[str] | None = None, seconds: float | None = None) -> Run:
    return Run(17, file, "made", seconds, (said if said is not None else []).append)


@pytest.mark.parametrize("kind", [Retriever, Reader])
def test_the_loss_falls(
    kind: Any, shallow: Base, arrays: Arrays, brief: Config, tmp_path: Path
) -> None:
    torch.manual_seed(0)
    few = replace(
        arrays, pairs=arrays.pairs[:16], rows=Rows(arrays.rows.values, arrays.rows.ends[:16])
    )
    task = kind(shallow, few, replace(getattr(brief, kind.name), batch=16), "cpu")
    said: list[str] = []
    progress = train(task, _run(tmp_path / "checkpoint", said))
    assert progress.step == len(progress.losses) == 20
    assert np.mean(progress.losses[-5:]) < 0.7 * np.mean(progress.losses[:5])
    assert said[-1].startswith(f"{kind.name} 第 20/20 步，损失 ")


class StoppedError(Exception):
    """What stops a training in these tests."""


class Stopping(Retriever):
    """A task whose machine goes away."""

    left = 7

    def loss(self, chosen: Integers, rng: np.random.Generator) -> Tensor:
        if not self.left:
            raise StoppedError
        self.left -= 1
        return super().loss(chosen, rng)


def test_what_was_stopped_goes_on_as_if_it_had_not(
    shallow: Base, arrays: Arrays, brief: Config, tmp_path: Path
) -> None:
    recipe = replace(brief.retriever, steps=9, save_every=3, dropout=0.1)

    def started(kind: type[Retriever]) -> Retriever:
        torch.manual_seed(0)
        return kind(shallow, arrays, recipe, "cpu")

    whole = train(started(Retriever), _run(tmp_path / "whole"))
    with pytest.raises(StoppedError):
        train(started(Stopping), _run(tmp_path / "stopped"))
    torch.manual_seed(99)
    task = Retriever(shallow, arrays, recipe, "cpu")
    said: list[str] = []
    resumed = train(task, _run(tmp_path / "stopped", said))
    assert resumed.step == whole.step == 9
    assert said[0].startswith("retriever 第 9/9 步")  # it went on from step 6
    np.testing.assert_allclose(resumed.losses, whole.losses, rtol=1e-4)
    again = train(task, _run(tmp_path / "stopped"))
    assert (again.step, again.losses) == (9, resumed.losses)


def test_a_checkpoint_of_other_data_or_none_at_all_is_refused(
    shallow: Base, arrays: Arrays, brief: Config, tmp_path: Path
) -> None:
    task = Retriever(shallow, arrays, replace(brief.retriever, steps=1), "cpu")
    train(task, _run(tmp_path / "checkpoint"))
    with pytest.raises(InputError, match="属于别的数据或设置，请删除它，或换一个 --out 目录"):
        train(task, Run(17, tmp_path / "checkpoint", "else", None, print))
    (tmp_path / "checkpoint").write_bytes(b"\x80\x04 a pickle, say")
    with pytest.raises(InputError, match="已损坏，请删除它后重新训练"):
        train(task, _run(tmp_path / "checkpoint"))


def test_the_time_limit_ends_it_and_lowers_the_rate(
    shallow: Base, arrays: Arrays, brief: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter(range(0, 1000, 10))  # every look at the clock is ten seconds later
    monkeypatch.setattr(loop, "monotonic", lambda: next(clock))
    task = Retriever(shallow, arrays, brief.retriever, "cpu")
    progress = train(task, _run(tmp_path / "checkpoint", seconds=40))
    assert (progress.step, progress.seconds) == (4, 40)
    assert share(Progress(step=1, seconds=30), 100, 40) == 0.75
    assert share(Progress(step=1, seconds=30), 100, None) == 0.02


def test_the_rate_rises_and_falls() -> None:
    rates = [rate(1.0, over, 0.1, 0.02) for over in (0.05, 0.1, 0.55, 1.0)]
    assert rates == pytest.approx([0.5, 1.0, 0.5, 0.02])


def test_a_loss_that_is_no_number_stops_it() -> None:
    with pytest.raises(ModelError, match=r"请调低 eval/training/config\.toml 里的 rate"):
        Progress().add([0.5, math.nan])


def test_adapters_are_written_with_their_record(small: Path, brief: Config) -> None:
    few = replace(
        brief, retriever=replace(brief.retriever, steps=3), reader=replace(brief.reader, steps=2)
    )
    said: list[str] = []
    record = learn(Wanted(small), few, said.append)
    written = (small / "record.json").read_text(encoding="utf-8")
    assert json.loads(written) == record
    retriever, reader = (load_file(small / f"{name}.safetensors") for name in record)
    assert retriever["l0.q.b"].shape == (384, 32)
    assert np.abs(retriever["l0.fo.b"].astype(np.float32)).max() > 0
    assert reader["tag.w"].shape == (3, 384)
    told: Any = record
    assert (told["retriever"]["steps"], told["reader"]["steps"]) == (3, 2)
    assert list(told["retriever"]["figures"]) == ["hit@1", "hit@3", "hit@5", "hit@10"]
    assert list(told["reader"]["figures"]) == ["auroc", "verdict", "polarity", "span_f1"]
    before = load_file(small / "retriever.safetensors")
    assert learn(Wanted(small, only="retriever"), few, said.append)["reader"] == told["reader"]
    after = load_file(small / "retriever.safetensors")
    assert all(np.array_equal(before[name], after[name]) for name in before)


def test_it_learns_on_from_the_adapters_of_the_package(small: Path, brief: Config) -> None:
    few = replace(brief, reader=replace(brief.reader, steps=1, rate=1e-6))
    for onward in (False, True):
        (small / "reader.checkpoint.safetensors").unlink(missing_ok=True)
        learn(Wanted(small, only="reader", onward=onward), few, lambda line: None)
        learnt = load_file(small / "reader.safetensors")["l0.q.b"].astype(np.float32)
        near = np.allclose(learnt, load_adapter("reader").tensors["l0.q.b"], atol=1e-5)
        assert near is onward


@pytest.mark.skipif(torch.cuda.is_available(), reason="about a machine without a GPU")
def test_a_device_that_is_not_there_is_named(tmp_path: Path, config: Config) -> None:
    with pytest.raises(InputError, match="没有可用的 CUDA 显卡，请改用 --device cpu"):
        learn(Wanted(tmp_path, "cuda"), config, print)


def test_what_answers_too_does_not_count_against_a_question() -> None:
    asked, answering = np.array([5, 5, 6]), np.array([0, 1, 2])
    hidden = _answering_too(asked, answering, np.array([0, 1, 2, 2, 7, 0]))
    assert hidden.tolist() == [
        [False, True, False, False, False, True],
        [True, False, False, False, False, False],
        [False, False, False, True, False, False],
    ]


def test_batches_hold_every_example_once() -> None:
    rng = np.random.default_rng(0)
    lengths = rng.integers(1, 200, 1003)
    batches = alike(lengths, 8, rng)
    assert sorted(np.concatenate(batches).tolist()) == list(range(1003))
    spread = [np.ptp(lengths[batch]) for batch in batches]
    assert np.mean(spread) < 15
    assert [len(batch) for batch in shuffled(10, 4, rng)] == [4, 4]
    assert [len(batch) for batch in shuffled(3, 4, rng)] == [3]


def test_auroc_counts_pairs() -> None:
    higher, lower = np.array([0.9, 0.5, 0.2]), np.array([0.5, 0.1])
    assert figures._auroc(higher, lower) == pytest.approx(4.5 / 6)
    tags: NDArray[np.int64] = np.array([0, 1, 2, 0, 1])
    assert figures._overlap(np.array([-1, 1, 2, 2]), tags) == pytest.approx(0.8)


def test_training_needs_torch_numpy_and_safetensors_only(small: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BLOCKED, "--out", str(small), "--smoke", "--device", "cpu"],
        cwd=CHECKOUT, capture_output=True, text=True, timeout=300, env=ONE_THREAD,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "reader 第 6/6 步" in done.stderr
    assert (small / "reader.safetensors").is_file()


def test_the_command_says_what_is_missing(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "eval.training", "--out", str(tmp_path)],
        cwd=CHECKOUT, capture_output=True, text=True, timeout=300, env=ONE_THREAD,
    )  # fmt: skip
    assert done.returncode == 1
    assert "没有训练数据" in done.stderr
    assert done.stderr.count("\n") == 1
