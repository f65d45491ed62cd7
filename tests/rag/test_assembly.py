import shutil
from pathlib import Path

import pytest

from corpus.documents import Document
from corpus.errors import ModelError, StoreError
from index.bundled.folder import FOLDER, READER_GRAPH
from index.embedders import EmbedderChoice
from rag.assembly import Assembly, Config
from rag.reader.trained import TrainedReader


def test_a_home_without_an_index_says_what_to_do(tmp_path: Path, models: Path) -> None:
    assembly = Assembly(Config(tmp_path, EmbedderChoice(models=models)))
    with pytest.raises(StoreError, match="请先运行 jinwen index build"):
        assembly.searcher()


def test_a_newly_published_version_is_served_and_an_open_one_stays_whole(
    tmp_path: Path, models: Path
) -> None:
    assembly = Assembly(Config(tmp_path, EmbedderChoice(models=models)))
    assembly.upkeep().rebuild()
    before = assembly.searcher()
    assert assembly.searcher() is before
    assembly.upkeep().add([Document("extra", "补充", "全市新建滑冰馆9座。")])
    after = assembly.searcher()
    assert after.contents.version != before.contents.version
    assert after.search("滑冰馆", 1)[0].text == "全市新建滑冰馆9座。"
    assert "滑冰馆" not in before.search("滑冰馆", 1)[0].text


def test_the_reader_is_loaded_once_and_by_no_search(assembly: Assembly) -> None:
    fresh = Assembly(Config(assembly.config.home, assembly.config.embedder))
    assert fresh.searcher().search("口袋公园", 1)
    assert fresh._reader is None
    reader = fresh.reader()
    assert isinstance(reader, TrainedReader)
    assert fresh.reader() is reader
    assert fresh.assistant(generate=False)._reader is reader


def test_without_its_reader_nothing_is_answered_but_all_is_found(
    assembly: Assembly, models: Path, tmp_path: Path
) -> None:
    folder = tmp_path / FOLDER
    shutil.copytree(models / FOLDER / "onnx", folder / "onnx")
    shutil.copy(models / FOLDER / "hashes.json", folder)
    (folder / READER_GRAPH).write_bytes(b"damaged")
    (folder / "prepared.json").write_text("{}")
    fresh = Assembly(Config(assembly.config.home, EmbedderChoice(models=tmp_path)))
    assert fresh.searcher().search("口袋公园", 1)
    with pytest.raises(ModelError, match="内置模型已损坏，请删除"):
        fresh.assistant()
