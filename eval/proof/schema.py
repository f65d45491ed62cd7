"""Schemathesis against the service's own description of its API: no status 5xx.

It runs as its own command, `st`, from beside this Python or from the PATH.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.proof import Control, Proof, homes
from eval.proof.careless import careless
from eval.proof.serving import served

_CHECKS = "not_a_server_error,content_type_conformance,response_schema_conformance"
_GENERATED = re.compile(r"(\d+) generated")
_SEED = "20"


def prove(size: int = 60) -> Proof:
    """Try `size` examples an operation, valid ones and invalid ones; raises where `st` is not."""
    with TemporaryDirectory(prefix="proof-") as folder:
        home = Path(folder) / "home"
        homes.published(home, homes.embedder(), 1)
        with served(home) as server:
            told, failed = _tried(
                f"{server.address}/api/openapi.json", server.address, size, folder
            )
            broken, errors = server.tracebacks(), server.errors()
            described = Path(folder) / "openapi.json"
            _fetch(f"{server.address}/api/openapi.json", described)
        with careless() as address:
            _, red = _tried(str(described), address, 5, folder)
    asked = sum(map(int, _GENERATED.findall(told)))
    return Proof(
        "what schemathesis makes of /api/openapi.json, /v1 among it, valid and invalid",
        asked, asked if not failed and not broken else 0,
        f"{failed} failures, {broken} tracebacks",
        Control("the same against a handler without any care", 1, int(not red)),
        {"errors": errors, "summary": told[-1500:] if failed else ""},
    )  # fmt: skip


def _tried(described: str, address: str, size: int, folder: str) -> tuple[str, int]:
    """Return what `st` says at its end, and how many failures it found."""
    command = shutil.which("st", path=str(Path(sys.executable).parent)) or shutil.which("st")
    if command is None:
        raise RuntimeError("schemathesis is not installed: pip install -e '.[dev]'")
    done = subprocess.run(
        [command, "run", described, "--url", address, "-c", _CHECKS, "-n", str(size),
         "--phases", "examples,coverage,fuzzing", "--seed", _SEED, "--continue-on-failure",
         "--warnings", "off", "--no-color"],
        cwd=folder, capture_output=True, text=True,  # it leaves a folder where it runs
    )  # fmt: skip
    told = done.stdout
    failed = re.findall(r"(\d+) (?:unique )?failures?", told)
    return told, max(map(int, failed), default=int(done.returncode != 0))


def _fetch(url: str, path: Path) -> None:
    import httpx

    path.write_text(json.dumps(httpx.get(url).json()), encoding="utf-8")
