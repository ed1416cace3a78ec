"""``/api/ask``: the answer as JSON, or step by step as server-sent events."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Generator
from contextlib import aclosing
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse

from assistant.app.api.access import (
    EVENT_HEADERS,
    DeskHere,
    Json,
    JsonReply,
    WorkHere,
    server_event,
)
from assistant.app.api.errors import message_of
from assistant.app.api.replies import FAILURES, AnswerReply
from assistant.app.api.requests import AskRequest
from assistant.app.api.work import GoneError
from assistant.app.json_output import answer_json, hits_json
from assistant.app.web.desk import Desk, Event
from assistant.library import Library
from assistant.types import Answer, Question, Sentence

router = APIRouter(prefix="/api", tags=["问答"])
Step = tuple[str, Any]
_STREAM = "text/event-stream"
_HIT_NAMES = ("rank", "document_id", "title", "city", "heading_path", "score", "start", "end")
_EVENTS = """返回与 `assistant ask --json` 相同的 JSON。

请求头写 `Accept: text/event-stream`（或字段 `stream` 为 true）时，依次返回事件：
`question`（理解后的问题）、`hits`（检索到的段落，不含原文）、`sentence`（一句，附引文编号，可有多个）、
`answer`（全部，同上）；中途出错为 `error`，如 `{"error": "……"}`。"""


@router.post(
    "/ask",
    summary="提问，得到逐句注明出处的回答",
    description=_EVENTS,
    responses={200: {"model": AnswerReply, "content": {_STREAM: {}}}, **FAILURES},
)
async def ask(asked: AskRequest, request: Request, desk: DeskHere, work: WorkHere) -> Response:
    """Answer a question, whole or step by step."""
    slow = writes(desk, asked.extractive)
    if not (asked.stream or _STREAM in request.headers.get("accept", "")):
        whole = await last(work.steps(request, lambda there: _whole(desk, asked, there), slow=slow))
        return JsonReply(whole)
    steps = work.steps(request, lambda there: _told(desk, asked, there), slow=slow)
    first = await anext(steps, None)  # what is wrong with the question itself is a status
    events = events_of(first, steps)
    return StreamingResponse(events, media_type=_STREAM, headers=EVENT_HEADERS)


def writes(desk: Desk, extractive: bool) -> bool:
    """Say whether a language model will be asked."""
    return bool(desk.settings.model) and not extractive


async def last(steps: AsyncGenerator[Json | None, None]) -> Json:
    """Return the last step's value. Raises GoneError where the client left before."""
    found = None
    async with aclosing(steps):
        async for step in steps:
            found = step
    if found is None:
        raise GoneError
    return found


def stream_of(
    desk: Desk, asked: AskRequest, is_wanted: Callable[[], bool]
) -> Generator[Event, None, None]:
    """Answer step by step; see Assistant.stream."""
    yield from desk.stream(
        asked.question,
        asked.history,
        city=asked.city,
        kind=asked.kind,
        extractive=asked.extractive,
        is_wanted=is_wanted,
    )


def _whole(
    desk: Desk, asked: AskRequest, is_wanted: Callable[[], bool]
) -> Generator[Json | None, None, None]:
    """Yield None for every step, at last the whole answer's JSON."""
    for event in stream_of(desk, asked, is_wanted):
        yield answer_json(event, desk.library) if isinstance(event, Answer) else None


def _told(
    desk: Desk, asked: AskRequest, is_wanted: Callable[[], bool]
) -> Generator[Step, None, None]:
    """Yield every step's name and JSON."""
    for event in stream_of(desk, asked, is_wanted):
        yield _step(event, desk.library)


def _step(event: Event, library: Library) -> Step:
    if isinstance(event, Question):
        return "question", _question_json(event)
    if isinstance(event, Sentence):
        return "sentence", _sentence_json(event)
    if isinstance(event, Answer):
        return "answer", answer_json(event, library)
    hits = hits_json(event, library)
    return "hits", [{name: hit[name] for name in _HIT_NAMES} for hit in hits]


def _sentence_json(sentence: Sentence) -> Json:
    return {
        "text": sentence.text,
        "citations": list(sentence.citations),
        "support": sentence.support,
        "mark": sentence.mark.value,
    }


def _question_json(question: Question) -> Json:
    return {
        "question": question.text,
        "standalone_question": question.standalone,
        "intent": question.intent.value,
        "cities": list(question.cities),
        "years": list(question.years),
        "indicators": list(question.indicators),
    }


async def events_of(first: Step | None, rest: AsyncGenerator[Step, None]) -> AsyncIterator[str]:
    """Write the steps as events; what goes wrong between them is the last event."""
    if first is not None:
        yield server_event(*first)
    try:
        async with aclosing(rest):
            async for name, value in rest:
                yield server_event(name, value)
    except Exception as error:  # the status is sent already: an event says what is wrong
        yield server_event("error", {"error": message_of(error)})
