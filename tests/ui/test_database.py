"""Two machines that share one index: two homes, one database."""

from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from rag.assembly import Assembly
from tests.clusters import Cluster
from tests.jinwen import Jinwen
from tests.serving import serving
from ui.web.server import application

psycopg = pytest.importorskip("psycopg", reason="needs the extra postgres")

GAS = "今年要改造多少公里燃气管网？"
POOL = "# 体育\n\n今年全市新建滑冰馆9座。\n"


@pytest.fixture
def url(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> str:
    url = cluster.database()
    monkeypatch.setenv("JINWEN_INDEX_URL", url)
    return url


def test_what_one_machine_publishes_all_answer_from(
    url: str, assembly: Assembly, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here = Jinwen(tmp_path / "here", capsys)
    assert here("index", "build")[0] == 0
    there = Assembly(replace(assembly.config, home=tmp_path / "there", index_url=url))
    with serving(application(there)) as address, httpx.Client(base_url=address) as client:
        first = client.get("api/health").json()["index_version"]
        told = client.post("api/ask", json={"question": GAS}).json()
        assert (told["short_answer"], told["index_version"]) == ("623公里", first)
        (tmp_path / "pool.md").write_text(POOL, encoding="utf-8")
        assert here("index", "add", str(tmp_path / "pool.md"))[0] == 0
        told = client.post("api/ask", json={"question": "今年要建几座滑冰馆？"}).json()
        assert told["short_answer"] == "9座"
        assert told["index_version"] == here.json("index", "versions")[-1]["version"] != first
        assert here("index", "rollback", first)[0] == 0
        assert client.get("api/health").json()["index_version"] == first
    assert here("index", "verify")[0] == 0
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("UPDATE words SET idf = idf + 1 WHERE number = 0")
    status, _, err = here("index", "verify")
    assert (status, f"索引数据“{first}/words”已损坏" in err) == (1, True)
    assert not (tmp_path / "here" / "index").exists()


def test_a_database_that_is_not_there_is_told_in_one_line(
    monkeypatch: pytest.MonkeyPatch, assembly: Assembly, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setenv("JINWEN_INDEX_URL", "postgresql://jinwen@127.0.0.1:1/none")
    status, out, err = Jinwen(tmp_path / "here", capsys)("ask", GAS)
    assert (status, out) == (1, "")
    assert err == "jinwen: 索引数据库连接不上，请检查 JINWEN_INDEX_URL 和数据库后再试\n"
