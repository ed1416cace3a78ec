"""What every route shares: the desk, the threads for its work, replies as the command line's JSON."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import JSONResponse

from assistant.app.api.work import Work
from assistant.app.common import json_text
from assistant.app.web.desk import Desk

Json = dict[str, Any]
MAX_BODY = 2 * 1024 * 1024
"""The longest body of a request in bytes, where no file is sent."""


class JsonReply(JSONResponse):
    """JSON as the command line writes it."""

    def render(self, content: Any) -> bytes:
        """Return the JSON in UTF-8."""
        return json_text(content).encode()


async def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


async def _work(request: Request) -> Work:
    work: Work = request.app.state.work
    return work


DeskHere = Annotated[Desk, Depends(_desk)]
WorkHere = Annotated[Work, Depends(_work)]


def server_event(name: str, value: Any) -> str:
    """Write one server-sent event; JSON of one line has no line end that could break it."""
    return f"event: {name}\ndata: {json_text(value)}\n\n"


EVENT_HEADERS = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
"""What keeps proxies from holding a stream of events back."""
