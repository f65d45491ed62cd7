"""Small homes to be broken: one report, in two editions that are told apart by every figure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from corpus.documents import Document
from index.embedders import Embedder, EmbedderChoice, Progress, Prompts, Vectors, load_embedder
from index.store import Store
from index.upkeep import Upkeep
from ui.settings import Settings

_TOLD = (
    "改造燃气管网{}公里",
    "新建口袋公园{}个",
    "新增养老床位{}张",
    "建设充电桩{}台",
    "改造老旧小区{}个",
)


def edition(number: int) -> Document:
    """Return the report in one edition; no two editions share a figure."""
    lines = [f"今年{told.format(number * 10 + k)}。" for k, told in enumerate(_TOLD)]
    text = "\n".join(("临江市人民政府工作报告", "一、今年的工作", *lines))
    return Document("linjiang", "临江市人民政府工作报告", text, plan_year=2026)


def models() -> Path:
    """Return where the prepared models are."""
    return Settings().models


def embedder() -> Embedder:
    """Return the bundled model on one thread, which outlives a fork."""
    return load_embedder(EmbedderChoice(models=models(), threads=1))


def published(home: Path, model: Embedder, *numbers: int) -> Store:
    """Return the store of a home in which editions were published one after another."""
    store = Store(home / "index")
    for number in numbers:
        Upkeep(store, model).replace([edition(number)])
    return store


def texts(store: Store) -> list[str]:
    """Return the texts of the version in use, read whole; raises StoreError where it is not."""
    return [d.text for d in store.open(store.current()).documents.values()]


@dataclass(frozen=True)
class Remembering:
    """An embedder that embeds no text twice: what is left of re-indexing is the writing."""

    real: Embedder
    known: dict[str, Vectors] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Return the name of the real one."""
        return self.real.name

    @property
    def dimension(self) -> int:
        """Return the length of a vector."""
        return self.real.dimension

    @property
    def prompts(self) -> Prompts:
        """Return the prompts of the real one."""
        return self.real.prompts

    def embed_query(self, text: str) -> Vectors:
        """Return the vector of a question."""
        return self.real.embed_query(text)

    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return the vectors of texts, one a row."""
        fresh = [text for text in texts if text not in self.known]
        if fresh:
            self.known.update(zip(fresh, self.real.embed_passages(fresh), strict=True))
        if progress:
            progress(len(texts))
        return np.array([self.known[text] for text in texts], np.float32)


def shipped_report(home: Path) -> Store:
    """Return the store of a home with the shipped report in it."""
    store = Store(home / "index")
    Upkeep(store, embedder()).rebuild()
    return store
