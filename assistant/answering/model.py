"""A language model behind an OpenAI-compatible service, through LangChain's chat model."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.answering import local_model
from assistant.answering.timely import until
from assistant.errors import AssistantError, SettingsError
from assistant.settings import Settings

if TYPE_CHECKING:
    from langchain_openai import ChatOpenAI

_ANSWER_TOKENS = 700
_SLOWEST = 3  # a whole answer may take this many times the longest wait


class ModelError(AssistantError):
    """The model's service is slow, down, out of quota, refuses, or answers nonsense."""


@dataclass(slots=True)
class Spending:
    """The tokens that one question has used, and those that it may use; an upper estimate.

    ``until`` is when the whole answer must be there, by the monotonic clock in seconds; ``trouble``
    is why the model failed this question already, so that it is not waited for again.
    ``is_wanted`` says whether anybody still waits for the answer.
    """

    limit: int
    until: float
    used: int = 0
    trouble: str = ""
    is_wanted: Callable[[], bool] = lambda: True

    @property
    def left(self) -> int:
        """How many may still be used."""
        return self.limit - self.used

    def use(self, text: str) -> None:
        """Count ``text`` as read or written by the model.

        Raises ModelError past the limit of tokens or of time, and where nobody waits any more: the
        model is then let go.
        """
        if not self.is_wanted():
            raise ModelError("提问的人已离开")
        if time.monotonic() > self.until:
            raise ModelError("语言模型超时")
        self.used += tokens_of(text)
        if self.used > self.limit:
            raise ModelError("语言模型用尽了每个问题的 token 上限")


class Model:
    """Ask the model of the settings.

    Construction is cheap: the client is built, and a local file is loaded, at the first question.
    Raises SettingsError for a service without the model's name, and for a file that cannot be one.
    """

    def __init__(self, settings: Settings) -> None:
        self._file = local_model.file_of(settings.model)
        name = settings.model_name or (self._file.stem if self._file else "")
        if not name:
            raise SettingsError("设置了 model 而没有 model_name。请写明模型的名称。")
        self.name, self.tokens = name, settings.model_tokens
        self._settings = settings
        self._made: ChatOpenAI | None = None

    def __repr__(self) -> str:
        return f"Model({self.name!r})"

    @property
    def answer_tokens(self) -> int:
        """The most tokens that an answer may take."""
        return min(_ANSWER_TOKENS, self.tokens // 3)

    def spending(self, is_wanted: Callable[[], bool]) -> Spending:
        """Begin to count what one question uses; see Spending."""
        until = time.monotonic() + self._settings.model_timeout * _SLOWEST
        return Spending(self.tokens, until, is_wanted=is_wanted)

    def stream(self, system: str, prompt: str, spending: Spending) -> Iterator[str]:
        """Yield what the model writes, piece by piece. Raises ModelError, also midway."""
        spending.use(system + prompt)
        started = time.monotonic()
        client = self._client()
        spending.until += time.monotonic() - started  # a model's file is loaded but once
        try:
            for piece in until(spending.until, lambda: _pieces(client, system, prompt)):
                spending.use(piece)
                yield piece
        except AssistantError:
            raise
        except Exception as error:  # the service's edge: whatever it does, there is an answer
            raise ModelError(_reason(error)) from error

    def _client(self) -> ChatOpenAI:
        if self._made is None:
            from langchain_openai import ChatOpenAI
            from pydantic import SecretStr

            settings = self._settings
            url, key = self._address(self._file)
            options: dict[str, Any] = {
                "model": self.name,
                "base_url": url,
                "api_key": SecretStr(key or "none"),
                "timeout": settings.model_timeout,
                "max_retries": settings.model_retries,
                "extra_body": {"max_tokens": self.answer_tokens},
                "temperature": 0.0,
                "stream_usage": False,
                "use_responses_api": False,
            }
            self._made = ChatOpenAI(**options)
        return self._made

    def _address(self, file: Path | None) -> tuple[str, str]:
        """Return the base URL and the key; a file is served in this process first."""
        if file is None:
            return self._settings.model, self._settings.model_key
        try:
            served = local_model.serve(file, self.tokens)
        except RuntimeError as error:
            raise ModelError(f"模型文件「{file.name}」无法载入") from error
        return served.url, served.key


def _pieces(client: ChatOpenAI, system: str, prompt: str) -> Generator[str]:
    for chunk in client.stream([("system", system), ("human", prompt)]):
        if isinstance(chunk.content, str) and chunk.content:
            yield chunk.content


def tokens_of(text: str) -> int:
    """Return an upper estimate of the tokens of Chinese text: one for each character."""
    return len(text)


def _reason(error: Exception) -> str:
    """Say in Chinese what went wrong, without the service's own words (they may hold secrets)."""
    import openai

    if isinstance(error, openai.APITimeoutError) or "timeout" in type(error).__name__.lower():
        return "语言模型超时"
    if isinstance(error, openai.RateLimitError):
        return "语言模型的额度用尽或请求过多"
    if isinstance(error, openai.AuthenticationError | openai.PermissionDeniedError):
        return "语言模型服务拒绝了密钥"
    if isinstance(error, openai.APIStatusError):
        return f"语言模型服务出错，状态码 {error.status_code}"
    if isinstance(error, openai.APIConnectionError):
        return "语言模型服务连接不上"
    return "语言模型服务的回答中断或不合格式"
