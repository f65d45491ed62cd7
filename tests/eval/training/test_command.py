"""`jinwen eval train`, up to where the models would be loaded."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from eval.training import arrays as packed
from eval.training import base
from eval.training.base import Base
from ui.cli.main import main


def test_without_data_it_says_what_to_give(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["eval", "train", "--out", str(tmp_path / "out")]) == 1
    said = capsys.readouterr().err
    assert said == (f"jinwen: “{tmp_path / 'out'}”里还没有训练数据，请用 --data 指定放题目的目录\n")


def test_a_report_held_out_ends_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "上海市.jsonl").write_bytes(b"")
    given = ["--data", str(tmp_path), "--out", str(tmp_path / "out"), "--prepare"]
    assert main(["eval", "train", *given]) == 1
    assert "“上海市.jsonl”属于留作评测的报告（上海市）" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_with_arrays_it_trains_from_them(
    tmp_path: Path, prepared: Any, shallow: Base, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / packed.FILE).write_bytes((prepared.folder / packed.FILE).read_bytes())
    np.savez(tmp_path / base.FILE, allow_pickle=False, **shallow.tensors)
    given = ["--out", str(tmp_path), "--only", "reader", "--smoke", "--data", "elsewhere"]
    assert main(["eval", "train", *given]) == 0
    said = capsys.readouterr().err
    assert "要按 --data 重新生成请加 --prepare" in said
    assert "reader 第 6/6 步" in said
    assert (tmp_path / "reader.safetensors").is_file()
    assert not (tmp_path / "retriever.safetensors").exists()
