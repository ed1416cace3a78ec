"""Warm times of asking and searching in one process, and what a writer does to them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from assistant.answering import Assistant
from assistant.library import Library
from eval.bench.clock import milliseconds_each, seconds
from eval.questions import GoldQuestion

SEARCHED = 10
_WARMING = 5
_ROUNDS_BEFORE = 2


@dataclass(frozen=True, slots=True)
class WarmTimes:
    """Milliseconds of every warm ``ask`` and ``search``."""

    ask: tuple[float, ...]
    search: tuple[float, ...]


def warm_times(library: Library, questions: Sequence[GoldQuestion], rounds: int) -> WarmTimes:
    """Time every question, warm: some are asked first, untimed."""
    assistant = Assistant(library)
    asks = [_ask(assistant, question) for question in questions]
    searches = [_search(assistant, question) for question in questions]
    for call in (*asks[:_WARMING], *searches[:_WARMING]):
        call()
    return WarmTimes(
        tuple(milliseconds_each(asks, rounds)), tuple(milliseconds_each(searches, rounds))
    )


def _ask(assistant: Assistant, question: GoldQuestion) -> Callable[[], object]:
    return lambda: assistant.ask(question.question, question.history)


def _search(assistant: Assistant, question: GoldQuestion) -> Callable[[], object]:
    query = " ".join((*question.history, question.question))
    return lambda: assistant.search(query, k=SEARCHED)


@dataclass(frozen=True, slots=True)
class Adding:
    """Adding one document: seconds until it can be found, and how long answers waited meanwhile.

    ``longest_stall_ms`` is the most by which an answer was slower than the same question's slowest
    before; ``answers`` counts those given meanwhile.
    """

    seconds: float
    longest_stall_ms: float
    answers: int


def adding(library: Library, path: Path, questions: Sequence[GoldQuestion]) -> Adding:
    """Add a document while another thread of the same process asks, then remove it again."""
    assistant = Assistant(library)
    calls = [_ask(assistant, question) for question in questions]
    before = [max(milliseconds_each([call], _ROUNDS_BEFORE)) for call in calls]
    stalls: list[float] = []
    over = threading.Event()

    def keep_asking() -> None:
        for index in cycle(range(len(calls))):
            stalls.append(seconds(calls[index]) * 1000 - before[index])
            if over.is_set():
                return

    asker = threading.Thread(target=keep_asking, daemon=True)
    asker.start()
    time.sleep(0.05)
    took = seconds(lambda: library.index([path]))
    over.set()
    asker.join()
    _remove(library, path)
    return Adding(took, max(0.0, *stalls), len(stalls))


def _remove(library: Library, path: Path) -> None:
    for card in library.documents():
        if Path(card.source).name == path.name:
            library.remove(card.id)
