"""The second step: adapters from arrays.

What it imports has to be installed only as far as PyTorch, NumPy and safetensors: it runs on a
machine that has nothing else.
"""

import json
from argparse import Namespace
from collections.abc import Callable
from dataclasses import asdict, dataclass
from hashlib import sha256
from math import isfinite
from pathlib import Path

import torch

from corpus.errors import InputError
from eval.training import adapters, arrays, base, figures
from eval.training.arrays import Arrays
from eval.training.base import Base
from eval.training.config import Config
from eval.training.loop import Run, train
from eval.training.progress import Progress
from eval.training.reader import Reader
from eval.training.retriever import Retriever
from eval.training.writing import whole
from index.bundled.adapters import load_adapter

NAMES = ("retriever", "reader")
RECORD = "record.json"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is trained, where, on what and for how long; `seconds` are those of one adapter.

    `onward` begins with the adapters of the package.
    """

    out: Path
    device: str = "cpu"
    only: str | None = None
    seconds: float | None = None
    onward: bool = False

    @classmethod
    def of(cls, options: Namespace) -> "Wanted":
        """Return what a command line asks for."""
        return cls(options.out, options.device, options.only, options.seconds, options.onward)


def learn(wanted: Wanted, config: Config, tell: Callable[[str], None]) -> dict[str, object]:
    """Train, write `NAME.safetensors` for each adapter, and return and write the record.

    Goes on from checkpoints beside them. Raises InputError when there are no arrays or no such
    device, or a checkpoint does not fit.
    """
    if wanted.device == "cuda" and not torch.cuda.is_available():
        raise InputError("这台机器没有可用的 CUDA 显卡，请改用 --device cpu")
    found, start = arrays.load(wanted.out / arrays.FILE), base.load(wanted.out / base.FILE)
    tell(f"训练数据：{len(found.pairs)} 对问题与段落，{len(found.rows)} 个窗口")
    apart = wanted.out / arrays.DEVELOPMENT
    held = arrays.load(apart) if apart.exists() else None
    record = _read(wanted.out / RECORD)
    for name in (wanted.only,) if wanted.only else NAMES:
        record[name] = _adapter(name, wanted, config, found, held, start, tell)
        with whole(wanted.out / RECORD) as beside:
            beside.write_text(json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8")
    return _read(wanted.out / RECORD)


def _adapter(
    name: str, wanted: Wanted, config: Config, found: Arrays, held: Arrays | None, start: Base,
    tell: Callable[[str], None],
) -> dict[str, object]:  # fmt: skip
    """Train one adapter, write it and return its record."""
    torch.manual_seed(config.seed)
    task: Retriever | Reader
    if name == "retriever":
        task = Retriever(start, found, config.retriever, wanted.device)
    else:
        task = Reader(start, found, config.reader, wanted.device)
    if wanted.onward:
        adapters.begin(task.module, load_adapter(name).tensors)
    file = wanted.out / f"{name}.checkpoint.safetensors"
    made = _digest(
        wanted.out / arrays.FILE, json.dumps([config.seed, wanted.onward, asdict(task.recipe)])
    )
    progress = train(task, Run(config.seed, file, made, wanted.seconds, tell))
    adapters.settle(task.module, start, task.recipe.kept)
    adapters.save(task.module, wanted.out / f"{name}.safetensors")
    tell(f"已写入 {wanted.out / f'{name}.safetensors'}")
    measured = _measured(task, held) if held else {}
    for what, value in measured.items():
        tell(f"{name} {what} {value:.3f}")
    return {**_told(progress), "figures": measured, "recipe": asdict(task.recipe)}


def _measured(task: Retriever | Reader, held: Arrays) -> dict[str, float]:
    if isinstance(task, Retriever):
        return figures.retrieved(task, held)
    return {what: value for what, value in figures.read(task, held).items() if isfinite(value)}


def _told(progress: Progress) -> dict[str, object]:
    first, last = progress.losses[:20], progress.losses[-20:]
    return {
        "steps": progress.step,
        "seconds": round(progress.seconds, 1),
        "first_loss": sum(first) / max(1, len(first)),
        "last_loss": sum(last) / max(1, len(last)),
    }


def _digest(path: Path, more: str) -> str:
    return sha256(path.read_bytes() + more.encode()).hexdigest()


def _read(path: Path) -> dict[str, object]:
    """Return the record of adapters that were trained here before."""
    if not path.exists():
        return {}
    found: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
    return found
