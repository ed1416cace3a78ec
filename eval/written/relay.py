"""A relay between a system and its model's service: it passes everything on and notes what was said.

It measures from outside, so that two systems are measured alike whatever they tell of themselves.
Headers, and with them the key, are passed on and not kept.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx

_PATIENCE_S = 900.0
_PASSED_ON = ("authorization", "content-type", "accept")


@dataclass(slots=True)
class Exchange:
    """One request and what came back: the last message, the reply's text, tokens as the service counts.

    ``tokens_in`` and ``tokens_out`` are None where the service does not count; ``ended`` is in seconds
    of ``time.perf_counter``.
    """

    prompt: str
    reply: str = ""
    tokens_in: int | None = None
    tokens_out: int | None = None
    ended: float = 0.0


@dataclass(slots=True)
class Relay:
    """Where the relay listens, and the exchanges so far."""

    url: str
    exchanges: list[Exchange] = field(default_factory=list)

    def take(self) -> tuple[Exchange, ...]:
        """Return the exchanges since the last call."""
        taken, self.exchanges = tuple(self.exchanges), []
        return taken


@contextmanager
def relaying(service: str) -> Iterator[Relay]:
    """Relay to ``service``, the base address of an OpenAI-compatible API, from a free local port."""
    relay = Relay("")
    with httpx.Client(timeout=_PATIENCE_S) as client:
        server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(relay, client, service.rstrip("/")))
        server.daemon_threads = True
        relay.url = f"http://127.0.0.1:{server.server_port}/v1"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield relay
        finally:
            server.shutdown()
            server.server_close()


def _handler(relay: Relay, client: httpx.Client, service: str) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if body.get("stream"):
                body["stream_options"] = {"include_usage": True}
            exchange = Exchange(_last_message(body))
            relay.exchanges.append(exchange)
            headers = {name: self.headers[name] for name in _PASSED_ON if self.headers[name]}
            address = service + self.path.removeprefix("/v1")
            try:
                with client.stream("POST", address, json=body, headers=headers) as response:
                    _pass_on(self, response, exchange)
            except (httpx.HTTPError, BrokenPipeError, ConnectionResetError):
                self.close_connection = True  # as the service or the system broke off, so do we
            exchange.ended = time.perf_counter()

        def log_message(self, *args: object) -> None:
            """Keep quiet."""

    return Handler


def _last_message(body: Mapping[str, Any]) -> str:
    messages = body.get("messages") or [{}]
    return str(messages[-1].get("content", ""))


def _pass_on(handler: BaseHTTPRequestHandler, response: httpx.Response, exchange: Exchange) -> None:
    handler.send_response(response.status_code)
    handler.send_header("Content-Type", response.headers.get("content-type", "application/json"))
    handler.send_header("Connection", "close")
    handler.end_headers()
    handler.close_connection = True
    if "event-stream" not in response.headers.get("content-type", ""):
        body = response.read()
        _note(exchange, body.decode("utf-8", "replace"))
        handler.wfile.write(body)
        return
    for line in response.iter_lines():
        if _note(exchange, line.removeprefix("data:")):
            handler.wfile.write(f"{line}\n".encode())
            handler.wfile.flush()


def _note(exchange: Exchange, written: str) -> bool:
    """Keep what a line of the stream (or a whole reply) says.

    Returns whether the system is to see it: not the count of tokens that only the relay asked for.
    """
    try:
        said = json.loads(written)
    except ValueError:
        return True
    if not isinstance(said, dict):
        return True
    if usage := said.get("usage"):
        exchange.tokens_in = usage.get("prompt_tokens")
        exchange.tokens_out = usage.get("completion_tokens")
    choices = said.get("choices") or []
    for choice in choices:
        told = choice.get("delta") or choice.get("message") or {}
        exchange.reply += told.get("content") or ""
    return bool(choices) or not usage
