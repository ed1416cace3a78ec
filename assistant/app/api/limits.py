"""How long a request may be: what is longer is turned away before it is in memory."""

from __future__ import annotations

from starlette.exceptions import HTTPException

from assistant.app.api.access import MAX_BODY
from assistant.app.web.headers import Application, Message, Receive, Scope, Send

_DRAFT = "/api/draft"


class BodyLimit:
    """Let no body through that is longer than its address takes; files go to one address only."""

    def __init__(self, app: Application, max_file_bytes: int) -> None:
        self._app, self._with_file = app, max_file_bytes + MAX_BODY

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; reading too much of its body raises HTTPException 413."""
        if scope["type"] != "http" or not scope["path"].startswith(("/api/", "/v1/")):
            await self._app(scope, receive, send)
            return
        limit = self._with_file if scope["path"] == _DRAFT else MAX_BODY
        seen = 0

        async def receive_some() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if max(seen, _declared(scope)) > limit:
                raise HTTPException(413)
            return message

        await self._app(scope, receive_some, send)


def _declared(scope: Scope) -> int:
    """Return the length that the client declares; 0 for none that can be read."""
    given = next((value for name, value in scope["headers"] if name == b"content-length"), b"")
    return int(given) if given.isdigit() else 0
