"""The sentence-transformers route, with small random BERT folders made here."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus.documents import Document
from corpus.errors import ModelError
from index.bundled.folder import FOLDER
from index.embedders import Embedder, EmbedderChoice, Prompts, load_embedder
from index.passages import cut

Make = Callable[..., Path]
WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "query", "passage"]
CHARACTERS = list(":：问答今年改造燃气管网公里老旧小区为这个句子")
BGE = "为这个句子生成表示以用于检索相关文章："


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Make a model folder of this name; all have the same random weights."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizer

    def make(name: str, **how: Any) -> Path:
        root = tmp_path_factory.mktemp("models")
        plain, folder = root / "plain", root / name
        plain.mkdir()
        (plain / "vocab.txt").write_text("\n".join(WORDS + CHARACTERS), encoding="utf-8")
        BertTokenizer(vocab=str(plain / "vocab.txt")).save_pretrained(plain)
        torch.manual_seed(2024)
        shape = BertConfig(
            vocab_size=len(WORDS + CHARACTERS), hidden_size=32, num_hidden_layers=2,
            num_attention_heads=2, intermediate_size=64, max_position_embeddings=64,
        )  # fmt: skip
        BertModel(shape).save_pretrained(plain)
        modules = [Transformer(str(plain)), Pooling(32)]
        SentenceTransformer(modules=modules, device="cpu", **how).save(str(folder))
        return folder

    return make


def _encode(folder: Path, texts: list[str]) -> Any:
    """Return what the library itself gives for texts that carry their prompts already."""
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(folder)).encode(texts, prompt="", normalize_embeddings=True)


def _load(folder: Path, query: str | None = None, passage: str | None = None) -> Embedder:
    return load_embedder(EmbedderChoice(str(folder), Path("unused"), query, passage))


def test_given_prompts_are_put_before_questions_and_passages(make: Make) -> None:
    folder = make("model")
    embedder = _load(folder, "query: ", "passage: ")
    question, passage, other = _encode(folder, ["query: 改造", "passage: 改造", "passage: 燃气"])
    assert (embedder.name, embedder.dimension) == (str(folder), 32)
    assert embedder.prompts == Prompts("query: ", "passage: ")
    np.testing.assert_allclose(embedder.embed_query("改造"), question, atol=1e-6)
    given = embedder.embed_passages(["改造", "燃气"])
    np.testing.assert_allclose(given, [passage, other], atol=1e-6)
    assert float(question @ passage) < 0.999


def test_a_model_without_prompts_gets_none(make: Make) -> None:
    folder = make("model")
    embedder = _load(folder)
    assert embedder.prompts == Prompts("", "")
    expected = _encode(folder, ["改造"])[0]
    np.testing.assert_allclose(embedder.embed_query("改造"), expected, atol=1e-6)


def test_the_prompts_of_the_folder_count_once_and_can_be_replaced(make: Make) -> None:
    own = {"query": "问：", "document": "答："}
    folder = make("bge-small-zh", prompts=own, default_prompt_name="query")
    embedder = _load(folder)
    assert embedder.prompts == Prompts("问：", "答：")  # not those known for the name
    expected = _encode(folder, ["问：改造", "答：改造"])
    np.testing.assert_allclose(embedder.embed_query("改造"), expected[0], atol=1e-6)
    np.testing.assert_allclose(embedder.embed_passages(["改造"])[0], expected[1], atol=1e-6)
    assert _load(folder, query="", passage=None).prompts == Prompts("", "答：")
    assert _load(folder, query=None, passage="").prompts == Prompts("问：", "")


@pytest.mark.parametrize(
    ("name", "prompts"),
    [
        ("bge-small-zh-v1.5", Prompts(BGE)),
        ("BGE-Large-zh", Prompts(BGE)),
        ("multilingual-e5-base", Prompts("query: ", "passage: ")),
        ("text2vec-base-chinese", Prompts()),
    ],
)
def test_known_families_get_their_published_prompts(
    make: Make, name: str, prompts: Prompts
) -> None:
    folder = make(name)
    embedder = _load(folder)
    assert embedder.prompts == prompts
    expected = _encode(folder, [f"{prompts.query}改造"])[0]
    np.testing.assert_allclose(embedder.embed_query("改造"), expected, atol=1e-6)


def test_the_family_is_told_by_the_name_not_by_where_the_folder_stands(make: Make) -> None:
    assert _load(make("node5-disk/model")).prompts == Prompts()


def test_no_passages_give_no_vectors(make: Make) -> None:
    assert _load(make("model")).embed_passages([]).shape == (0, 32)


def test_progress_is_told_at_the_end(make: Make) -> None:
    told: list[int] = []
    _load(make("model")).embed_passages(["改造", "燃气", "管网"], told.append)
    assert told == [3]


def test_a_trailing_slash_makes_no_other_model(make: Make) -> None:
    folder = make("model")
    assert load_embedder(EmbedderChoice(f"{folder}/")).name == str(folder)


def test_a_folder_with_a_colon_is_a_folder(make: Make) -> None:
    assert _load(make("openai:small")).dimension == 32


@pytest.mark.parametrize("name", ["missing", "empty", "garbage"])
def test_what_is_no_model_folder_is_an_error_that_names_the_variable(
    tmp_path: Path, name: str
) -> None:
    folder = tmp_path / name
    if name != "missing":
        folder.mkdir()
    if name == "garbage":
        (folder / "modules.json").write_text("{")
    with pytest.raises(ModelError) as caught:
        _load(folder)
    assert str(caught.value) == (
        f"无法加载嵌入模型“{folder}”，请检查名称或目录（JINWEN_EMBEDDING_MODEL），"
        "离线时请指向本地目录，或去掉该变量以使用内置模型"
    )


def test_the_prepared_folder_is_the_plain_model_in_floats(
    plain: Embedder, models: Path, report: Document
) -> None:
    passages, _ = cut([report])
    texts = [p.text(report) for p in passages if p.kind == "sentence"][:20]
    floats = _load(models / FOLDER)
    assert (floats.prompts, floats.dimension) == (plain.prompts, plain.dimension)
    cosines = (floats.embed_passages(texts) * plain.embed_passages(texts)).sum(axis=1)
    assert cosines.min() > 0.999
    for text in texts[:3]:
        assert floats.embed_query(text) @ plain.embed_query(text) > 0.999
