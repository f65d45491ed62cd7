from pathlib import Path

import pytest

from corpus.errors import CorpusError
from corpus.loaders import parsing


@pytest.mark.parametrize("mark", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_cells_are_apart_whatever_separates_them(tmp_path: Path, mark: str, encoding: str) -> None:
    lines = ["表2 民生实事", "指标,2024年,2025年", '"新增\n学位",1200,1300', "养老,5"]
    text = "\n".join(lines).replace(",", mark)
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    parsed = parsing.extract(tmp_path / "a.csv", "csv")
    assert parsed.text == "表2 民生实事\n指标\t2024年\t2025年\n新增 学位\t1200\t1300\n养老\t5"
    assert parsed.layout.tables[0].caption == "表2 民生实事"


def test_a_comma_inside_quotes_is_the_cells_own(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('指标,数量\n就业,"1,200"\n')
    assert parsing.extract(tmp_path / "a.csv", "csv").text == "指标\t数量\n就业\t1,200"


def test_a_file_of_too_many_columns_or_none_of_ours_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("," * 3_000_000)
    with pytest.raises(CorpusError, match=r"无法解析“a\.csv”"):
        parsing.extract(tmp_path / "a.csv", "csv")
    (tmp_path / "b.csv").write_bytes(b"\x80\xff,\xff\n")
    with pytest.raises(CorpusError, match=r"“b\.csv”"):
        parsing.extract(tmp_path / "b.csv", "csv")
