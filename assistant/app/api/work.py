"""Where requests do their work: in threads apart from the page's, slow work apart from quick.

A language model may take a minute. While it does, the event loop, the page and quick requests go on.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Generator
from typing import Any, TypeVar, cast

import anyio
from anyio import CapacityLimiter, to_thread
from fastapi import Request

from assistant.errors import AssistantError

_QUICK_AT_ONCE, _SLOW_AT_ONCE, _MAY_WAIT = 4, 8, 64
_LOOK_SECONDS = 0.2
_END = object()
T = TypeVar("T")
Begin = Callable[[Callable[[], bool]], Generator[T, None, None]]


class TooBusyError(AssistantError):
    """More requests wait than the server takes."""


class GoneError(Exception):
    """The client left: nobody waits for the reply."""


class Work:
    """The server's threads for the API; what waits too long a queue is turned away."""

    def __init__(self) -> None:
        self._quick, self._slow = CapacityLimiter(_QUICK_AT_ONCE), CapacityLimiter(_SLOW_AT_ONCE)

    async def do(self, task: Callable[[], T]) -> T:
        """Do a quick task in a thread. Raises TooBusyError."""
        return await to_thread.run_sync(task, limiter=_admitted(self._quick))

    async def steps(
        self, request: Request, begin: Begin[T], *, slow: bool
    ) -> AsyncGenerator[T, None]:
        """Take one step after the other, each in a thread; end where the client left.

        ``begin`` makes the steps; it gets what says whether the client is still there. A client that
        reads slowly holds no thread. Raises TooBusyError before the first step.
        """
        limiter = _admitted(self._slow if slow else self._quick)
        gone = threading.Event()
        watcher = asyncio.create_task(_watch(request, gone))
        steps = begin(lambda: not gone.is_set())
        try:
            while not gone.is_set():
                step = await to_thread.run_sync(next, cast(Any, steps), _END, limiter=limiter)
                if step is _END:
                    return
                yield cast(T, step)
        finally:
            watcher.cancel()
            gone.set()
            with anyio.CancelScope(shield=True):
                await to_thread.run_sync(steps.close)


def _admitted(limiter: CapacityLimiter) -> CapacityLimiter:
    if limiter.statistics().tasks_waiting >= _MAY_WAIT:
        raise TooBusyError("同时提出的请求太多，服务忙不过来。请稍等几秒再试。")
    return limiter


async def _watch(request: Request, gone: threading.Event) -> None:
    while not await request.is_disconnected():
        await asyncio.sleep(_LOOK_SECONDS)
    gone.set()
