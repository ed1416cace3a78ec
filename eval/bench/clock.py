"""Timing and memory: seconds of calls and of whole processes, medians of several runs."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import psutil  # type: ignore[import-untyped]

ROOT = Path(__file__).parents[2]


def seconds(call: Callable[[], object]) -> float:
    """Return the wall seconds of one call."""
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def milliseconds_each(calls: Sequence[Callable[[], object]], rounds: int = 1) -> list[float]:
    """Return the wall milliseconds of every call of every round."""
    return [seconds(call) * 1000 for _ in range(rounds) for call in calls]


def assistant_command() -> list[str]:
    """Return the command line of the installed product, beside this interpreter."""
    script = Path(sys.executable).parent / "assistant"
    return [str(script)] if script.exists() else [sys.executable, "-m", "assistant.app.cli"]


def run_seconds(command: Sequence[str], environment: Mapping[str, str] | None = None) -> float:
    """Return the wall seconds of a whole process; raises RuntimeError with its words if it fails."""
    started = time.perf_counter()
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **(environment or {})}, capture_output=True, text=True
    )
    took = time.perf_counter() - started
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[:3])} … failed: {done.stderr.strip()[-500:]}")
    return took


def resident_mb(process: psutil.Process | None = None) -> float:
    """Return the resident memory of a process and its children in MB (10^6 bytes)."""
    parent = process or psutil.Process()
    return float(
        sum(one.memory_info().rss for one in (parent, *parent.children(recursive=True))) / 1e6
    )
