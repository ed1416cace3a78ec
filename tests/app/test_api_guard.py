"""No page of another site reads or writes through a reader's browser."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import browsing
import httpx
import pytest
from api_serving import QUESTION, client, serving

from assistant.app.api.guard import OwnPagesOnly
from assistant.settings import Settings

ASK = {"question": QUESTION}


@pytest.fixture(scope="module")
def address(settings: Settings) -> Iterator[str]:
    """The served corpus."""
    with serving(settings) as served:
        yield served


@pytest.fixture(scope="module")
def api(address: str) -> Iterator[httpx.Client]:
    """A plain client."""
    with client(address) as one:
        yield one


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "OWN"}, 200),
        ({"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}, 200),
        ({"Host": "localhost:7860"}, 200),
        ({"Host": "192.168.1.7"}, 200),
        ({"Host": "[::1]:7860"}, 200),
        ({"Host": "evil.example"}, 403),
        ({"Host": "127.0.0.1.evil.example"}, 403),
        ({"Host": "localhost.evil.example:7860"}, 403),
        ({"Host": ""}, 403),
        ({"Host": "evil.example", "Origin": "http://evil.example"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Origin": "http://localhost"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": ""}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"}, 403),
    ],
)
def test_who_may_ask(api: httpx.Client, address: str, headers: dict[str, str], status: int) -> None:
    sent = {name: value.replace("OWN", address) for name, value in headers.items()}
    reply = api.post("/api/ask", json=ASK, headers=sent)
    assert reply.status_code == status
    if status == 403:
        assert list(reply.json()) == ["error"] and "不接受" in reply.json()["error"]
        assert "access-control-allow-origin" not in reply.headers


def test_the_door_is_the_whole_servers(api: httpx.Client) -> None:
    foreign = {"Host": "evil.example"}
    for path in ("/", "/gradio_api/info", "/config", "/targets.xlsx", "/api/openapi.json"):
        assert api.get(path, headers=foreign).status_code == 403
    said = api.get("/v1/models", headers=foreign).json()["error"]
    assert "ASSISTANT_HOSTS" in said["message"] and said["type"] == "invalid_request_error"
    preflight = {"Origin": "http://evil.example", "Access-Control-Request-Method": "POST"}
    assert api.options("/api/ask", headers=preflight).status_code == 403


def test_a_link_from_another_site_opens_the_page(api: httpx.Client) -> None:
    followed = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert api.get("/", headers=followed).status_code == 200


def test_names_that_the_settings_allow() -> None:
    async def nothing(scope: Any, receive: Any, send: Any) -> None:
        """Answer nothing: only the judgement is asked for."""

    door = OwnPagesOnly(nothing, ("127.0.0.1", " Cewen.Example.gov.cn ", ""))
    assert door.wrong({"host": "cewen.example.gov.cn"}) == ""
    behind_a_proxy = {"host": "127.0.0.1:7860", "origin": "https://cewen.example.gov.cn"}
    assert door.wrong(behind_a_proxy) == ""
    assert door.wrong({"host": "127.0.0.1:7860", "origin": "http://127.0.0.1:9999"})
    assert door.wrong({"host": "other.example.gov.cn"})
    assert door.wrong({"host": "127.0.0.1:99999"})


_TRY = """async (address) => {
  const tried = [];
  const note = async (name, call) => {
    try { tried.push([name, "read: " + (await (await call()).text()).slice(0, 20)]); }
    catch (error) { tried.push([name, "refused"]); }
  };
  const body = JSON.stringify({question: "x"});
  await note("get", () => fetch(address + "/api/documents"));
  await note("json", () => fetch(address + "/api/ask", {method: "POST", body,
    headers: {"Content-Type": "application/json"}}));
  await note("simple", () => fetch(address + "/api/ask", {method: "POST", body}));
  await fetch(address + "/api/ask", {method: "POST", body, mode: "no-cors"}).catch(() => 0);
  await note("upload", () => fetch(address + "/gradio_api/upload", {method: "POST", body: new FormData()}));
  return tried;
}"""


@pytest.mark.browser
@pytest.mark.skipif(bool(browsing.why_not()), reason=browsing.why_not() or "浏览器可用")
def test_a_foreign_page_in_a_real_browser_gets_nothing(address: str) -> None:
    with foreign_page() as elsewhere, browsing.browser() as chromium:
        page = chromium.new_page()
        statuses: list[int] = []
        page.on("response", lambda r: statuses.append(r.status) if address in r.url else None)
        page.goto(elsewhere)
        tried = page.evaluate(_TRY, address)
        assert [outcome for _, outcome in tried] == ["refused"] * 4, tried
        assert set(statuses) <= {403}
        page.goto(address)
        own = page.evaluate("async () => (await fetch('/api/documents')).status")
        assert own == 200


@contextmanager
def foreign_page() -> Iterator[str]:
    """Serve a page of another site: another port is another origin."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<p>elsewhere</p>")

        def log_message(self, *args: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
