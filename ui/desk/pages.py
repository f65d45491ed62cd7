"""Pages out of templates: what is put into one is escaped, whatever it is."""

from pathlib import Path
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ui.desk.clock import shown
from ui.desk.door import desk_of
from ui.desk.forms import TOKEN
from ui.desk.navigation import places_for
from ui.desk.sessions import Who

# What a page says after something was done, by the word in its address (?done=…).
DONE = {
    "added": "已新增。", "role": "角色已改，这个人要重新登录。",
    "reset": "密码已重设，这个人要重新登录。",
    "removed": "已移除。", "unlocked": "已解锁。", "password": "密码已改，请用新密码登录。",
    "out": "已退出。", "saved": "已保存。",
    "cleared": "提问记录已清空。", "case": "已收为题目。",
    "back": "已回到这个版本，问答马上改用它。",
}  # fmt: skip
_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True,
    undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
)  # fmt: skip
_TEMPLATES.filters |= {"shown": shown, "number": lambda n: f"{n:,}",
                       "path": lambda text: quote(text, safe="")}  # fmt: skip


def page(
    request: Request, template: str, who: Who | None, status: int = 200, **values: object
) -> HTMLResponse:
    """Return a page; every template may use root, who, places, here, token, done and error."""
    root = desk_of(request).root
    said = DONE.get(request.query_params.get("done", ""), "")
    around: dict[str, object] = {
        "root": root, "who": who, "places": places_for(who.role) if who else [],
        "here": request.url.path.partition("/desk")[2], "token_name": TOKEN,
        "token": who.form_token if who else "",
        "done": said, "error": "",
    }  # fmt: skip
    return HTMLResponse(
        _TEMPLATES.get_template(template).render({**around, **values}), status_code=status
    )


def page_number(request: Request) -> int:
    """Return which page of a list is asked for, from 1."""
    told = request.query_params.get("page", "")
    fine = told.isascii() and told.isdigit() and len(told) < 7
    return max(1, int(told)) if fine else 1


def page_count(rows: int, size: int) -> int:
    """Return how many pages of a size there are, one at least."""
    return max(1, -(-rows // size))


def gone_to(request: Request, path: str, done: str = "") -> Response:
    """Return the way to another page of the desk, which says that something was done."""
    told = f"{'&' if '?' in path else '?'}done={done}" if done else ""
    return RedirectResponse(f"{desk_of(request).root}{path}{told}", status_code=303)
