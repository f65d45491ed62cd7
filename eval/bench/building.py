"""Building an index against embedding its passages alone."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.library import shipped
from eval.bench.measure import Ratio, medians_ms
from index.build import build
from index.folding import fold
from index.store import Store
from rag.assembly import Assembly
from ui.settings import Settings

_ROUNDS = 5


def ratios() -> Iterator[Ratio]:
    """Measure on the shipped report, each build in a fresh folder."""
    embedder = Assembly(Settings().config()).embedder()
    documents = shipped()
    with TemporaryDirectory() as folder:
        homes = (Store(Path(folder, str(i))) for i in range(_ROUNDS + 2))
        store = next(homes)
        contents = store.open(build(store, documents, embedder))
        texts = [fold(contents.embedded_text(passage)) for passage in contents.passages]
        whole, alone = medians_ms(
            lambda: build(next(homes), documents, embedder),
            lambda: embedder.embed_passages(texts),
            rounds=_ROUNDS,
        )
    yield Ratio("build the index / embed its passages", whole, alone, target=1.2)
