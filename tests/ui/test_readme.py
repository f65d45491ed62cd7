"""The examples of the README's section on HTTP, run as they stand against a real server."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.assembly import Assembly
from tests.serving import serving
from ui.web.api import api
from ui.web.guard import Guard
from ui.web.seats import Seats

_README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
_SECTION = _README.partition("## HTTP 接口")[2].partition("\n## ")[0]


@pytest.fixture(scope="module")
def address(assembly: Assembly) -> Iterator[str]:
    with serving(Guard(api(assembly, Seats()))) as address:
        yield address


def example(kind: str, address: str) -> str:
    (found,) = re.findall(f"```{kind}\n(.*?)```", _SECTION, re.DOTALL)
    return str(found).replace("http://127.0.0.1:7860/", address)


def test_the_python_example_prints_the_answer_and_its_quote(address: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", example("python", address)], capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    assert "出处：\n[1] 天津市人民政府工作报告" in ran.stdout
    assert "口袋公园" in ran.stdout.splitlines()[-1]


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
def test_the_curl_examples_answer(address: str) -> None:
    plain, streamed, passage = [
        subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=True).stdout
        for line in example("bash", address).splitlines()
    ]
    assert "口袋公园" in json.loads(plain)["citations"][0]["quote"]
    assert streamed.startswith("event: answer\n")
    assert "event: done\n" in streamed
    assert len(json.loads(passage)["text"]) == 20
