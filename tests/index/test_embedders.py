"""What any embedder owes, and the bundled one for real."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from corpus.documents import Document
from corpus.errors import ModelError
from index.bundled.folder import FOLDER, PIECES, RETRIEVER_GRAPH, WORDS
from index.embedders import BUNDLED, Embedder, EmbedderChoice, Prompts, load_embedder, unit
from index.passages import cut

GAS = "今年要改造多少公里燃气管网？"


@pytest.fixture(scope="module")
def sentences(report: Document) -> list[str]:
    passages, _ = cut([report])
    return [p.text(report) for p in passages if p.kind == "sentence"][:20]


def test_unit_scales_rows_to_length_one() -> None:
    rows = unit(np.array([[3.0, 4.0], [0.0, -2.0]]))
    np.testing.assert_allclose(rows, [[0.6, 0.8], [0.0, -1.0]], atol=1e-7)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(unit(np.array([3.0, 4.0])), [0.6, 0.8], atol=1e-7)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf, 0.0])
def test_unit_refuses_what_has_no_direction(bad: float) -> None:
    with pytest.raises(ModelError, match=r"嵌入模型返回了无效向量.*JINWEN_EMBEDDING_MODEL"):
        unit(np.array([[3.0, 4.0], [bad, 0.0]]))


def test_the_bundled_embedder_is_the_default_and_says_what_it_is(
    embedder: Embedder, models: Path
) -> None:
    assert EmbedderChoice().model == BUNDLED == "bundled"
    assert embedder.name == "multilingual-e5-small-q4-gov1"
    assert embedder.dimension == 384
    assert embedder.prompts == Prompts("query: ", "passage: ")


def test_vectors_have_length_one(embedder: Embedder, sentences: list[str]) -> None:
    rows = embedder.embed_passages(sentences)
    assert rows.shape == (20, 384)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-6)
    assert np.linalg.norm(embedder.embed_query(GAS)) == pytest.approx(1.0, abs=1e-6)


def test_a_batch_gives_what_single_calls_give(embedder: Embedder, sentences: list[str]) -> None:
    together = embedder.embed_passages(sentences)
    alone = np.concatenate([embedder.embed_passages([text]) for text in sentences])
    np.testing.assert_allclose(together, alone, atol=1e-3)
    assert (together @ alone.T).argmax(axis=1).tolist() == list(range(20))


def test_a_question_is_nearest_to_its_answer(embedder: Embedder, report: Document) -> None:
    passages, _ = cut([report])
    texts = [passage.text(report) for passage in passages]
    cosines = embedder.embed_passages(texts) @ embedder.embed_query(GAS)
    assert "燃气管网623公里" in texts[int(cosines.argmax())]


def test_questions_and_passages_are_embedded_differently(embedder: Embedder) -> None:
    cosine = float(embedder.embed_query(GAS) @ embedder.embed_passages([GAS])[0])
    assert 0.8 < cosine < 0.99


@pytest.mark.parametrize("text", ["", "\x00", "\n", "🧑\u200d🚀", "\ufdfa" * 5000, "改造" * 50_000])
def test_no_text_is_too_strange_or_too_long(embedder: Embedder, text: str) -> None:
    question, passages = embedder.embed_query(text), embedder.embed_passages([text, GAS])
    np.testing.assert_allclose(np.linalg.norm([question, *passages], axis=1), 1.0, atol=1e-6)


def test_half_a_character_is_not_too_strange(embedder: Embedder) -> None:
    assert np.linalg.norm(embedder.embed_query("燃气\ud83d")) == pytest.approx(1.0, abs=1e-6)


def test_no_threads_are_one_thread(models: Path, embedder: Embedder) -> None:
    alone = load_embedder(EmbedderChoice(models=models, threads=0))
    assert alone.embed_passages([GAS]).tolist() == embedder.embed_passages([GAS]).tolist()


def test_what_is_over_the_length_of_the_model_is_not_read(embedder: Embedder) -> None:
    long = embedder.embed_query("改造" * 50_000)
    assert long.tolist() == embedder.embed_query("改造" * 600 + "公园").tolist()
    assert long.tolist() != embedder.embed_query("改造" * 100 + "公园").tolist()


def test_no_passages_give_no_vectors(embedder: Embedder) -> None:
    assert embedder.embed_passages([]).shape == (0, 384)


def test_progress_adds_up_to_the_number_of_texts(embedder: Embedder, sentences: list[str]) -> None:
    told: list[int] = []
    embedder.embed_passages(sentences * 4, told.append)
    assert sum(told) == 80
    assert len(told) > 1
    assert min(told) > 0


def test_threads_share_one_embedder(embedder: Embedder, sentences: list[str]) -> None:
    expected = [embedder.embed_query(text).tolist() for text in sentences]
    with ThreadPoolExecutor(8) as pool:
        given = list(pool.map(lambda text: embedder.embed_query(text).tolist(), sentences))
    assert given == expected


def test_the_plain_encoder_is_another_model_with_other_vectors(
    embedder: Embedder, plain: Embedder, sentences: list[str]
) -> None:
    assert plain.name == "multilingual-e5-small-q4"
    assert (plain.dimension, plain.prompts) == (embedder.dimension, embedder.prompts)
    cosines = (plain.embed_passages(sentences) * embedder.embed_passages(sentences)).sum(axis=1)
    assert (np.abs(cosines) < 0.9).all()
    assert plain.embed_query(GAS) @ embedder.embed_query(GAS) < 0.9


def test_a_question_asked_again_has_the_same_vector_that_nobody_can_change(
    embedder: Embedder,
) -> None:
    first = embedder.embed_query(GAS)
    with pytest.raises(ValueError, match="read-only"):
        first[0] = 1.0
    assert embedder.embed_query(GAS) is first


@pytest.mark.parametrize("damaged", [PIECES, WORDS, RETRIEVER_GRAPH])
def test_a_damaged_model_file_is_an_error_that_names_the_folder(
    models: Path, tmp_path: Path, damaged: Path
) -> None:
    folder = tmp_path / FOLDER
    for file in (PIECES, WORDS, RETRIEVER_GRAPH, Path("hashes.json")):
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).symlink_to((models / FOLDER / file).resolve())
    (folder / damaged).unlink()
    (folder / damaged).write_bytes(b"\x08not a model")
    (folder / "prepared.json").write_text(json.dumps({str(damaged): 12}))
    with pytest.raises(ModelError) as caught:
        load_embedder(EmbedderChoice(models=tmp_path))
    assert str(caught.value) == f"内置模型已损坏，请删除“{folder}”后重试（会自动重新生成）"
    assert str(caught.value.__cause__) == f"{damaged} has changed since it was prepared"


def test_an_empty_name_is_an_error_of_ours() -> None:
    with pytest.raises(ModelError):
        load_embedder(EmbedderChoice(model=""))
