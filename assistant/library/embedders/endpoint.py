"""Any OpenAI-compatible embeddings endpoint. The key is sent, never logged, stored or shown."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.errors import AssistantError

if TYPE_CHECKING:
    import httpx

    from assistant.library.embedders import Vectors

_BATCH = 64
_TIMEOUT_SECONDS = 60.0
_PAUSES_SECONDS = (0.5, 2.0, 8.0)
_RETRIED = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
_MAX_PAUSE_SECONDS = 30.0


class EmbeddingServiceError(AssistantError):
    """The embeddings endpoint does not answer, refuses, or answers nonsense."""


class EndpointEmbedder:
    """Ask ``url`` (with or without ``/embeddings``) for vectors of ``model``."""

    meaning_weight = 0.5  # what is behind an endpoint is a transformer

    def __init__(
        self,
        name: str,
        url: str,
        model: str,
        key: str = "",
        *,
        timeout_seconds: float = _TIMEOUT_SECONDS,
        pauses_seconds: Sequence[float] = _PAUSES_SECONDS,
    ) -> None:
        bare = url.rstrip("/")
        self.name, self._asked = name, model
        self._url = bare if bare.endswith("/embeddings") else f"{bare}/embeddings"
        self._key, self._timeout, self._pauses = key, timeout_seconds, tuple(pauses_seconds)
        self._made: httpx.Client | None = None
        self._dimensions = 0
        self._guard = threading.Lock()

    def __repr__(self) -> str:
        return f"EndpointEmbedder({self.name!r})"

    @property
    def dimensions(self) -> int:
        """The length of a vector; asks the endpoint once."""
        if not self._dimensions:
            self.embed(["维度"])
        return self._dimensions

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Embed passages in batches: (n, dimensions). Raises EmbeddingServiceError."""
        batches = [texts[start : start + _BATCH] for start in range(0, len(texts), _BATCH)]
        if not batches:
            return np.zeros((0, self.dimensions), np.float32)
        from assistant.library.exact import unit_rows

        return unit_rows(np.concatenate([self._batch(list(batch)) for batch in batches]))

    def embed_query(self, text: str) -> Vectors:
        """Embed one question: (dimensions,). Raises EmbeddingServiceError."""
        vector: Vectors = self.embed([text])[0]
        return vector

    def _batch(self, texts: list[str]) -> Vectors:
        body = {"model": self._asked, "input": texts, "encoding_format": "float"}
        vectors = _vectors(self._post(body), len(texts))
        if self._dimensions and vectors.shape[1] != self._dimensions:
            raise EmbeddingServiceError(
                f"向量接口先后返回了 {self._dimensions} 维与 {vectors.shape[1]} 维的向量。请检查模型。"
            )
        self._dimensions = vectors.shape[1]
        return vectors

    def _client(self) -> httpx.Client:
        with self._guard:
            if self._made is None:
                import httpx

                headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
                self._made = httpx.Client(headers=headers, timeout=self._timeout)
            return self._made

    def _post(self, body: dict[str, Any]) -> Any:
        """Send, and send again after a pause where that may help."""
        import httpx

        trouble = ""
        for pause in (*self._pauses, None):
            asked_pause: float | None = None
            try:
                response = self._client().post(self._url, json=body)
            except httpx.HTTPError as error:
                trouble = "超时" if isinstance(error, httpx.TimeoutException) else "连接失败"
            else:
                if response.status_code not in _RETRIED:
                    return _json_of(response)
                trouble = f"状态码 {response.status_code}"
                asked_pause = _retry_after(response)
            if pause is not None:
                time.sleep(pause if asked_pause is None else asked_pause)
        tries = len(self._pauses) + 1
        raise EmbeddingServiceError(
            f"向量接口「{self.name}」{tries} 次未成功（{trouble}）。请检查地址与服务后重试。"
        )


def _retry_after(response: httpx.Response) -> float | None:
    try:
        return min(float(response.headers["retry-after"]), _MAX_PAUSE_SECONDS)
    except (KeyError, ValueError):
        return None


def _json_of(response: httpx.Response) -> Any:
    if response.status_code in (401, 403):
        raise EmbeddingServiceError("向量接口拒绝了密钥。请检查 embedder_key。")
    if response.status_code >= 400:
        raise EmbeddingServiceError(
            f"向量接口返回状态码 {response.status_code}。请检查 embedder 与 embedder_model。"
        )
    try:
        return response.json()
    except ValueError as error:
        raise EmbeddingServiceError("向量接口返回的不是 JSON。请检查 embedder 地址。") from error


def _vectors(answer: Any, expected: int) -> Vectors:
    """Read vectors in the order of their ``index``."""
    try:
        rows = sorted(answer["data"], key=lambda row: int(row["index"]))
        vectors = np.array([row["embedding"] for row in rows], np.float32)
    except (KeyError, TypeError, ValueError) as error:
        raise EmbeddingServiceError(
            "向量接口的回答不合 OpenAI 格式。请检查 embedder 地址。"
        ) from error
    if vectors.ndim != 2 or len(vectors) != expected or not np.isfinite(vectors).all():
        raise EmbeddingServiceError(
            f"向量接口应返回 {expected} 个向量，实际不符或含无效数值。请检查 embedder_model。"
        )
    return vectors
