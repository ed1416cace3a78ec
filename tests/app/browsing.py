"""What the browser tests share: the page as a process of its own, and a browser that counts."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

HERE = Path(__file__).parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or "/usr/bin/chromium"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
READY_SECONDS = 60


def why_not() -> str:
    """Say why a browser test cannot run here; empty when it can."""
    try:
        import playwright  # noqa: F401
    except ImportError:
        return "没有安装 playwright：pip install -e '.[dev]'"
    return (
        "" if Path(CHROMIUM).exists() else "没有安装 Chromium：apt install chromium fonts-noto-cjk"
    )


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(library: Path, log: Path, **settings: str) -> Iterator[str]:
    """Serve a library under the guard; yields the page's address when it answers.

    ``settings`` are environment variables of the page's process.
    """
    address = f"http://127.0.0.1:{(port := free_port())}/"
    command = [sys.executable, str(HERE / "guarded_serve.py"), str(log), "--library", str(library)]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", **settings}
    said = log.with_suffix(".out")
    with said.open("wb") as out:
        process = subprocess.Popen(
            [*command, "serve", "--port", str(port)], stdout=out, stderr=out, env=environment
        )
    try:
        _wait(address, process, said)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def _wait(address: str, process: subprocess.Popen[bytes], said: Path) -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until:
        assert process.poll() is None, said.read_text(encoding="utf-8")
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise AssertionError(f"the page did not answer within {READY_SECONDS} s")


@contextmanager
def browser() -> Iterator[Any]:
    """Start Debian's Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield started
        finally:
            started.close()


def watch(page: Any) -> list[str]:
    """Note every request of ``page`` that leaves this machine, and every error in its scripts."""
    wrong: list[str] = []
    page.on("request", lambda request: wrong.extend(_outside(request.url)))
    page.on("pageerror", lambda error: wrong.append(f"script: {error}"))
    page.on("dialog", lambda dialog: (wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    return wrong


def _outside(url: str) -> list[str]:
    parts = urlsplit(url)
    local = parts.scheme in ("data", "blob", "about") or parts.hostname in (
        "127.0.0.1",
        "localhost",
    )
    return [] if local else [url]
