"""Any sentence-transformers model, by name or folder; imports torch at first use."""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.errors import SettingsError

if TYPE_CHECKING:
    from assistant.library.embedders import Vectors

_BATCH = 16


class TransformerEmbedder:
    """A transformer. Text is NFKC and lower-case for the model's eyes: CKD is [UNK] to many."""

    def __init__(self, name: str, model: str) -> None:
        self.name, self._source = name, model
        self._loaded: Any = None
        self._guard = threading.Lock()

    @property
    def _model(self) -> Any:
        with self._guard:
            if self._loaded is None:
                self._loaded = _load(self._source)
            return self._loaded

    @property
    def dimensions(self) -> int:
        """The length of a vector; loads the model."""
        model = self._model
        ask = getattr(model, "get_embedding_dimension", None)
        return int(ask() if ask else model.get_sentence_embedding_dimension())

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Embed passages: (n, dimensions). The library sorts by length and pads per batch."""
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        return self._unit(self._model.encode_document(_readable(texts), **_OPTIONS))

    def embed_query(self, text: str) -> Vectors:
        """Embed one question with the model's query prompt, if it has one: (dimensions,)."""
        vector: Vectors = self._unit(self._model.encode_query(_readable([text]), **_OPTIONS))[0]
        return vector

    @staticmethod
    def _unit(vectors: Any) -> Vectors:
        from assistant.library.exact import unit_rows

        return unit_rows(np.asarray(vectors, np.float32))


_OPTIONS: dict[str, Any] = {
    "batch_size": _BATCH,
    "convert_to_numpy": True,
    "show_progress_bar": False,
}


def _readable(texts: Sequence[str]) -> list[str]:
    return [unicodedata.normalize("NFKC", text).lower() for text in texts]


def _load(source: str) -> Any:
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(source)
    except Exception as error:  # hub, file format and torch errors share no base class
        raise SettingsError(
            f"向量模型「{source}」无法加载（{type(error).__name__}）。"
            "请检查名称、目录或网络，或改用 embedder = static。"
        ) from error
