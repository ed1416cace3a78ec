"""Any sentence-transformers model, by name or folder: onnxruntime in int8, or else torch.

Without a GPU the first process exports the model (assistant.library.embedders.exports); later ones
run the export and never import torch. eval/results/embedding.md has the speed and the loss of quality
of both. Their vectors lie so close (cosine above 0.97, checked at the export) that a library embedded
by one may be asked by the other.
"""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.errors import SettingsError
from assistant.library.embedders.exports import Exports

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

    from assistant.embedding.onnx import OnnxModel
    from assistant.library.embedders import Vectors

_BATCH = 16


class TransformerEmbedder:
    """A transformer. Text is NFKC and lower-case for the model's eyes: CKD is [UNK] to many.

    ``cache`` is where exports are kept; None runs the model through torch.
    """

    meaning_weight = 0.5

    def __init__(self, name: str, model: str, cache: Path | None) -> None:
        self.name, self._source = name, model
        self._exports = None if cache is None else Exports(cache)
        self._loaded: OnnxModel | _TorchModel | None = None
        self._guard = threading.Lock()

    @property
    def _model(self) -> OnnxModel | _TorchModel:
        with self._guard:
            if self._loaded is None:
                self._loaded = self._exported() or self._first_load()
            return self._loaded

    def _exported(self) -> OnnxModel | None:
        return self._exports.find(self._source) if self._exports else None

    def _first_load(self) -> OnnxModel | _TorchModel:
        model = _load(self._source)
        if self._exports and model.device.type == "cpu":
            made = self._exports.make(self._source, model)
            if made is not None:
                return made
        return _TorchModel(model)

    @property
    def runs_on(self) -> str:
        """What runs the model: ``onnxruntime`` or ``torch``; loads it."""
        return "torch" if isinstance(self._model, _TorchModel) else "onnxruntime"

    @property
    def dimensions(self) -> int:
        """The length of a vector; loads the model."""
        return self._model.dimensions

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Embed passages, with the model's prompt for them, if any: (n, dimensions)."""
        return self._model.encode_passages(_readable(texts))

    def embed_query(self, text: str) -> Vectors:
        """Embed one question, with the model's prompt for it, if any: (dimensions,)."""
        vector: Vectors = self._model.encode_queries(_readable([text]))[0]
        return vector


class _TorchModel:
    """A loaded sentence-transformers model; it sorts by length and pads per batch itself."""

    def __init__(self, model: SentenceTransformer) -> None:
        self._model = model

    @property
    def dimensions(self) -> int:
        return int(self._model.get_embedding_dimension() or 0)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        return _unit(self._model.encode_document(list(texts), **_OPTIONS))

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return _unit(self._model.encode_query(list(texts), **_OPTIONS))


_OPTIONS: dict[str, Any] = {
    "batch_size": _BATCH,
    "convert_to_numpy": True,
    "show_progress_bar": False,
}


def _unit(vectors: Any) -> Vectors:
    from assistant.library.exact import unit_rows

    return unit_rows(np.asarray(vectors, np.float32))


def _readable(texts: Sequence[str]) -> list[str]:
    return [unicodedata.normalize("NFKC", text).lower() for text in texts]


def _load(source: str) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(source)
    except Exception as error:  # hub, file format and torch errors share no base class
        raise SettingsError(
            f"向量模型「{source}」无法加载（{type(error).__name__}）。"
            "请检查名称、目录或网络，或改用 embedder = static。"
        ) from error
