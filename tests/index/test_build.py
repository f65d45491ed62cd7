from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest

from corpus.documents import Document
from corpus.errors import ModelError, StoreError
from index.build import build
from index.contents import Contents
from index.embedders import Embedder, Progress, Prompts, Vectors
from index.folding import fold
from index.store import Store

POOL = Document(
    "pool", "体育", "全市新建滑冰馆9座。\n改造游泳馆3座。", "md", "a.md", "市体育局", "2024", 2024
)
PARK = Document("park", "公园", "新建口袋公園５０个。")


@dataclass(eq=False)
class Recording:
    """An embedder that notes which texts of documents it is asked to embed."""

    inner: Embedder
    name: str = "toy"
    prompts: Prompts = field(init=False)
    dimension: int = field(init=False)
    seen: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.prompts, self.dimension = self.inner.prompts, self.inner.dimension

    def embed_query(self, text: str) -> Vectors:
        return self.inner.embed_query(text)

    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        self.seen += texts
        halves = texts[: len(texts) // 2], texts[len(texts) // 2 :]
        return np.concatenate([self.inner.embed_passages(half, progress) for half in halves])


@pytest.fixture
def recording(toy: Embedder) -> Recording:
    return Recording(toy)


@pytest.fixture
def store(home: Path) -> Store:
    return Store(home / "index")


def _build(store: Store, documents: list[Document], embedder: Embedder) -> Contents:
    with store.writing("index build"):
        name = build(store, documents, embedder)
    assert name == store.current()
    return store.open(name)


def test_a_version_holds_what_was_put_in(store: Store, recording: Recording) -> None:
    made = _build(store, [POOL, PARK], recording)
    assert made.documents == {"pool": POOL, "park": PARK}
    assert [p.text(made.documents[p.document_id]) for p in made.passages] == [
        "全市新建滑冰馆9座。", "改造游泳馆3座。", "新建口袋公園５０个。",
    ]  # fmt: skip
    manifest = made.manifest
    assert manifest.documents == {"pool": POOL.digest, "park": PARK.digest}
    assert (manifest.embedder, manifest.dimension, manifest.passages) == ("toy", 64, 3)
    assert (manifest.query_prompt, manifest.passage_prompt) == ("问：", "文：")
    assert sorted(manifest.files) == [
        "blocks.jsonl", "documents.jsonl", "lexicon.npz", "passages.jsonl", "vectors.faiss",
    ]  # fmt: skip
    manifest.require(recording)


def test_what_is_embedded_is_the_place_and_the_words_folded(
    store: Store, recording: Recording
) -> None:
    made = _build(store, [POOL, PARK], recording)
    assert recording.seen == [
        "2024年体育:全市新建滑冰馆9座。", "2024年体育:改造游泳馆3座。", "公园:新建口袋公园50个。",
    ]  # fmt: skip
    assert recording.seen == [fold(made.embedded_text(passage)) for passage in made.passages]
    expected = recording.inner.embed_passages(recording.seen)
    for row in range(3):
        np.testing.assert_allclose(made.vectors.rows(np.array([row]))[0], expected[row], atol=1e-6)


def test_known_texts_are_not_embedded_again(store: Store, recording: Recording) -> None:
    before = _build(store, [POOL], recording)
    recording.seen.clear()
    after = _build(store, [PARK, POOL], recording)
    assert recording.seen == ["公园:新建口袋公园50个。"]
    for row in range(2):
        np.testing.assert_allclose(
            after.vectors.rows(np.array([row + 1]))[0],
            before.vectors.rows(np.array([row]))[0],
            atol=1e-7,
        )
    recording.seen.clear()
    _build(store, [PARK, POOL], recording)
    assert recording.seen == []


def test_a_text_that_stands_twice_is_embedded_once(store: Store, recording: Recording) -> None:
    made = _build(store, [PARK, replace(PARK, id="again")], recording)
    assert recording.seen == ["公园:新建口袋公园50个。"]
    assert (
        made.vectors.rows(np.array([0]))[0].tolist() == made.vectors.rows(np.array([1]))[0].tolist()
    )


def test_another_title_is_another_text(store: Store, recording: Recording) -> None:
    _build(store, [PARK], recording)
    recording.seen.clear()
    _build(store, [replace(PARK, title="绿地")], recording)
    assert recording.seen == ["绿地:新建口袋公园50个。"]


def test_another_embedder_embeds_everything(store: Store, toy: Embedder) -> None:
    _build(store, [POOL, PARK], toy)
    other = Recording(toy, name="toy-2")
    made = _build(store, [POOL, PARK], other)
    assert len(other.seen) == 3
    assert made.manifest.embedder == "toy-2"


def test_a_damaged_version_lends_no_vectors(store: Store, recording: Recording) -> None:
    _build(store, [POOL], recording)
    path = store.root / "versions" / store.current() / "vectors.faiss"
    path.write_bytes(path.read_bytes()[:-1])
    recording.seen.clear()
    _build(store, [POOL], recording)
    assert len(recording.seen) == 2


def test_the_watcher_is_told_how_far_the_new_passages_are(
    store: Store, recording: Recording
) -> None:
    told: list[tuple[int, int]] = []
    with store.writing("index build"):
        build(store, [POOL, PARK], recording, lambda done, total: told.append((done, total)))
        build(store, [POOL, PARK], recording, lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (3, 3)]


def test_an_index_of_nothing_can_be_built_and_opened(store: Store, recording: Recording) -> None:
    made = _build(store, [], recording)
    assert (made.documents, made.passages, made.blocks, len(made.vectors)) == ({}, (), (), 0)
    assert recording.seen == []


def test_vectors_that_are_no_numbers_are_not_published(store: Store, toy: Embedder) -> None:
    class Broken(Recording):
        def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
            return np.full((len(texts), self.dimension), np.nan, np.float32)

    with pytest.raises(ModelError, match="无效向量"):
        _build(store, [POOL], Broken(toy))
    with pytest.raises(StoreError, match="还没有索引"):
        store.current()


def test_documents_of_any_text_come_back_exactly(store: Store, toy: Embedder) -> None:
    text = "改造\r\n管网。\u2028新建\x85公园。\x1e“𠮷”\\n\u2029ﷺ\n"
    strange = Document("s", "题\n\u2028", text, "pdf", note="注\n")
    made = _build(store, [strange, POOL], toy)
    assert list(made.documents.values()) == [strange, POOL]
    assert store.documents(store.current()) == [strange, POOL]
    assert [p.section for p in made.passages] == [()] * len(made.passages)
