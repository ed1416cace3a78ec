"""The door of the whole server: no page of another site reads or writes through a reader's browser.

Two ways lead there. A foreign page sends a request to this machine: browsers then say where it comes
from. Or its own host name is made to point at this machine (DNS rebinding): then the name is foreign.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from urllib.parse import urlsplit

from assistant.app.api.errors import error_json
from assistant.app.common import json_text
from assistant.app.web.headers import Application, Receive, Scope, Send

_PORTS = {"http": 80, "https": 443}


class OwnPagesOnly:
    """Refuse what is asked under a foreign name, or by a page of another site."""

    def __init__(self, app: Application, names: Iterable[str]) -> None:
        self._app = app
        given = {name.strip().lower() for name in names} - {"", "localhost"}
        self._names = {name for name in given if not _is_address(name)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 403 with what is wrong and what to do."""
        wrong = self.wrong(_headers(scope)) if scope["type"] in ("http", "websocket") else ""
        if not wrong:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await _refuse(send, scope["path"], wrong)

    def wrong(self, headers: dict[str, str]) -> str:
        """Say in Chinese why a request is refused; empty for one that may pass.

        ``headers`` by lower-case name. An address in numbers is no name that could be rebound.
        """
        host, origin = headers.get("host", ""), headers.get("origin")
        if not self._is_own(_name(f"//{host}")):
            return (
                f"不接受以「{host[:100]}」为名的访问。请改用 http://127.0.0.1 或 IP 地址；"
                "确需使用这个名称时，把它写进设置 hosts（ASSISTANT_HOSTS）。"
            )
        foreign = origin is not None and not self._is_same(origin, host)
        if foreign or (origin is None and _comes_from_elsewhere(headers)):
            return "不接受其他网站的页面发来的请求。请直接打开策问的网页，或用程序访问。"
        return ""

    def _is_own(self, name: str) -> bool:
        return name == "localhost" or name in self._names or _is_address(name)

    def _is_same(self, origin: str, host: str) -> bool:
        """Say whether a page of ``origin`` is this server's; behind a proxy its name decides."""
        scheme, _, _ = origin.lower().partition("://")
        if scheme not in _PORTS:  # "null" is any page that hides where it comes from
            return False
        return _name(origin) in self._names or _place(origin) == _place(f"{scheme}://{host}")


def _comes_from_elsewhere(headers: dict[str, str]) -> bool:
    """Say whether a page of another site asks, other than by a link that the reader follows."""
    site, mode = headers.get("sec-fetch-site", ""), headers.get("sec-fetch-mode", "")
    return site in ("cross-site", "same-site") and mode != "navigate"


def _headers(scope: Scope) -> dict[str, str]:
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}


def _place(url: str) -> tuple[str, int | None]:
    """Return an address's host and port, in lower case; a wrong port is none that equals another."""
    try:
        parts = urlsplit(url.lower())
        return parts.hostname or "", parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return url, -1


def _name(url: str) -> str:
    return _place(url)[0]


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


async def _refuse(send: Send, path: str, message: str) -> None:
    body = json_text(error_json(path, 403, message)).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
    ]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": body})
