"""The command line in this process, on one home."""

import json
from pathlib import Path
from typing import Any

import pytest

from ui.cli.main import main


class Jinwen:
    """Runs `jinwen` on one home and returns status, stdout and stderr."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.home, self._capsys = home, capsys

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        status = main(["--home", str(self.home), *arguments])
        out, err = self._capsys.readouterr()
        return status, out, err

    def json(self, *arguments: str) -> Any:
        status, out, err = self(*arguments, "--json")
        assert status == 0, err
        return json.loads(out)
