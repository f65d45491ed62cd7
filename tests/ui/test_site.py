import json
import os
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from corpus.errors import InputError
from rag.assembly import Assembly, Config
from rag.generation.choice import ChatChoice
from tests.scripted import scripted
from ui.site import ChangedError, Site, SiteFile
from ui.web.api import api
from ui.web.chat import Chat
from ui.web.seats import Seats

QUESTION = "今年改造多少公里燃气管网？"


def test_a_home_without_settings_has_the_defaults(home: Path) -> None:
    file = SiteFile(home)
    assert file.site == Site("津问", "", (), generation=True, hints=True, logging=False)
    assert (file.fault, file.edition) == ("", "")


def test_what_is_saved_is_read_by_another_at_once(home: Path) -> None:
    running, saving = SiteFile(home), SiteFile(home)
    assert running.site.name == "津问"
    site = Site("市民问答", "周六停机维护", ("甲？", "乙？"), generation=False, logging=True)
    saving.save(site, saving.edition)
    assert running.site == site
    saving.save(Site("市民问笑"), saving.edition)  # of the same size
    assert running.site == Site("市民问笑")
    (home / "site.json").unlink()
    assert running.site == Site()
    assert sorted(p.name for p in home.iterdir()) in (["site.lock"], [])


def test_the_second_of_two_who_save_is_told(home: Path) -> None:
    file = SiteFile(home)
    seen = file.edition
    file.save(Site("甲"), seen)
    with pytest.raises(ChangedError, match="刚被别人改过"):
        file.save(Site("乙"), seen)
    assert file.site.name == "甲"
    file.save(Site("乙"), file.edition)
    assert file.site.name == "乙"


@pytest.mark.parametrize(
    ("written", "why"),
    [
        (b"{", "内容无法识别"), (b"[1]", "内容无法识别"), (b"\xff", "内容无法识别"),
        (b'{"name": 5}', "内容无法识别"), (b'{"examples": 5}', "内容无法识别"),
        (b'{"name": "' + b"a" * 21 + b'"}', "名称有 21 个字，最多 20 个"),
        (b'{"logging": "yes"}', "开关只能是开或关"),
        (b'{"notice": "\\ud800"}', "公告里有看不见的字符"),
        (b"[" * 100_000, "内容无法识别"),
    ],
)  # fmt: skip
def test_a_damaged_file_is_said_in_one_line_and_the_defaults_hold(
    home: Path, written: bytes, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    home.mkdir()
    (home / "site.json").write_bytes(written)
    file = SiteFile(home)
    assert file.site == Site()
    assert file.fault.startswith(f"“site.json”{why}")
    assert capsys.readouterr().err == f"{file.fault}\n"
    file.save(Site("好了"), file.edition)
    assert (file.site.name, file.fault) == ("好了", "")


def test_texts_are_tidied_and_what_is_not_known_left_out() -> None:
    record = {"name": " 津 \u3000问\n", "examples": [" 甲？ ", "", "  "], "later": 1}
    assert Site.of(record) == Site("津 问", examples=("甲？",))


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ({"name": " "}, "名称不能是空的"),
        ({"name": "名" * 21}, "名称有 21 个字，最多 20 个"),
        ({"notice": "告" * 201}, "公告有 201 个字，最多 200 个"),
        ({"examples": ["问"] * 9}, "示例问题最多 8 个，现在有 9 个"),
        ({"examples": ["问", "问" * 61]}, "第 2 个示例问题有 61 个字，最多 60 个"),
        ({"notice": "a\u202eb"}, "公告里有看不见的字符"),
    ],
)
def test_limits_are_told_in_chinese(record: dict[str, object], said: str) -> None:
    with pytest.raises(InputError, match=said):
        Site.of(record)
    Site.of({"name": "名" * 20, "notice": "告" * 200, "examples": ["问" * 60] * 8})


def test_a_crash_while_saving_leaves_the_settings_before(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = SiteFile(home)
    file.save(Site("先"), "")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        file.save(Site("后"), file.edition)
    assert file.site.name == "先"
    assert sorted(p.name for p in home.iterdir()) == ["site.json", "site.lock"]


@pytest.fixture
def asking(assembly: Assembly, tmp_path: Path) -> Path:
    """A home of one's own with the index of the session's."""
    (tmp_path / "index").symlink_to(assembly.config.home / "index")
    return tmp_path


def test_switches_are_taken_up_without_a_restart(assembly: Assembly, asking: Path) -> None:
    with scripted() as served:
        chosen = ChatChoice("openai:m", served.address)
        made = Assembly(Config(asking, assembly.config.embedder, chosen))
        client, chat = TestClient(api(made, Seats())), Chat(made, Seats())

        def modes() -> list[str]:
            *_, said = chat.reply(QUESTION, [])
            assert said[-1].answer
            return [client.post("/api/ask", json={"question": QUESTION}).json()["mode"],
                    said[-1].answer.mode]  # fmt: skip

        assert modes() == ["generative", "generative"]
        asked = len(served.requests)
        SiteFile(asking).save(Site(generation=False), "")
        assert modes() == ["extractive", "extractive"]
        assert len(served.requests) == asked
        (asking / "site.json").write_text(json.dumps({"generation": True}), encoding="utf-8")
        assert modes() == ["generative", "generative"]
