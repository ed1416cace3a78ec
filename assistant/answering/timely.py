"""Pieces that somebody else makes, waited for until a moment and no longer, wherever they hang."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from contextvars import copy_context
from queue import Empty, SimpleQueue
from threading import Event, Thread

_END = object()


def until(moment: float, make: Callable[[], Generator[str]]) -> Generator[str]:
    """Yield what ``make`` yields, and raise what it raises, until ``moment`` (monotonic, in seconds).

    Raises TimeoutError then, even where ``make`` is stuck: it runs in a thread of its own, which ends
    with the piece that it waits for. So it does when the caller wants no more.
    """
    made: SimpleQueue[object] = SimpleQueue()
    is_left = Event()
    work = (_make, make, made, is_left)
    Thread(target=copy_context().run, args=work, name="pieces", daemon=True).start()
    try:
        while (piece := _next(made, moment)) is not _END:
            if isinstance(piece, Exception):
                raise piece
            yield str(piece)
    finally:
        is_left.set()


def _next(made: SimpleQueue[object], moment: float) -> object:
    try:
        return made.get(timeout=max(0.0, moment - time.monotonic()))
    except Empty:
        return TimeoutError("the moment is past")


def _make(make: Callable[[], Generator[str]], made: SimpleQueue[object], is_left: Event) -> None:
    pieces = make()
    try:
        for piece in pieces:
            if is_left.is_set():
                return
            made.put(piece)
        made.put(_END)
    except Exception as error:  # raised again where the pieces are used
        made.put(error)
    finally:
        pieces.close()
