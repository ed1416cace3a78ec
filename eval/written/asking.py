"""Put one question to one system and keep the answer, what went over the wire, and the times."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.answering import Assistant
from assistant.types import Answer, Sentence
from eval.questions import GoldQuestion
from eval.written.recipe import Recipe, as_answer
from eval.written.relay import Exchange, Relay

_SENTENCE_END = re.compile(r"[。！？\n]")


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer with its exchanges; times in milliseconds from the question, the load at the end."""

    answer: Answer
    exchanges: tuple[Exchange, ...]
    first_ms: float | None
    total_ms: float
    load: float = field(default_factory=lambda: os.getloadavg()[0])


def ask_ours(
    gold: GoldQuestion, assistant: Assistant, relay: Relay, *, extractive: bool = False
) -> Asked:
    """Ask the assistant, streaming; the first sentence counts when it is yielded, checked."""
    relay.take()
    started, first, answer = time.perf_counter(), None, None
    for event in assistant.stream(gold.question, gold.history, extractive=extractive):
        if isinstance(event, Sentence) and first is None:
            first = _since(started)
        if isinstance(event, Answer):
            answer = event
    assert answer is not None
    return Asked(answer, relay.take(), first, _since(started))


def ask_stock(gold: GoldQuestion, recipe: Recipe, relay: Relay, ids: Mapping[str, str]) -> Asked:
    """Ask the stock recipe, streaming; it knows no conversation, so all turns are one query.

    A service that fails midway leaves what was written until then.
    """
    from openai import OpenAIError

    relay.take()
    query = " ".join((*gold.history, gold.question))
    started, first, text = time.perf_counter(), None, ""
    chunks = recipe.search(query)
    try:
        for piece in recipe.stream(query, chunks):
            text += piece
            if first is None and _SENTENCE_END.search(text):
                first = _since(started)
    except OpenAIError:
        pass  # a service that fails is part of what is measured: the reader has what came
    total = _since(started)
    answer = as_answer(query, text, chunks, ids)
    return Asked(answer, relay.take(), first if first is not None else total, total)


def _since(started: float) -> float:
    return (time.perf_counter() - started) * 1000
