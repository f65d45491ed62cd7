"""Uploads: what is taken in, what is refused and when, and what became of each file."""

import errno
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

from index.store import Store
from tests.ui.desk.conftest import NAMES, Visitor, around, said, token_in
from ui.desk import receiving, worker
from ui.desk.desk import Desk
from ui.desk.jobs import Outcome, State
from ui.desk.roles import Role
from ui.ledger import database
from ui.web.guard import MAX_BODY, Guard

Entering = Callable[[Role], Visitor]
Files = list[tuple[str, bytes]]


@pytest.fixture
def editor(desk: Desk, entering: Entering) -> Visitor:
    return entering(Role.EDITOR)


@pytest.fixture
def by_hand(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Jobs are queued here and done when the test says so, in its own thread."""
    queued: list[int] = []
    monkeypatch.setattr(desk.worker, "submit", queued.append)
    return queued


def send(visitor: Visitor, files: Files, query: str = "") -> httpx.Response:
    token = token_in(visitor.get("/uploads").text)
    return visitor.client.post(
        f"/desk/uploads{query}", data={"form_token": token},
        files=[("files", file) for file in files], follow_redirects=False,
    )  # fmt: skip


def done(desk: Desk, queued: list[int]) -> list[tuple[str, str]]:
    """Do the last job that was queued and return what became of its files."""
    desk.worker.do(desk.jobs.get(queued[-1]))
    job = desk.jobs.get(queued[-1])
    assert (job.state, job.note) == (State.DONE, "")
    assert not list(left_over(desk))
    return [(outcome.name, outcome.what) for outcome in job.outcomes]


def left_over(desk: Desk) -> Iterator[Path]:
    return (desk.assembly.config.home / "desk" / "incoming").rglob("*")


def test_one_bad_file_is_named_and_the_others_go_in(
    desk: Desk, editor: Visitor, by_hand: list[int]
) -> None:
    before = desk.assembly.store.current()
    files = [("甲.txt", "新建马术馆2座。".encode()), ("坏.docx", b"PK no zip"),
             ("../../乙.md", "新建滑冰馆3座。".encode()), ("丙.exe", b"MZ")]  # fmt: skip
    assert send(editor, files).headers["location"] == "/desk/uploads"
    assert desk.assembly.store.current() == before
    assert done(desk, by_hand) == [
        ("丙.exe", "refused"), ("甲.txt", "new"), ("坏.docx", "refused"), ("乙.md", "new"),
    ]  # fmt: skip
    assert [d.id for d in desk.assembly.documents()] == ["tianjin-2024", "甲", "乙"]
    assert {d.id: d.source for d in desk.assembly.documents()}["甲"] == "upload:甲.txt"
    assert set(desk.jobs.arrivals()) == {"甲", "乙"}
    page = editor.get("/uploads").text
    assert "无法解析“坏.docx”（文件损坏或过大）" in page
    assert "不支持“丙.exe”的格式" in page
    answer = desk.assembly.assistant().ask("新建几座马术馆？")
    assert answer.short_answer == "2座"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_what_nobody_foresaw_stops_no_job_behind_it(
    desk: Desk, editor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, ended, end = desk.worker.submit, Event(), desk.jobs.end

    def submit(number: int) -> None:
        desk.worker._queue.put(999)  # no such job: the thread that takes it dies
        real(number)

    def told(*args: Any) -> None:
        end(*args)
        ended.set()

    monkeypatch.setattr(desk.worker, "submit", submit)
    monkeypatch.setattr(desk.jobs, "end", told)
    send(editor, [("甲.txt", "新建马术馆2座。".encode())])
    assert ended.wait(60)
    assert [d.id for d in desk.assembly.documents()] == ["tianjin-2024", "甲"]


def test_the_same_again_costs_nothing_and_another_text_takes_its_place(
    desk: Desk, editor: Visitor, by_hand: list[int]
) -> None:
    send(editor, [("甲.txt", "新建马术馆2座。".encode())])
    assert done(desk, by_hand) == [("甲.txt", "new")]
    version = desk.assembly.store.current()
    send(editor, [("甲.txt", "新建马术馆2座。".encode()), ("别名.txt", "新建马术馆2座。".encode())])
    assert done(desk, by_hand) == [("甲.txt", "unchanged"), ("别名.txt", "repeated")]
    assert desk.assembly.store.current() == version
    send(editor, [("甲.txt", "新建马术馆9座。".encode())])
    assert done(desk, by_hand) == [("甲.txt", "replaced")]
    assert {d.id: d.text for d in desk.assembly.documents()}["甲"] == "新建马术馆9座。"


def test_a_document_is_replaced_by_a_file_of_another_name(
    desk: Desk, editor: Visitor, by_hand: list[int]
) -> None:
    send(editor, [("甲.txt", "新建马术馆2座。".encode())])
    done(desk, by_hand)
    desk.assembly.upkeep().set("甲", {"place": "广东省"})
    files = [("修订稿.md", "新建马术馆8座。".encode())]
    assert send(editor, files, "?replaces=甲").status_code == 303
    assert done(desk, by_hand) == [("修订稿.md", "replaced")]
    (kept,) = [d for d in desk.assembly.documents() if d.id == "甲"]
    assert (kept.text, kept.place, kept.origin) == ("新建马术馆8座。", "广东省", "修订稿.md")
    two = [("a.txt", b"x"), ("b.txt", b"y")]
    assert said(send(editor, two, "?replaces=甲")) == "替换一份文档只能选一个文件，请重新选择"
    lines = b'{"id": "a", "text": "one"}\n{"id": "b", "text": "two"}\n'
    assert "一行是一份文档，不能用来替换" in said(
        send(editor, [("多.JSONL", lines)], "?replaces=甲")
    )
    assert len(by_hand) == 2
    shipped = send(editor, [("a.txt", "新的报告。".encode())], "?replaces=tianjin-2024")
    assert said(shipped) == "随附报告不能替换，请直接上传新的文档"


@pytest.mark.parametrize("declared", [True, False])
def test_too_much_is_refused_as_soon_as_it_is_known(
    desk: Desk, editor: Visitor, declared: bool
) -> None:
    """Two gigabytes are promised; of what is sent hardly more than the limit is read."""
    token = token_in(editor.get("/uploads").text)
    head = (
        f'--b\r\nContent-Disposition: form-data; name="form_token"\r\n\r\n{token}\r\n'
        '--b\r\nContent-Disposition: form-data; name="files"; filename="大.txt"\r\n\r\n'
    ).encode()
    sent = 0

    def body() -> Iterator[bytes]:
        nonlocal sent
        yield head
        for _ in range(2048):
            sent += 1
            yield b"x" * (1 << 20)

    kind = {"content-type": "multipart/form-data; boundary=b"}
    length = {"content-length": str(2 << 30)} if declared else {}
    scope_said = _streamed(desk, editor, body(), {**kind, **length})
    most = receiving.MOST_A_FILE // 10**6
    assert scope_said[0] == 413
    assert ("一次最多上传 250 MB" if declared else f"“大.txt”超过 {most} MB") in scope_said[1]
    assert sent <= (0 if declared else most + 1)
    assert not list(left_over(desk))
    assert desk.jobs.count() == 0


def _streamed(
    desk: Desk, visitor: Visitor, body: Iterator[bytes], headers: dict[str, str]
) -> tuple[int, str]:
    """Send a body piece by piece, as it is asked for; the test client would take all at once."""
    import anyio

    cookie = "; ".join(f"{k}={v}" for k, v in visitor.client.cookies.items())
    scope = {
        "type": "http", "method": "POST", "path": "/desk/uploads", "raw_path": b"/desk/uploads",
        "query_string": b"", "root_path": "", "scheme": "http", "http_version": "1.1",
        "server": ("testserver", 80), "client": ("test", 1), "asgi": {"version": "3.0"},
        "headers": [(k.encode(), v.encode()) for k, v in {**headers, "cookie": cookie}.items()],
    }  # fmt: skip
    status, text = 0, b""

    async def receive() -> dict[str, object]:
        piece = next(body, None)
        return {"type": "http.request", "body": piece or b"", "more_body": piece is not None}

    async def send(message: dict[str, object]) -> None:
        nonlocal status, text
        status = message.get("status", status)  # type: ignore[assignment]
        text += message.get("body", b"")  # type: ignore[operator]

    anyio.run(Guard(around(desk)), scope, receive, send)
    return status, text.decode()


def test_only_uploads_may_be_larger_than_a_question(editor: Visitor, by_hand: list[int]) -> None:
    assert send(editor, [("大.txt", b"x1 " * MAX_BODY)]).status_code == 303
    assert editor.client.post("/desk/password", content=b"x" * (MAX_BODY + 1)).status_code == 413
    assert editor.client.post("/desk/uploads/", content=b"x" * (MAX_BODY + 1)).status_code == 413


def test_what_is_no_upload_is_refused(desk: Desk, editor: Visitor, entering: Entering) -> None:
    assert said(send(editor, [])) == "请用页面上的表单上传文件"
    assert said(send(editor, [("x.exe", b"MZ")])).startswith("不支持“x.exe”的格式")
    assert said(send(editor, [("一" * 300 + ".txt", b"x")])).endswith("的名字太长，请改短后再上传")
    cut = editor.client.post(
        "/desk/uploads", content=b"--b\r\nContent-Disposition: form-data; name=x\r\n\r\nhalf",
        headers={"content-type": "multipart/form-data; boundary=b"},
    )  # fmt: skip
    assert (cut.status_code, said(cut)) == (422, "没有收全，请重新选择文件再上传")
    assert send(entering(Role.READER), [("a.txt", b"x")]).status_code == 403
    assert desk.jobs.count() == 0
    assert not list(left_over(desk))


def test_a_session_that_ends_while_uploading_leaves_nothing(
    desk: Desk, editor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = receiving.harmless

    def signing_out(told: str) -> str:
        with desk.database.writing() as connection:
            connection.execute("DELETE FROM sessions")
        return real(told)

    monkeypatch.setattr(receiving, "harmless", signing_out)
    reply = send(editor, [("a.txt", b"text")])
    assert (reply.status_code, said(reply)) == (401, "登录已经结束，请重新登录")
    assert desk.jobs.count() == 0
    assert not list(left_over(desk))


def test_a_full_disk_is_one_line_and_nothing_is_left(
    desk: Desk, editor: Visitor, by_hand: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(receiving._Sorter, "_open", full)
        reply = TestClient(Guard(around(desk)), raise_server_exceptions=False)
        reply.cookies = editor.client.cookies
        refused = send(Visitor(reply), [("a.txt", b"text")])
    assert refused.status_code == 507
    assert said(refused).startswith("读写失败（No space left on device），请检查磁盘空间")
    assert not list(left_over(desk))
    send(editor, [("a.txt", "新建马术馆2座。".encode())])
    version = desk.assembly.store.current()
    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        desk.worker.do(desk.jobs.get(by_hand[-1]))
    job = desk.jobs.get(by_hand[-1])
    assert job.state is State.FAILED
    assert "请检查磁盘空间和权限后重新上传" in job.note
    assert desk.assembly.store.names() == [version]
    assert not list(left_over(desk))


def test_another_writer_is_waited_for_and_named(
    desk: Desk, editor: Visitor, by_hand: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "_AGAIN_SECONDS", 0.01)
    send(editor, [("a.txt", "新建马术馆2座。".encode())])
    job = desk.jobs.get(by_hand[-1])
    other = Store(desk.assembly.store.root)
    with other.writing("index build"):
        thread = Thread(target=desk.worker.do, args=(job,))
        thread.start()
        while desk.jobs.get(job.id).state is not State.WAITING:
            assert thread.is_alive()
        page = editor.get("/uploads").text
    thread.join()
    assert "等待另一个程序写完" in page
    assert "index build）" in page
    assert desk.jobs.get(job.id).state is State.DONE


def test_a_writer_that_does_not_end_is_named_in_the_end(
    desk: Desk, editor: Visitor, by_hand: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "_BUSY_SECONDS", 0.0)
    monkeypatch.setattr(worker, "_AGAIN_SECONDS", 0.01)
    send(editor, [("a.txt", "新建马术馆2座。".encode())])
    with Store(desk.assembly.store.root).writing("index build"):
        desk.worker.do(desk.jobs.get(by_hand[-1]))
    job = desk.jobs.get(by_hand[-1])
    assert job.state is State.FAILED
    assert job.note.startswith("索引正被另一个程序写入（进程 ")


def test_a_job_that_cannot_be_ended_is_ended_once_the_database_is_back(
    desk: Desk, editor: Visitor, by_hand: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_BUSY_SECONDS", 0.01)
    monkeypatch.setattr(worker, "_AGAIN_SECONDS", 0.01)
    send(editor, [("a.txt", "新建马术馆2座。".encode())])
    job = desk.jobs.get(by_hand[-1])
    thread = Thread(target=desk.worker.do, args=(job,))
    with desk.database.writing():
        thread.start()
        while desk.incoming.folder(job.folder).exists():  # it goes just before the job is ended
            assert thread.is_alive()
        thread.join(0.3)
    thread.join()
    ended = desk.jobs.get(job.id)
    assert (ended.state, "正被别的程序占用" in ended.note) == (State.FAILED, True)


def test_a_database_that_fails_at_the_start_is_told_of_jobs_left_open_when_it_is_back(
    desk: Desk, editor: Visitor, by_hand: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Desk(desk.assembly, clock=desk.clock)
    died = other.jobs.add("陈编", other.incoming.new().name, ["a.txt"], {})
    other.incoming.leave()  # as the system does for who dies
    with monkeypatch.context() as patch, desk.database.writing():
        patch.setattr(database, "_BUSY_SECONDS", 0.01)
        desk.open()
    assert desk.jobs.get(died).state is State.QUEUED
    assert "被服务重启打断" in editor.get("/uploads").text
    send(editor, [("b.txt", b"text")])
    editor.get("/uploads")
    assert desk.jobs.get(by_hand[-1]).state is State.QUEUED
    desk.close()


def test_what_is_being_written_when_the_service_stops_is_waited_for(
    desk: Desk, editor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    writing, publish = Event(), desk.assembly.store.publish

    def slowly(*given: Any) -> str:
        writing.set()
        desk.worker._leaving.wait(30)
        return publish(*given)

    monkeypatch.setattr(desk.assembly.store, "publish", slowly)
    desk.open()
    send(editor, [("甲.txt", "新建马术馆2座。".encode())])
    assert writing.wait(60)
    desk.assembly.close()
    assert desk.jobs.latest(1)[0].state is State.DONE
    assert [d.id for d in desk.assembly.documents()] == ["tianjin-2024", "甲"]


def test_what_is_not_yet_written_when_the_service_stops_is_left(
    desk: Desk, editor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading, tell = Event(), desk.jobs.tell

    def slowly(*given: Any) -> None:
        reading.set()
        desk.worker._leaving.wait(30)
        tell(*given)

    monkeypatch.setattr(desk.jobs, "tell", slowly)
    before = desk.assembly.store.current()
    send(editor, [("甲.txt", "新建马术馆2座。".encode())])
    assert reading.wait(60)
    desk.close()
    assert desk.jobs.latest(1)[0].state is State.INTERRUPTED
    assert desk.assembly.store.current() == before


def test_a_restart_is_told_of_and_sweeps(desk: Desk, editor: Visitor, by_hand: list[int]) -> None:
    desk.open()
    send(editor, [("a.txt", b"text")])
    Desk(desk.assembly, clock=desk.clock).open()  # a second server of this home
    assert desk.jobs.get(by_hand[-1]).state is State.QUEUED
    assert "a.txt" in [path.name for path in left_over(desk)]
    desk.close()
    after = Desk(desk.assembly, clock=desk.clock)
    after.open()
    assert desk.jobs.get(by_hand[-1]).state is State.INTERRUPTED
    assert not list(left_over(desk))
    assert "被服务重启打断，请重新上传" in editor.get("/uploads").text
    after.close()


def test_what_a_server_that_died_left_is_told_while_another_goes_on(
    desk: Desk, editor: Visitor, by_hand: list[int]
) -> None:
    other = Desk(desk.assembly, clock=desk.clock)
    desk.open()
    other.open()
    send(editor, [("a.txt", b"text")])
    died = other.jobs.add("陈编", other.incoming.new().name, ["b.txt"], {})
    other.incoming.leave()  # as the system does for who dies
    after = Desk(desk.assembly, clock=desk.clock)
    after.open()
    assert desk.jobs.get(died).state is State.INTERRUPTED
    assert desk.jobs.get(by_hand[-1]).state is State.QUEUED
    assert done(desk, by_hand) == [("a.txt", "new")]
    for each in (desk, after):
        assert each.incoming.in_use()
        each.close()
    assert not desk.incoming.in_use()


def test_one_server_at_a_time_works_at_a_job(
    desk: Desk, editor: Visitor, by_hand: list[int]
) -> None:
    other = Desk(desk.assembly, clock=desk.clock)
    desk.incoming.turn.timeout = 0  # it would wait for as long as it takes
    for _ in range(2):
        send(editor, [("a.txt", "新建马术馆2座。".encode())])
    with other.incoming.turn:
        desk.worker.do(desk.jobs.get(by_hand[0]))
    assert desk.jobs.get(by_hand[0]).state is State.FAILED
    assert done(desk, by_hand) == [("a.txt", "new")]


def test_an_error_nobody_thought_of_leaves_no_job_open(
    desk: Desk, editor: Visitor, by_hand: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    send(editor, [("a.txt", b"text")])
    monkeypatch.setattr(desk.worker, "_read", lambda job: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        desk.worker.do(desk.jobs.get(by_hand[-1]))
    assert desk.jobs.get(by_hand[-1]).state is State.FAILED


def test_what_was_left_out_is_told(desk: Desk, editor: Visitor, by_hand: list[int]) -> None:
    page = "<html><body><p>新建马术馆2座，滑冰馆3座，游泳馆4座。</p><img src='x.png'></body></html>"
    send(editor, [("网页.html", page.encode())])
    done(desk, by_hand)
    job = desk.jobs.get(by_hand[-1])
    desk.jobs.end(job, State.DONE, "", [Outcome("图.docx", "new", "9 字", "图", ("3 张图片",))])
    assert "未收入：3 张图片" in editor.get("/uploads").text


def test_editors_names_are_in_the_record(
    desk: Desk, editor: Visitor, by_hand: list[int], entering: Entering
) -> None:
    send(editor, [("甲.txt", "新建马术馆2座。".encode())])
    done(desk, by_hand)
    page = entering(Role.ADMIN).get(f"/audit?who={NAMES[Role.EDITOR]}").text
    assert page.count(NAMES[Role.EDITOR]) >= 3  # login, upload and what came of it
    assert "甲.txt" in page
