"""Small homes to be broken: one report, in two editions that are told apart by every figure."""

from pathlib import Path

from corpus.documents import Document
from index.embedders import Embedder, EmbedderChoice, load_embedder
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
    from index.contents import unpack

    return [d.text for d in unpack(store.read(store.current())).documents.values()]
