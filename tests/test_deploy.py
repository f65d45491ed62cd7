"""What is said to whoever runs the service holds of the program, and the files are well formed."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from ui.settings import Settings

CHECKOUT = Path(__file__).parents[1]
DEPLOY = CHECKOUT / "deploy"
TOLD = [*sorted(DEPLOY.iterdir()), CHECKOUT / "docs" / "operating.md"]


@pytest.mark.parametrize("file", TOLD, ids=[file.name for file in TOLD])
def test_every_setting_that_is_named_is_one(file: Path) -> None:
    named = set(re.findall(r"JINWEN_([A-Z_]*[A-Z])\b", file.read_text(encoding="utf-8")))
    assert {name.lower() for name in named} <= set(Settings.model_fields)


def test_the_image_has_all_layers_and_the_torch_of_the_lock() -> None:
    recipe = (DEPLOY / "Containerfile").read_text()
    layers = [p.parent.name for p in sorted(CHECKOUT.glob("*/__init__.py"))]
    assert layers == ["corpus", "eval", "index", "rag", "ui"]
    assert [layer for layer in layers if f"COPY {layer} {layer}\n" not in recipe] == []
    (torch,) = re.findall(r"torch==\S+", recipe)
    assert torch in (CHECKOUT / "requirements.lock").read_text().split()


def test_the_proxy_tells_the_service_that_it_is_one() -> None:
    site = (DEPLOY / "nginx.conf").read_text()
    assert "proxy_set_header X-Forwarded-For " in site  # or /metrics is open to everybody
    assert "location = /jinwen/metrics {\n        return 404;" in site
    assert f"    server 127.0.0.1:{Settings().port};" in site
    assert "JINWEN_PROXIES=127.0.0.1" in site


@pytest.mark.skipif(not shutil.which("nginx"), reason="needs nginx")
def test_nginx_takes_the_site(tmp_path: Path) -> None:
    pair = ["-keyout", tmp_path / "privkey.pem", "-out", tmp_path / "fullchain.pem"]
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=a",
                    *pair], check=True, capture_output=True)  # fmt: skip
    site = (DEPLOY / "nginx.conf").read_text().replace("/etc/ssl/jinwen", str(tmp_path))
    sockets = (f"listen unix:{tmp_path}/{n}.sock" for n in range(9))  # nginx -t opens them
    site = re.sub(r"listen \S*\d+\b", lambda _: next(sockets), site)
    (tmp_path / "site.conf").write_text(site)
    (tmp_path / "nginx.conf").write_text(
        f"pid {tmp_path}/pid;\nevents {{}}\nhttp {{ include {tmp_path}/site.conf; }}\n"
    )
    said = subprocess.run(["nginx", "-t", "-c", tmp_path / "nginx.conf"], capture_output=True)
    assert said.returncode == 0, said.stderr.decode()


def test_one_process_and_several_are_run_alike() -> None:
    one, several = (
        [line for line in (DEPLOY / name).read_text().splitlines() if line[:1] != "#"]
        for name in ("jinwen.service", "jinwen@.service")
    )
    assert [(a, b) for a, b in zip(one, several, strict=True) if a != b] == [
        ("Description=jinwen, questions to government reports",
         "Description=jinwen, questions to government reports, on port %i"),
        ("ExecStart=/opt/jinwen/.venv/bin/jinwen serve",
         "ExecStart=/opt/jinwen/.venv/bin/jinwen serve --port %i"),
    ]  # fmt: skip


def test_the_compose_files_are_yaml_of_services() -> None:
    for name, services in (("compose.yaml", 1), ("compose.several.yaml", 3)):
        read = yaml.safe_load((DEPLOY / name).read_text(encoding="utf-8"))
        assert len(read["services"]) == services


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd")
@pytest.mark.parametrize("name", ["jinwen.service", "jinwen@.service"])
def test_systemd_takes_the_unit(tmp_path: Path, name: str) -> None:
    unit = (DEPLOY / name).read_text().replace("/opt/jinwen/.venv/bin/jinwen", "/bin/true")
    file = tmp_path / name.replace("@", "@7860")
    file.write_text(unit)
    said = subprocess.run(["systemd-analyze", "verify", file], capture_output=True)
    assert (said.returncode, said.stderr.decode()) == (0, "")
