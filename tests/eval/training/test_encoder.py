"""The encoder in PyTorch is the one that the product runs, adapters included."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch
from numpy.typing import NDArray
from safetensors.numpy import load_file

from eval.training import adapters
from eval.training.arrays import Arrays
from eval.training.base import Base
from eval.training.batches import filled
from eval.training.config import Config
from eval.training.encoder import Encoder, pooled
from eval.training.layout import Layout
from eval.training.reader import CrossEncoder
from index.bundled.adapters import Adapter, load_adapter
from index.bundled.graph import build_encoder, build_reader
from index.bundled.session import padded
from index.bundled.weights import read_weights
from index.embedders.bundled import BundledEmbedder

TEXTS = ["一、过去一年工作回顾:新建口袋公园50个,改造燃气管网623公里,", "(一)办好民生实事"]


def _numbers(rows: list[list[int]], arrays: Arrays) -> tuple[torch.Tensor, torch.Tensor]:
    return filled([np.searchsorted(arrays.vocabulary, row) for row in rows])


def _passages(layout: Layout) -> list[list[int]]:
    return [layout.passage(text, 160) for text in TEXTS]


def _learn(module: Encoder) -> None:
    """Change everything that can be learnt a little, as if it had been."""
    torch.manual_seed(1)
    with torch.no_grad():
        for name, value in module.named_parameters():
            if value.requires_grad:
                value.add_(torch.randn_like(value) * (0.02 if name.endswith(".b") else 0.1))


def _adapter(path: Path) -> Adapter:
    """Read a file as `load_adapter` does those of the package."""
    return Adapter({name: value.astype(np.float32) for name, value in load_file(path).items()})


def _run(model: object, rows: list[list[int]]) -> list[NDArray[np.float32]]:
    data = model.SerializeToString()  # type: ignore[attr-defined]
    session = onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"])
    found: list[NDArray[np.float32]] = session.run(None, padded(rows))
    return found


def test_untrained_it_embeds_as_the_plain_encoder(
    whole_base: Base, arrays: Arrays, layout: Layout, models: Path, config: Config
) -> None:
    module = Encoder(whole_base, config.retriever).eval()
    with torch.no_grad():
        ids, mask = _numbers(_passages(layout), arrays)
        own = pooled(module(ids, mask), mask).numpy()
    plain = BundledEmbedder(models, plain=True).embed_passages(TEXTS)
    assert ((own * plain).sum(axis=1) > 0.999).all()


def test_an_adapter_means_in_the_product_what_it_meant_in_training(
    whole_base: Base, arrays: Arrays, layout: Layout, config: Config, tmp_path: Path
) -> None:
    module = Encoder(whole_base, config.retriever).eval()
    rows = _passages(layout)
    ids, mask = _numbers(rows, arrays)
    with torch.no_grad():
        plain = pooled(module(ids, mask), mask).numpy()
        _learn(module)
        own = pooled(module(ids, mask), mask).numpy()
    adapters.save(module, tmp_path / "retriever.safetensors")
    adapter = _adapter(tmp_path / "retriever.safetensors")
    (merged,) = _run(build_encoder(read_weights(), adapter), rows)
    assert ((own * plain).sum(axis=1) < 0.99).all()
    assert ((own * merged).sum(axis=1) > 0.9999).all()


def test_and_so_do_the_heads_of_the_reader(
    whole_base: Base, arrays: Arrays, layout: Layout, config: Config, tmp_path: Path
) -> None:
    module = CrossEncoder(whole_base, config.reader).eval()
    _learn(module)
    rows = [layout.row("口袋公园新建几个?", "青海省 工作回顾", TEXTS)[0]] * 2
    with torch.no_grad():
        verdicts, tags, _ = module.read(*_numbers(rows, arrays))
    adapters.save(module, tmp_path / "reader.safetensors")
    adapter = _adapter(tmp_path / "reader.safetensors")
    said = _run(build_reader(read_weights(), adapter), rows)
    length = len(rows[0])
    for own, theirs in zip((verdicts, tags[:, :length]), said, strict=True):
        np.testing.assert_allclose(own.numpy().reshape(theirs.shape), theirs, atol=0.02)


def test_names_and_halves_are_those_of_the_shipped_adapters(
    whole_base: Base, config: Config, tmp_path: Path
) -> None:
    from index.bundled import adapters as shipped

    for name, module in (
        ("retriever", Encoder(whole_base, config.retriever)),
        ("reader", CrossEncoder(whole_base, config.reader)),
    ):
        adapters.save(module, tmp_path / f"{name}.safetensors")
        own = load_file(tmp_path / f"{name}.safetensors")
        theirs = load_file(Path(shipped.__file__).parent / f"{name}.safetensors")
        assert {k: (v.shape, v.dtype) for k, v in own.items()} == {
            k: (v.shape, v.dtype) for k, v in theirs.items()
        }


def test_what_learns_on_begins_where_the_package_is(
    whole_base: Base, config: Config, tmp_path: Path
) -> None:
    carried = load_adapter("reader").tensors
    module = CrossEncoder(whole_base, config.reader)
    adapters.begin(module, carried)
    adapters.save(module, tmp_path / "again.safetensors")
    again = load_file(tmp_path / "again.safetensors")
    assert again.keys() == carried.keys()
    for name, value in again.items():
        np.testing.assert_allclose(value.astype(np.float32), carried[name], rtol=1e-3, atol=1e-7)


def test_frozen_layers_stay_and_are_saved_as_they_were(
    whole_base: Base, config: Config, tmp_path: Path
) -> None:
    module = CrossEncoder(whole_base, replace(config.reader, frozen=11))
    adapters.begin(module, load_adapter("reader").tensors)
    adapters.save(module, tmp_path / "before.safetensors")
    _learn(module)
    adapters.save(module, tmp_path / "after.safetensors")
    before, after = (load_file(tmp_path / f"{name}.safetensors") for name in ("before", "after"))
    changed = {name for name, value in after.items() if not np.array_equal(value, before[name])}
    assert {name.partition(".")[0] for name in changed} == {"l11", "tag", "ptr", "c1", "c2"}


@pytest.mark.parametrize("kept", [0.0, 0.5, 1.0])
def test_a_share_of_what_was_learnt_is_kept(shallow: Base, config: Config, kept: float) -> None:
    module = Encoder(shallow, config.retriever)
    _learn(module)
    before = {name: value.detach().clone() for name, value in module.named_parameters()}
    adapters.settle(module, shallow, kept)
    after = dict(module.named_parameters())
    assert torch.equal(after["l0.fo.b"], before["l0.fo.b"] * kept)
    assert torch.equal(after["l0.fo.a"], before["l0.fo.a"])
    start = torch.from_numpy(shallow.floats("l0.aln.w").copy())
    expected = start + kept * (before["l0.aln.weight"] - start)
    torch.testing.assert_close(after["l0.aln.weight"], expected)
