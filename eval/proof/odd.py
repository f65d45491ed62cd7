"""Odd requests: what people, programs and attackers send that nobody foresaw."""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

_JSON = "application/json"
_SAID = ("今年要改造多少公里燃气管网？", "新建口袋公园几个", "养老床位新增多少张，充电桩呢", "2026")
_MARKS = (
    "\x00", "\ud800", "\udfff", "\ufffe", "\u202e", "\u2066", "\u200b", "\u200d", "\ufeff",
    "\u0301", "👨‍👩‍👧‍👦", "🇨🇳", "𠀀", "\U0010ffff", "\x1b[2J", "\r\n", "\u2028", "ﷺ", "１２３", "①",
    "%00", "../", "'", '"', "\\", "<script>", "${7*7}", "{{7*7}}", "[1]", "[^a", "(((", "**", "`",
    "万亿", "分别", "9" * 40, "1.1.1.1", "，，，", "。", "？？？", "一二三四五六七八九十", "-", "½",
)  # fmt: skip
_MEGABYTE = 1024 * 1024
_WRONG: tuple[Any, ...] = (
    None, True, -1, 1.5, float("nan"), float("inf"), 10**30, "", [], {}, [None], [[]], {"a": {}},
    ["甲", 1], "\ud800", [["甲"]], [["甲", "乙", "丙"]], 2**63, -(2**63),
)  # fmt: skip
_HISTORY: tuple[Any, ...] = ([], [["甲", "乙"]], [["\ud800", "\x00"]], [["问" * 600, "答" * 3000]])


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it is sent."""

    method: str
    path: str
    body: bytes = b""
    kind: str = _JSON


def request(dice: random.Random) -> Request:
    """Return one odd request; with the same dice the same."""
    return dice.choices(_MAKERS, _WEIGHTS)[0](dice)


def text(dice: random.Random, most: int = 40) -> str:
    """Return a text of marks and pieces of questions, in no order."""
    pieces = [
        dice.choice(_MARKS) if dice.random() < 0.6 else _piece(dice)
        for _ in range(dice.randint(1, most))
    ]
    return "".join(pieces)[: dice.choice((20, 60, 499, 500, 501, 2000))]


def _piece(dice: random.Random) -> str:
    if dice.random() < 0.3:
        return "".join(chr(dice.randrange(0x110000)) for _ in range(dice.randint(1, 8)))
    said = dice.choice(_SAID)
    start = dice.randrange(len(said))
    return said[start : start + dice.randint(1, len(said))]


def _asking(dice: random.Random) -> Request:
    body = {"question": text(dice), "history": dice.choice(_HISTORY), "stream": dice.random() < 0.2}
    return _post("/api/ask", body)


def _searching(dice: random.Random) -> Request:
    return _post("/api/search", {"query": text(dice), "k": dice.choice((1, 10, 100))})


def _checking(dice: random.Random) -> Request:
    return _post("/api/check", {"text": text(dice, 80)})


def _chatting(dice: random.Random) -> Request:
    roles = ("user", "user", "assistant", "system", "tool")
    said = [{"role": dice.choice(roles), "content": text(dice)} for _ in range(dice.randint(1, 4))]
    body = {"model": "jinwen", "messages": said, "stream": dice.random() < 0.3}
    return _post("/v1/chat/completions", body)


def _looking(dice: random.Random) -> Request:
    part = dice.choice((text(dice, 5), "linjiang", "%ff%fe", "..%2f..%2fetc%2fpasswd"))
    told = _quoted(part)
    start, end = dice.choice(_WRONG), dice.choice((10, -5, 10**30, "x"))
    path = dice.choice((
        f"/api/documents/{told}",
        f"/api/passages?document={told}&start={_quoted(str(start))}&end={end}",
        f"/api/table.csv?question={told}", f"/api/table.{told}?question=x", f"/v1/models/{told}",
        f"/{told}", f"/api/table.xlsx?question={told}&years={_quoted(str(start))}",
    ))  # fmt: skip
    return Request("GET", path)


def _wrong_types(dice: random.Random) -> Request:
    path, body = dice.choice(_FORMS)
    name = dice.choice([*body, "unheard-of"])
    return _post(path, {**body, name: dice.choice(_WRONG)})


def _long(dice: random.Random) -> Request:
    size = dice.choice((501, 5_000, 100_000, 262_100, _MEGABYTE))
    path, name = dice.choice((("/api/ask", "question"), ("/api/check", "text"),
                              ("/api/search", "query")))  # fmt: skip
    return _post(path, {name: (dice.choice(_SAID) + dice.choice(_MARKS)) * (size // 10)})


def _garbage(dice: random.Random) -> Request:
    sound = json.dumps(dict(dice.choice(_FORMS)[1])).encode()
    body = dice.choice((
        dice.randbytes(dice.randint(0, 300)), sound[: dice.randrange(len(sound))],
        b"\xef\xbb\xbf" + sound,
        sound.decode().encode("utf-16"), b"[" * 100_000, b'{"a":' * 20_000, b"9" * 6_000,
        b'{"question": ' + b"9" * 6_000 + b"}", b'{"question": "\xff\xfe"}', b"null", b'"\\ud800"',
        b'{"question": "a", "question": "b"}', b"",
    ))  # fmt: skip
    kinds = (_JSON, _JSON, "text/plain", "application/x-www-form-urlencoded", "x", "",
             "multipart/form-data", "multipart/form-data; boundary=x",
             "application/json; charset=utf-7")  # fmt: skip
    return Request("POST", dice.choice(_FORMS)[0], body, dice.choice(kinds))


def _methods(dice: random.Random) -> Request:
    method = dice.choice(("PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "GET"))
    return Request(method, dice.choice(_FORMS)[0], dice.randbytes(5))


_Maker = Callable[[random.Random], Request]
_MAKERS: tuple[_Maker, ...] = (
    _asking, _searching, _checking, _chatting, _looking, _wrong_types, _long, _garbage, _methods,
)  # fmt: skip
_WEIGHTS = (20, 10, 10, 10, 12, 15, 4, 15, 4)
_FORMS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("/api/ask", {"question": "口袋公园几个", "history": [], "places": [], "years": [],
                  "documents": [], "generate": True, "stream": False}),
    ("/api/search", {"query": "公园", "k": 3, "places": [], "years": []}),
    ("/api/check", {"text": "新建口袋公园11个。", "places": []}),
    ("/api/targets", {"start": 0, "count": 10, "places": []}),
    ("/api/compare", {"start": 0, "count": 10, "documents": []}),
    ("/api/feedback", {"question": "甲", "answer": {}, "verdict": "right", "comment": ""}),
    ("/v1/chat/completions", {"model": "jinwen", "stream": False, "stream_options": None,
                              "messages": [{"role": "user", "content": "公园几个"}]}),
    ("/mcp", {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}),
)  # fmt: skip


def _post(path: str, body: object) -> Request:
    """Return a body as JSON in ASCII: only so a lone surrogate can be sent at all."""
    return Request("POST", path, json.dumps(body).encode())


def _quoted(told: str) -> str:
    """Return a text percent-encoded, lone surrogates as the bytes they would be."""
    return "".join(f"%{byte:02x}" for byte in told.encode("utf-8", "surrogatepass"))
