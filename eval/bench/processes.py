"""Whole processes: a cold question, the page until it is ready, resident memory."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from eval.bench.clock import ROOT, assistant_command, resident_mb, run_seconds
from eval.bench.visiting import visit

QUESTION = "湖州市2025年三级公立医院CMI值的目标是多少？"
_PAGE_TIMEOUT_SECONDS = 90
_VISITS = 3


def cold_ask_seconds(library: Path, runs: int) -> list[float]:
    """Time ``assistant ask`` from the shell to its answer, once untimed (disk cache), then ``runs``."""
    command = [*assistant_command(), "ask", QUESTION, "--json", "--library", str(library)]
    run_seconds(command)
    return [run_seconds(command) for _ in range(runs)]


def cold_stock_seconds(texts: Path, chroma: Path, runs: int) -> list[float]:
    """Time the stock recipe from the shell to its chunks: Chroma opened, BM25 built again."""
    command = [sys.executable, "-m", "eval.bench.stock_process", "ask", str(texts), str(chroma)]
    run_seconds([*command, QUESTION])
    return [run_seconds([*command, QUESTION]) for _ in range(runs)]


def page_ready(library: Path, runs: int) -> tuple[list[float], float]:
    """Return seconds until the page answers, for each run, and its resident MB after visits."""
    times, resident = [], 0.0
    for _ in range(runs):
        with _page(library) as (took, process, url):
            times.append(took)
            for _ in range(_VISITS):
                visit(url, QUESTION)
            resident = max(resident, resident_mb(process))
    return times, resident


@contextmanager
def _page(library: Path) -> Iterator[tuple[float, psutil.Process, str]]:
    port = _free_port()
    started = time.perf_counter()
    server = subprocess.Popen(
        [*assistant_command(), "serve", "--port", str(port), "--library", str(library)],
        cwd=ROOT,
        env={**os.environ, "GRADIO_ANALYTICS_ENABLED": "False"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        url = f"http://127.0.0.1:{port}/"
        _wait_for(url, server)
        yield time.perf_counter() - started, psutil.Process(server.pid), url
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _PAGE_TIMEOUT_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5) as reply:
                if reply.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise RuntimeError(f"the page did not get ready ({server.poll()=})")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def asking_resident_mb(library: Path) -> float:
    """Return the resident MB of a process of its own that has answered the dev questions."""
    output = subprocess.run(
        [sys.executable, "-m", "eval.bench.asking_process", str(library)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return float(json.loads(output)["resident_mb"])
