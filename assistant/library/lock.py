"""One writer at a time: a lock file that the operating system frees when its holder dies."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from assistant.errors import LibraryBusyError

LOCK_NAME = "writer.lock"
HOLDER_NAME = "writer.json"


@contextmanager
def writing(directory: Path, *, wait_seconds: float = 0.0) -> Iterator[None]:
    """Hold the library's write lock; raises LibraryBusyError naming the holder."""
    from filelock import FileLock, Timeout

    lock = FileLock(directory / LOCK_NAME, timeout=wait_seconds)
    try:
        lock.acquire()
    except Timeout:
        raise LibraryBusyError(_busy_message(directory)) from None
    try:
        _name_holder(directory)
        yield
    finally:
        with suppress(OSError):
            (directory / HOLDER_NAME).unlink()
        lock.release()


def _name_holder(directory: Path) -> None:
    holder = {
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "since": datetime.now().astimezone().isoformat(timespec="seconds"),
    }
    (directory / HOLDER_NAME).write_text(json.dumps(holder), encoding="utf-8")


def _busy_message(directory: Path) -> str:
    try:
        holder = json.loads((directory / HOLDER_NAME).read_text(encoding="utf-8"))
        who = f"{holder['host']} 上的进程 {holder['pid']}（自 {holder['since']}）"
    except (OSError, ValueError, KeyError):
        who = "另一个进程"
    return f"文件库「{directory}」正由{who}写入。请等它完成后重试；查询不受影响。"
