"""OpenAI's chat protocol as far as it is spoken here; what other fields say is not read."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.app.api.replies import CitationReply
from assistant.app.api.requests import Words

MODEL, EXTRACTIVE = "cewen", "cewen-extractive"


class ContentPart(BaseModel):
    """One part of a message: text is read, anything else cannot be."""

    type: str = Field(max_length=100)
    text: Words | None = None


class ChatMessage(BaseModel):
    """One message of a conversation."""

    role: str = Field(max_length=100, description="user、assistant、system 等；只读 user")
    content: Words | list[ContentPart] | None = Field(None, description="文字，或文字部分的列表")


class StreamOptions(BaseModel):
    """What a stream carries besides its text."""

    include_usage: bool | None = Field(None, description="末尾另给一段用量")


class ChatRequest(BaseModel):
    """A conversation, of which the last user message is the question."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "model": MODEL,
                    "messages": [{"role": "user", "content": "广元市CMI的目标是多少？"}],
                }
            ]
        }
    )

    model: Words = Field(
        MODEL, max_length=200, description=f"{MODEL} 或 {EXTRACTIVE}（只摘录原文）"
    )
    messages: list[ChatMessage] = Field(
        min_length=1,
        max_length=1000,
        description="最后一条 user 消息是问题，先前的 user 消息是上文",
    )
    stream: bool | None = Field(None, description="逐句返回")
    stream_options: StreamOptions | None = None
    n: int | None = Field(None, description="只能是 1")
    response_format: dict[str, Any] | None = Field(None, description="只能是 text")


class ReplyMessage(BaseModel):
    """The answer as a message."""

    role: Literal["assistant"]
    content: str = Field(description="每句后有 [n]，末尾是来源列表")
    refusal: None = None


class Choice(BaseModel):
    """The one choice."""

    index: int
    message: ReplyMessage
    logprobs: None = None
    finish_reason: Literal["stop"]


class Usage(BaseModel):
    """Tokens, estimated as one for each character."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class ChatReply(BaseModel):
    """A completion; ``citations``, ``status`` and ``reason`` are as in ``/api/ask``."""

    id: str
    object: Literal["chat.completion"]
    created: int
    model: str
    choices: list[Choice]
    usage: Usage
    citations: list[CitationReply] = Field(description="引文，与 /api/ask 相同")
    status: Literal["answered", "refused"]
    reason: str | None


class ModelReply(BaseModel):
    """A model that may be asked for."""

    id: str
    object: Literal["model"]
    created: int
    owned_by: str


class ModelsReply(BaseModel):
    """The models that may be asked for."""

    object: Literal["list"]
    data: list[ModelReply]


class ChatError(BaseModel):
    """OpenAI's error object."""

    message: str = Field(description="什么错、错在哪里、怎么办")
    type: str
    param: str | None
    code: str | None


class ChatErrorReply(BaseModel):
    """What is wrong."""

    error: ChatError


CHAT_FAILURES: dict[int | str, dict[str, Any]] = {
    status: {"model": ChatErrorReply, "description": said}
    for status, said in {
        400: "要求无法满足，如没有问题",
        404: "没有这个模型",
        409: "文件库由别的设置建立，需要重建",
        413: "请求正文太大",
        422: "字段有误",
        503: "文件库不在或正忙，稍后再试",
    }.items()
}
