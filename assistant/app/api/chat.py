"""``/v1``: OpenAI's chat protocol, so that other front ends and programs can ask."""

from __future__ import annotations

import secrets
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Generator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse

from assistant.app.api.access import (
    EVENT_HEADERS,
    DeskHere,
    Json,
    JsonReply,
    WorkHere,
)
from assistant.app.api.asking import last, stream_of, writes
from assistant.app.api.chat_models import (
    CHAT_FAILURES,
    EXTRACTIVE,
    MODEL,
    ChatReply,
    ChatRequest,
    ModelReply,
    ModelsReply,
)
from assistant.app.api.chat_text import marked, question_and_history, sources_text
from assistant.app.api.errors import RequestError, error_json, message_of, status_of
from assistant.app.api.requests import AskRequest
from assistant.app.common import json_text
from assistant.app.json_output import answer_json
from assistant.app.web.desk import Desk
from assistant.types import Answer, Question, Sentence

router = APIRouter(prefix="/v1", tags=["OpenAI 兼容"])
_STREAM, _DONE, _PATH = "text/event-stream", "data: [DONE]\n\n", "/v1"
_SINCE = 1760000000


@dataclass(slots=True)
class Completion:
    """One completion in the making: what was asked, and the text so far."""

    asked: AskRequest
    model: str
    prompt_tokens: int
    with_usage: bool = False
    id: str = field(default_factory=lambda: f"chatcmpl-{secrets.token_hex(12)}")
    created: int = field(default_factory=lambda: int(time.time()))
    text: str = ""

    def add(self, words: str) -> str:
        """Add words to the text, a paragraph of their own; returns what a stream is to append."""
        added = f"\n\n{words}" if self.text and words else words
        self.text += added
        return added

    def usage(self) -> Json:
        """Estimate the tokens of the messages and of the text: one for each character."""
        counts = {"prompt_tokens": self.prompt_tokens, "completion_tokens": len(self.text)}
        return {**counts, "total_tokens": sum(counts.values())}

    def reply(self, kind: str, choices: Sequence[Json]) -> Json:
        """Return a reply or a part of a stream."""
        names = {"id": self.id, "object": kind, "created": self.created, "model": self.model}
        return {**names, "choices": list(choices)}


@router.get("/models", summary="可用的模型", responses={200: {"model": ModelsReply}})
async def models() -> Response:
    """cewen 用所设置的语言模型（未设置时摘录原文），cewen-extractive 只摘录原文。"""
    return JsonReply({"object": "list", "data": [_model(name) for name in (MODEL, EXTRACTIVE)]})


@router.get(
    "/models/{name}",
    summary="一个模型",
    responses={200: {"model": ModelReply}, **CHAT_FAILURES},
)
async def model(name: str) -> Response:
    """模型的名称。"""
    return JsonReply(_model(_known(name)))


@router.post(
    "/chat/completions",
    summary="对话",
    responses={200: {"model": ChatReply, "content": {_STREAM: {}}}, **CHAT_FAILURES},
)
async def complete(chat: ChatRequest, request: Request, desk: DeskHere, work: WorkHere) -> Response:
    """最后一条 user 消息是问题，先前的是上文；回答带 [n] 与来源列表，另有 citations、status、reason。"""
    completion = _begun(chat)
    slow = writes(desk, completion.asked.extractive)
    if not chat.stream:
        return JsonReply(
            await last(
                work.steps(request, lambda there: _whole(desk, completion, there), slow=slow)
            )
        )
    steps = work.steps(request, lambda there: _parts(desk, completion, there), slow=slow)
    first = await anext(steps, None)
    return StreamingResponse(events_of(first, steps), media_type=_STREAM, headers=EVENT_HEADERS)


def _model(name: str) -> Json:
    return {"id": name, "object": "model", "created": _SINCE, "owned_by": "cewen"}


def _known(name: str) -> str:
    if name not in (MODEL, EXTRACTIVE):
        raise RequestError(
            f"没有名为「{name[:100]}」的模型。可用：{MODEL}、{EXTRACTIVE}。",
            status=404,
            code="model_not_found",
            param="model",
        )
    return name


def _begun(chat: ChatRequest) -> Completion:
    """Read the question out of the messages. Raises RequestError for what is not spoken here."""
    name = _known(chat.model)
    if chat.n not in (None, 1):
        raise RequestError("一次只给一个回答。请把 n 设为 1 或不写。", param="n")
    if (chat.response_format or {}).get("type", "text") != "text":
        raise RequestError("回答只能是文字。请不要写 response_format。", param="response_format")
    question, history, prompt = question_and_history(chat.messages)
    asked = AskRequest(question=question, history=history, extractive=name == EXTRACTIVE)
    options = chat.stream_options
    return Completion(asked, name, len(prompt), bool(options and options.include_usage))


def _whole(
    desk: Desk, completion: Completion, is_wanted: Callable[[], bool]
) -> Generator[Json | None, None, None]:
    """Yield None for every step, at last the whole reply."""
    for event in stream_of(desk, completion.asked, is_wanted):
        if not isinstance(event, Answer):
            yield None
            continue
        answer = answer_json(event, desk.library)
        for sentence in event.sentences:
            completion.add(marked(sentence))
        completion.add(sources_text(answer["citations"]))
        message = {"role": "assistant", "content": completion.text, "refusal": None}
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
        whole = completion.reply("chat.completion", [choice])
        yield {**whole, "usage": completion.usage(), **_beside(answer)}


def _parts(
    desk: Desk, completion: Completion, is_wanted: Callable[[], bool]
) -> Generator[Json | None, None, None]:
    """Yield the parts of a stream: each sentence as it is ready, the sources, the end."""
    for event in stream_of(desk, completion.asked, is_wanted):
        if isinstance(event, Question):
            yield _part(completion, {"role": "assistant", "content": ""})
        elif isinstance(event, Sentence):
            yield _part(completion, {"content": completion.add(marked(event))})
        elif isinstance(event, Answer):
            answer = answer_json(event, desk.library)
            yield _part(completion, {"content": completion.add(sources_text(answer["citations"]))})
            yield {**_part(completion, {}, finish="stop"), **_beside(answer)}
            if completion.with_usage:
                whole = completion.reply("chat.completion.chunk", [])
                yield {**whole, "usage": completion.usage()}
        else:
            yield None


def _part(completion: Completion, delta: Json, *, finish: str | None = None) -> Json:
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
    return completion.reply("chat.completion.chunk", [choice])


def _beside(answer: Json) -> Json:
    """Return what OpenAI's protocol has no place for."""
    return {name: answer[name] for name in ("citations", "status", "reason")}


async def events_of(
    first: Json | None, rest: AsyncGenerator[Json | None, None]
) -> AsyncIterator[str]:
    """Write the parts as events, an error as the protocol has it, and the end."""
    yield _event(first)
    try:
        async with aclosing(rest):
            async for part in rest:
                if part is not None:
                    yield _event(part)
    except Exception as error:  # the status is sent already: the stream says what is wrong
        yield _event(error_json(_PATH, status_of(error), message_of(error)))
    yield _DONE


def _event(value: Any) -> str:
    return f"data: {json_text(value)}\n\n"
