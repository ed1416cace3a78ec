"""A language model behind an OpenAI-compatible service, through LangChain's chat model."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from assistant.errors import AssistantError, SettingsError
from assistant.settings import Settings

if TYPE_CHECKING:
    from langchain_openai import ChatOpenAI

_ANSWER_TOKENS = 700
_SLOWEST = 3  # a whole answer may take this many times the longest wait


class ModelError(AssistantError):
    """The model's service is slow, down, out of quota, refuses, or answers nonsense."""


class Model:
    """Ask the model of the settings. Construction is cheap; the client is built at first use."""

    def __init__(self, settings: Settings) -> None:
        if not settings.model_name:
            raise SettingsError("设置了 model 而没有 model_name。请写明模型的名称。")
        self.name, self.tokens = settings.model_name, settings.model_tokens
        self._settings = settings
        self._made: ChatOpenAI | None = None

    def __repr__(self) -> str:
        return f"Model({self.name!r})"

    @property
    def answer_tokens(self) -> int:
        """The most tokens that an answer may take."""
        return min(_ANSWER_TOKENS, self.tokens // 3)

    def stream(self, system: str, prompt: str) -> Iterator[str]:
        """Yield what the model writes, piece by piece. Raises ModelError, also midway."""
        limit = time.monotonic() + self._settings.model_timeout * _SLOWEST
        try:
            for chunk in self._client().stream([("system", system), ("human", prompt)]):
                if time.monotonic() > limit:
                    raise ModelError("语言模型超时")
                if isinstance(chunk.content, str) and chunk.content:
                    yield chunk.content
        except ModelError:
            raise
        except Exception as error:  # the service's edge: whatever it does, there is an answer
            raise ModelError(_reason(error)) from error

    def _client(self) -> ChatOpenAI:
        if self._made is None:
            from langchain_openai import ChatOpenAI
            from pydantic import SecretStr

            settings = self._settings
            options: dict[str, Any] = {
                "model": settings.model_name,
                "base_url": settings.model,
                "api_key": SecretStr(settings.model_key or "none"),
                "timeout": settings.model_timeout,
                "max_retries": settings.model_retries,
                "extra_body": {"max_tokens": self.answer_tokens},
                "temperature": 0.0,
                "stream_usage": False,
                "use_responses_api": False,
            }
            self._made = ChatOpenAI(**options)
        return self._made


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
