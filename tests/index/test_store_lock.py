"""One writer at a time, across processes."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from corpus.errors import StoreError
from index.store import Store

Publish = Callable[[Store, str], str]
CHECKOUT = Path(__file__).parents[2]

_HOLD = """
import sys
from pathlib import Path
from index.store import Store
with Store(Path(sys.argv[1])).writing("index add"):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def _other_writer(store: Store) -> Iterator[subprocess.Popen[str]]:
    """A process of its own that holds the lock."""
    command = [sys.executable, "-c", _HOLD, str(store.root)]
    with subprocess.Popen(
        command, cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        try:
            assert child.stdout is not None
            assert child.stdout.readline() == "held\n"
            yield child
        finally:
            child.kill()


def test_a_second_writer_is_told_who_the_first_is(home: Path, publish: Publish) -> None:
    store = Store(home / "index")
    name = publish(store, "旧")
    with _other_writer(store) as child:
        with pytest.raises(StoreError) as caught:
            publish(store, "新")
        assert str(caught.value) == (
            f"索引正被另一个程序写入（进程 {child.pid}，index add），请等它结束后再试"
        )
        assert store.names() == [name]
        assert store.read(store.current()).files["a.txt"] == "旧".encode()  # reading needs no lock
        owner = store.root / "writer.json"
        for record in ("", "[]", '{"pid": 1}'):
            owner.write_text(record)
            with pytest.raises(StoreError, match="（进程未知）"):
                publish(store, "新")
        owner.unlink()
        with pytest.raises(StoreError, match="（进程未知）"):
            publish(store, "新")


def test_a_killed_writer_leaves_no_lock_behind(home: Path, publish: Publish) -> None:
    store = Store(home / "index")
    with _other_writer(store) as child:
        child.kill()
        child.wait()
    assert (store.root / "writer.json").exists()
    assert publish(store, "新") == store.current()
    assert not (store.root / "writer.json").exists()


def test_a_writer_that_ends_its_work_lets_the_next_one_in(home: Path, publish: Publish) -> None:
    store = Store(home / "index")
    with _other_writer(store) as child:
        child.communicate("")
    assert not (store.root / "writer.json").exists()
    assert publish(store, "新") == store.current()


def test_two_writers_in_one_process_exclude_each_other(home: Path, publish: Publish) -> None:
    store = Store(home / "index")
    with store.writing("index build"), pytest.raises(StoreError, match=f"进程 {os.getpid()}，"):
        publish(Store(home / "index"), "新")
    assert publish(store, "新") == store.current()
