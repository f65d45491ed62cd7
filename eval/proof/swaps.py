"""Twenty readers while the index is changed a hundred times: every answer is of one version."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

import httpx
import psutil

from corpus.errors import BusyError
from eval.proof import Control, Proof, homes
from eval.proof.serving import Served, served
from index.embedders import Embedder
from index.store import Store
from index.upkeep import Upkeep

_READERS = 20
_QUESTION = "今年要改造多少公里燃气管网？"


def prove(size: int = 100) -> Proof:
    """Publish `size` versions, of two editions in turn, while a real server is asked."""
    model = homes.embedder()
    with TemporaryDirectory(prefix="proof-") as folder:
        home = Path(folder) / "home"
        store = homes.published(home, model, 1)
        with served(home) as server:
            _read(server, Event(), 2)
            before = psutil.Process(server.pid).num_fds()
            read, told = _while_changing(server, store, model, size)
            after = psutil.Process(server.pid).num_fds()
            broken = server.tracebacks()
        loose = list(_loose(store, model, size))
    good = sum(read)
    return Proof(
        f"{_READERS} readers of a server while {size} versions are published",
        len(read), good if not broken and after <= before and told == size else 0,
        f"{len(read) - good} answers mixed or failed, {after - before:+d} descriptors, "
        f"a second writer told of the first {told} of {size} times",
        Control("quotes taken from the version in use a moment later", len(loose), sum(loose)),
    )  # fmt: skip


def _while_changing(
    server: Served, store: Store, model: Embedder, size: int
) -> tuple[list[bool], int]:
    """Return of each answer whether it held, and how often a second writer was refused by name."""
    done, told = Event(), 0
    with ThreadPoolExecutor(_READERS) as pool:
        readers = [pool.submit(_read, server, done) for _ in range(_READERS)]
        try:
            for n in range(size):
                Upkeep(store, model, lambda *_: None).replace([homes.edition(1 + (n + 1) % 2)])
                told += _is_refused(store, model)
        finally:
            done.set()
        return [held for reader in readers for held in reader.result()], told


def _read(server: Served, done: Event, most: int = 1_000_000) -> list[bool]:
    held: list[bool] = []
    with httpx.Client(timeout=60) as client:
        while not done.is_set() and len(held) < most:
            body = {"question": f"{_QUESTION}{'？' * (len(held) % 50)}"}  # none is remembered
            reply = client.post(f"{server.address}/api/ask", json=body)
            if reply.status_code == 503:  # more readers than seats: told so, asked again
                continue
            held.append(reply.status_code == 200 and _is_of_one(reply.json()))
    return held


def _is_of_one(answer: dict[str, object]) -> bool:
    """Tell whether version, headline and quotes are of one edition."""
    number = int(str(answer["index_version"]).partition("-")[0])
    edition = homes.edition(1 + (number + 1) % 2)
    cited = answer["citations"]
    quotes = [(c["start"], c["end"], c["quote"]) for c in cited] if isinstance(cited, list) else []
    figure = f"{10 if edition == homes.edition(1) else 20}公里"
    return (
        bool(quotes)
        and answer["short_answer"] == figure
        and all(edition.text[start:end] == quote for start, end, quote in quotes)
    )


def _is_refused(store: Store, model: Embedder) -> bool:
    """Tell whether somebody who writes while another does is told who that is."""
    with store.writing("index add"):
        try:
            Upkeep(Store(store.root), model).replace([homes.edition(9)])
        except BusyError as error:
            return "index add" in str(error)
    return False


def _loose(store: Store, model: Embedder, size: int) -> Iterator[bool]:
    """Yield whether a quote is right that is cut from the version in use a moment later."""
    for n in range(size):
        text = homes.edition(1 + n % 2).text
        start = text.index("改造燃气管网")
        Upkeep(store, model).replace([homes.edition(1 + (n + n % 3) % 2)])
        now = store.documents(store.current())[0].text
        yield now[start : start + 12] == text[start : start + 12]
