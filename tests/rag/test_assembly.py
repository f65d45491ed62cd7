from pathlib import Path

import pytest

from corpus.documents import Document
from corpus.errors import StoreError
from index.embedders import EmbedderChoice
from rag.assembly import Assembly, Config


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
