"""The whole application behind a real uvicorn, in this process, on a free port."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import uvicorn

from assistant.app.web.server import build
from assistant.library import Library
from assistant.settings import Settings

QUESTION = "湖州市2025年三级公立医院CMI值的目标是多少？"
_WAIT_SECONDS = 60


@contextmanager
def serving(settings: Settings) -> Iterator[str]:
    """Serve the library of the settings; yields the address, without a slash at its end."""
    with (
        Library.open(settings.library, settings) as library,
        running(build(library, settings)) as address,
    ):
        yield address


@contextmanager
def running(application: Any) -> Iterator[str]:
    """Run an application under uvicorn; yields its address."""
    options: dict[str, Any] = {"port": 0, "log_level": "critical", "timeout_graceful_shutdown": 1}
    server = uvicorn.Server(uvicorn.Config(application, **options))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{_port(server)}"
    finally:
        server.should_exit = True
        thread.join(_WAIT_SECONDS)


def _port(server: uvicorn.Server) -> int:
    until = time.monotonic() + _WAIT_SECONDS
    while not server.started:
        assert time.monotonic() < until, "the server did not start"
        time.sleep(0.02)
    return int(server.servers[0].sockets[0].getsockname()[1])


def client(address: str, **options: Any) -> httpx.Client:
    """Return a client that waits as long as a busy machine needs."""
    return httpx.Client(base_url=address, timeout=60, trust_env=False, **options)


def events(response: httpx.Response) -> list[tuple[str, str]]:
    """Read a stream of server-sent events to its end: names and values."""
    found = []
    for block in response.read().decode().split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.splitlines())
        if lines:
            found.append((lines.get("event", ""), lines["data"]))
    return found


def untimed(answer: dict[str, Any]) -> dict[str, Any]:
    """Leave out what differs from run to run."""
    return {name: value for name, value in answer.items() if name != "timings_ms"}
