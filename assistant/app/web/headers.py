"""Two ASGI layers around the page: headers that keep it to itself, and its language."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

PAGE_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'self'"
)
_ALWAYS = ((b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"no-referrer"))
_IN_CHINESE = b"""<script>for (const [name, value] of [["language", "zh-CN"], ["languages", ["zh-CN", "zh"]]])
try { Object.defineProperty(navigator, name, { get: () => value }); } catch (_) {}</script>"""


class SafeHeaders:
    """Add headers that forbid anything from outside, where the response has none of its own."""

    def __init__(self, app: Application) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; add the headers to the start of the response."""

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = _with_policy(list(message.get("headers", ())))
            await send(message)

        await self._app(scope, receive, send_safely if scope["type"] == "http" else send)


def _with_policy(headers: Headers) -> Headers:
    names = {name.lower() for name, _ in headers}
    policy = (b"content-security-policy", PAGE_POLICY.encode())
    return headers + [pair for pair in (policy, *_ALWAYS) if pair[0] not in names]


class ChinesePage:
    """Make Gradio's page Chinese in any browser: Gradio follows the browser's own language."""

    def __init__(self, app: Application) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; a reader who opens the page gets it with its language set."""
        if scope["type"] != "http" or scope["path"] != "/" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        plain = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
        await self._app({**scope, "headers": plain}, receive, _Rewriting(send))


class _Rewriting:
    """Hold a response back until it is whole, then send it in Chinese."""

    def __init__(self, send: Send) -> None:
        self._send, self._body = send, b""
        self._start: Message = {}

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        self._body += message.get("body", b"")
        if message.get("more_body"):
            return
        body = in_chinese(self._body)
        kept = [pair for pair in self._start["headers"] if pair[0].lower() != b"content-length"]
        length = (b"content-length", str(len(body)).encode())
        await self._send({**self._start, "headers": [*kept, length]})
        await self._send({"type": "http.response.body", "body": body})


def in_chinese(page: bytes) -> bytes:
    """Declare the page Chinese, before any of its scripts runs."""
    declared = page.replace(b'lang="en"', b'lang="zh-CN"', 1)
    return declared.replace(b"<head>", b"<head>" + _IN_CHINESE, 1)
