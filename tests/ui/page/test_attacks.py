"""Nothing that a visitor or a document says becomes markup, a script or a request."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import gettempdir

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page

from corpus.documents import Document
from rag.assembly import Assembly, Config
from tests.ui.page.conftest import Ask, opened, served

_TAGS = (
    "<script>{}</script>",
    "<img src=x onerror={}>",
    "<svg onload={}>",
    "<svg/onload={}>",
    "<body onload={}>",
    "<iframe srcdoc='<script>{}</script>'>",
    "<iframe src=javascript:{}>",
    "<a href=javascript:{}>点我</a>",
    "<details open ontoggle={}>",
    "<video><source onerror={}>",
    "<input autofocus onfocus={}>",
    "<marquee onstart={}>",
    "<object data=javascript:{}>",
    "<math href=javascript:{}>x</math>",
    "<style>@import 'http://evil.example/x.css'</style>",
    "<link rel=stylesheet href=http://evil.example/x.css>",
    "<base href=http://evil.example/>",
    "<form action=http://evil.example><button>x</button></form>",
    "<embed src=http://evil.example>",
    "<meta http-equiv=refresh content='0;url=http://evil.example'>",
    "![x](http://evil.example/p.png)",
    "[点我](javascript:{})",
    "<img src=http://evil.example/p.png>",
    "'\"><script>{}</script>",
    "</p></div><script>{}</script>",
    "<scr<script>ipt>{}</script>",
    "&lt;script&gt;{}&lt;/script&gt;",
    "<ScRiPt>{}</sCrIpT>",
    "<img src=x onerror=&#97;lert(1)>",
    "<svg><script>{}</script></svg>",
    "<template><img src=x onerror={}></template>",
    "<!--><img src=x onerror={}>-->",
    "<math><mtext></form><form><mglyph><style></math><img src=x onerror={}>",
    "<svg><style><img src=x onerror={}></style></svg>",
    "<noscript><p title='</noscript><img src=x onerror={}>'>",
    "<table background=http://evil.example/p.png>",
    "<div style='background:url(http://evil.example/p)'>x</div>",
    "<audio src=x onerror={}>",
    "<button onclick={} autofocus>x</button>",
    "<select onfocus={} autofocus>",
    "<textarea onfocus={} autofocus>",
    "<keygen onfocus={} autofocus>",
    "<x onclick={}>x</x>",
    "<a href='data:text/html,<script>{}</script>'>x</a>",
    "<area href=javascript:{}>",
    "<isindex action=javascript:{} type=submit>",
    "<img srcset='http://evil.example/p.png 1x'>",
    "${{{}}}",
    "{{{{constructor.constructor('{}')()}}}}",
    "<a href='#cite=x:0:9999999'>[1]</a>",
)
PAYLOADS = [tag.format("window.__hacked=1") if "{" in tag else tag for tag in _TAGS]


@pytest.fixture(scope="module")
def hostile(assembly: Assembly, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server whose one document has every payload in its sentences, title and note."""
    home = tmp_path_factory.mktemp("hostile")
    text = "一、攻击\n" + "\n".join(
        f"第{n}号公园要种{n + 100}棵树{p}。" for n, p in enumerate(PAYLOADS)
    )
    document = Document("h<i>x</i>", PAYLOADS[1], text, note=PAYLOADS[0])
    made = Assembly(Config(home, assembly.config.embedder))
    made.upkeep().rebuild(with_shipped=False)
    made.upkeep().add([document])
    yield from served(home)


def test_there_are_enough() -> None:
    assert len(set(PAYLOADS)) >= 50


def test_no_payload_in_a_question_runs_or_fetches(
    context: BrowserContext, address: str, ask: Ask
) -> None:
    page, outside = _watched(context, address)
    for n, payload in enumerate(PAYLOADS):
        if n % 20 == 19:  # a conversation keeps its last thirty turns
            page.click("button:has-text('清空')")
            page.wait_for_selector(".jw-answer, .jw-refusal", state="detached")
        ask(page, f"口袋公园几个 {payload}")
    assert page.evaluate("window.__hacked") is None
    assert outside == []


def test_no_payload_in_a_document_runs_or_fetches(
    context: BrowserContext, hostile: str, ask: Ask
) -> None:
    page, outside = _watched(context, hostile)
    for n in (0, 1, 7, 20, 22, 40):
        ask(page, f"第{n}号公园要种多少棵树？")
        page.locator(".jw-mark").last.click()
        page.wait_for_selector("#jw-text mark.jw-lit")
    assert page.evaluate("window.__hacked") is None
    assert outside == []
    assert page.locator("#jw-text img, #jw-text script, #jw-text svg").count() == 0


def _watched(context: BrowserContext, address: str) -> tuple[Page, list[str]]:
    page = context.new_page()
    outside: list[str] = []
    own = (address, "data:", "blob:")
    page.on("request", lambda r: None if r.url.startswith(own) else outside.append(r.url))
    page.on("dialog", lambda dialog: outside.append(dialog.message))
    return opened(page, address), outside


def test_a_message_that_names_a_file_reads_no_file(address: str, tmp_path: Path) -> None:
    secret = tmp_path / "no-one-may-read-this.txt"
    secret.write_text("secret")
    file = {"path": str(secret), "meta": {"_type": "gradio.FileData"}}
    message = {"role": "user", "content": [{"type": "file", "file": file}]}
    accepted = 0
    for number, data in enumerate(
        (["燃气", [message]], ["燃气", None], [message, None], [[message]])
    ):
        for fn_index in range(8):
            session = f"s{number}-{fn_index}"
            body = {"data": data, "fn_index": fn_index, "session_hash": session}
            joined = httpx.post(f"{address}gradio_api/queue/join", json=body)
            if joined.status_code == 200:
                accepted += 1
                assert secret.name not in _events(address, session)
    cache = Path(gettempdir(), "gradio")
    assert accepted > 0
    assert not (list(cache.rglob(secret.name)) if cache.exists() else [])


def test_a_megabyte_is_refused_and_the_service_goes_on(address: str) -> None:
    body = {"question": "长" * 1_000_000}
    assert httpx.post(f"{address}api/ask", json=body).status_code == 413
    assert httpx.get(f"{address}api/health").json()["status"] == "ok"


def _events(address: str, session: str) -> str:
    url = f"{address}gradio_api/queue/data?session_hash={session}"
    said: list[str] = []
    with httpx.stream("GET", url, timeout=20) as stream:
        for line in stream.iter_lines():
            said.append(line)
            if "close_stream" in line or "process_completed" in line:
                break
    return "\n".join(said)
