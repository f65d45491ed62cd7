"""Checkpoints: all that a training needs to go on as if nothing had stopped it, in safetensors."""

import json
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, nn

from corpus.errors import InputError
from eval.training.progress import Progress
from eval.training.writing import whole

_LEARNT, _MOMENTS = "learnt.", "moments."
_CHANCE, _CHANCE_CUDA = "chance", "chance.cuda"


def save(
    path: Path, module: nn.Module, optimizer: torch.optim.Optimizer, progress: Progress, made: str
) -> None:
    """Write what was learnt, the optimizer's state, the generators' and how far it is.

    `made` tells what data and recipe it belongs to.
    """
    tensors: dict[str, Tensor] = {_LEARNT + name: value for name, value in _learnt(module).items()}
    for number, state in optimizer.state_dict()["state"].items():
        tensors |= {f"{_MOMENTS}{number}.{key}": value for key, value in state.items()}
    tensors[_CHANCE] = torch.get_rng_state()
    if torch.cuda.is_available():
        tensors[_CHANCE_CUDA] = torch.cuda.get_rng_state()
    told = {"step": progress.step, "seconds": progress.seconds, "losses": progress.losses}
    plain = {name: value.detach().cpu().contiguous() for name, value in tensors.items()}
    with whole(path) as beside:
        save_file(plain, beside, {"made": made, "progress": json.dumps(told)})


def restore(path: Path, module: nn.Module, optimizer: torch.optim.Optimizer, made: str) -> Progress:
    """Put everything back as it was saved and return how far it was; nothing saved is step 0.

    Raises InputError when the checkpoint is damaged or of other data or another recipe.
    """
    if not path.exists():
        return Progress()
    try:
        with safe_open(path, "pt") as file:
            about = file.metadata()
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    except (SafetensorError, OSError) as error:
        raise InputError(f"检查点“{path}”已损坏，请删除它后重新训练") from error
    if about["made"] != made:
        raise InputError(f"检查点“{path}”属于别的数据或设置，请删除它，或换一个 --out 目录")
    for name, value in _learnt(module).items():
        value.data.copy_(tensors[_LEARNT + name])
    groups = optimizer.state_dict()["param_groups"]
    optimizer.load_state_dict({"state": _moments(tensors), "param_groups": groups})
    torch.set_rng_state(tensors[_CHANCE])
    if torch.cuda.is_available() and _CHANCE_CUDA in tensors:
        torch.cuda.set_rng_state(tensors[_CHANCE_CUDA])
    return Progress(**json.loads(about["progress"]))


def _learnt(module: nn.Module) -> dict[str, nn.Parameter]:
    return {name: value for name, value in module.named_parameters() if value.requires_grad}


def _moments(tensors: dict[str, Tensor]) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for name, value in tensors.items():
        if name.startswith(_MOMENTS):
            number, key = name.removeprefix(_MOMENTS).split(".")
            found.setdefault(int(number), {})[key] = value
    return found
