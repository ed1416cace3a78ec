"""A real HTTP server that speaks the OpenAI chat protocol, streaming, and misbehaves on demand."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Reply:
    """What the server sends: a status, pieces of text, and how it goes wrong."""

    pieces: tuple[str, ...] = ()
    status: int = 200
    raw: bytes | None = None
    pause: float = 0.0
    hang: float = 0.0
    break_off: bool = False


@dataclass
class Served:
    """The server's address, the requests that it got, and what it answers."""

    url: str
    answer: Callable[[str], Reply]
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)

    @property
    def prompts(self) -> list[str]:
        """The last message of each request."""
        return [str(request["messages"][-1]["content"]) for request in self.requests]


@contextmanager
def serving(answer: Callable[[str], Reply] | Reply) -> Iterator[Served]:
    """Serve on a free port; ``answer`` is a reply or makes one from the prompt."""
    chosen = answer if callable(answer) else lambda prompt: answer
    served = Served("", chosen)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            request = json.loads(self.rfile.read(length))
            served.requests.append(request)
            served.keys.append(self.headers.get("Authorization", ""))
            _send(self, served.answer(request["messages"][-1]["content"]))

        def log_message(self, *args: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    served.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()


def _send(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    if reply.status != 200:
        body = json.dumps({"error": {"message": "quota sk-secret"}}).encode()
        handler.send_response(reply.status)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)
        return
    handler.send_response(200)
    handler.send_header("Content-Type", "text/event-stream")
    handler.send_header("Connection", "close")
    handler.end_headers()
    handler.close_connection = True
    try:
        _stream(handler, reply)
    except (BrokenPipeError, ConnectionResetError):
        return


def _stream(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    if reply.raw is not None:
        handler.wfile.write(reply.raw)
        return
    for piece in reply.pieces:
        choice = {"index": 0, "delta": {"role": "assistant", "content": piece}}
        chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m"}
        data = json.dumps({**chunk, "choices": [choice]}, ensure_ascii=False)
        handler.wfile.write(f"data: {data}\n\n".encode())
        handler.wfile.flush()
        time.sleep(reply.pause)
    time.sleep(reply.hang)
    if not reply.break_off:
        handler.wfile.write(b"data: [DONE]\n\n")
