"""Who did what, when, on what, and what came of it: written with the change, never altered."""

from dataclasses import dataclass

from ui.ledger import Connection

ACTIONS = {
    "login": "登录", "logout": "退出", "lock": "锁定", "account.add": "新增人员",
    "account.role": "改角色", "account.password": "改密码", "account.remove": "移除人员",
    "account.unlock": "解锁", "key.add": "新发密钥", "key.remove": "作废密钥",
    "document.upload": "上传文档", "document.set": "更正文档",
    "document.remove": "移除文档", "document.add": "收录文档",
    "site.set": "改设置", "asked.clear": "清空提问记录", "case.add": "收为题目",
    "version.rollback": "回退版本", "golden.ask": "比较答案",
}  # fmt: skip
CONSOLE = "（命令行）"
PAGE = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the record; `at` is ISO text in UTC."""

    at: str
    who: str
    action: str
    subject: str
    outcome: str


def record(
    connection: Connection, at: str, who: str, action: str, subject: str = "",
    outcome: str = "成功",
) -> None:  # fmt: skip
    """Write a line in the transaction of what it tells of."""
    connection.execute(
        "INSERT INTO audit (at, who, action, subject, outcome) VALUES (?, ?, ?, ?, ?)",
        (at, who, action, subject, outcome),
    )


def with_version(outcome: str, version: str) -> str:
    """Return an outcome that ends with the version of the index that came of it."""
    return f"{outcome}{_version(version)}"


def maker(connection: Connection, version: str) -> str:
    """Return who made a version of the index at the desk, "" where nobody did.

    The version ends the outcome, after all that anybody typed.
    """
    row = connection.execute(
        "SELECT who FROM audit WHERE action IN ('document.add', 'document.set', 'document.remove')"
        " AND substr(outcome, length(outcome) - length(:told) + 1) = :told ORDER BY id LIMIT 1",
        {"told": _version(version)},
    ).fetchone()
    return str(row["who"]) if row else ""


def _version(name: str) -> str:
    return f"（版本 {name}）"


def entries(
    connection: Connection, who: str = "", action: str = "", text: str = "", page: int = 1
) -> tuple[list[Entry], int]:
    """Return a page (from 1) of the lines that fit, newest first, and how many fit in all.

    `text` is looked for in what was acted on and in what came of it.
    """
    where = (
        "(:who = '' OR who = :who) AND (:action = '' OR action = :action)"
        " AND (:text = '' OR replace(subject, :text, '') <> subject"
        " OR replace(outcome, :text, '') <> outcome)"
    )
    asked = {"who": who, "action": action, "text": text, "most": PAGE, "skip": (page - 1) * PAGE}
    (count,) = connection.execute(f"SELECT count(*) FROM audit WHERE {where}", asked).fetchone()
    rows = connection.execute(
        f"SELECT at, who, action, subject, outcome FROM audit WHERE {where}"
        " ORDER BY id DESC LIMIT :most OFFSET :skip", asked,
    )  # fmt: skip
    return [Entry(*row) for row in rows], count
