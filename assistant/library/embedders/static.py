"""The static model that ships with the project, or another in the same format."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import SettingsError

if TYPE_CHECKING:
    from assistant.embedding import StaticModel
    from assistant.library.embedders import Vectors


class StaticEmbedder:
    """One vector a token, averaged: no torch, no download, thousands of passages a second."""

    meaning_weight = 0.44

    def __init__(self, name: str, folder: Path | None) -> None:
        self.name, self._folder = name, folder
        self._loaded: StaticModel | None = None

    @property
    def _model(self) -> StaticModel:
        if self._loaded is None:
            from assistant.embedding import StaticModel

            loaded = StaticModel.load(self._folder)
            if loaded.name != self.name:
                raise SettingsError(
                    f"向量模型在运行中由 {self.name} 换成了 {loaded.name}。请重新启动，"
                    "并运行 assistant index。"
                )
            self._loaded = loaded
        return self._loaded

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        return self._model.dimensions

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Embed passages: (n, dimensions)."""
        return self._model.encode(list(texts))

    def embed_query(self, text: str) -> Vectors:
        """Embed one question: (dimensions,)."""
        vector: Vectors = self._model.encode([text])[0]
        return vector
