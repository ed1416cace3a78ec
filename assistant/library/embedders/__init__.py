"""Embedders: text to unit vectors, chosen by one setting; weights load at first use.

Every implementation passes the contract suite in tests/library/test_embedders.py.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.errors import SettingsError
from assistant.library.embedders.folders import folder_digest
from assistant.library.secrets import without_secrets
from assistant.settings import Settings

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """What the library asks of an embedder."""

    @property
    def name(self) -> str:
        """What vectors depend on: model and version; never a secret."""
        ...

    @property
    def dimensions(self) -> int:
        """The length of a vector; may load the model."""
        ...

    @property
    def meaning_weight(self) -> float:
        """The weight of the meaning leg in the fusion that measured best, in [0, 1].

        See eval/results/embedding.md; the setting of the same name overrides it.
        """
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Embed passages: (n, dimensions) float32, rows of length 1 (or 0 for nothing known)."""
        ...

    def embed_query(self, text: str) -> Vectors:
        """Embed one question: (dimensions,) float32 of length 1 (or 0)."""
        ...


def make_embedder(settings: Settings) -> Embedder:
    """Build the embedder that the settings name; cheap, loads nothing."""
    name = identify(settings)
    if settings.embedder == "static" or _is_static_folder(settings.embedder):
        from assistant.library.embedders.static import StaticEmbedder

        folder = None if settings.embedder == "static" else Path(settings.embedder)
        return StaticEmbedder(name, folder)
    if _is_endpoint(settings.embedder):
        from assistant.library.embedders.endpoint import EndpointEmbedder

        return EndpointEmbedder(
            name, settings.embedder, settings.embedder_model, settings.embedder_key
        )
    from assistant.library.embedders.transformer import TransformerEmbedder

    return TransformerEmbedder(name, settings.embedder, settings.cache)


def identify(settings: Settings) -> str:
    """Name the embedder that the settings ask for, version included, without loading it.

    Raises SettingsError where an endpoint is named without its model.
    """
    if settings.embedder == "static":
        from assistant.embedding import SHIPPED

        return _static_name(SHIPPED)
    if _is_static_folder(settings.embedder):
        return _static_name(Path(settings.embedder))
    if _is_endpoint(settings.embedder):
        if not settings.embedder_model:
            raise SettingsError("以接口方式向量化时须指明模型。请设置 embedder_model。")
        return f"{settings.embedder_model}@{without_secrets(settings.embedder)}"
    folder = Path(settings.embedder)
    return f"{folder.name}#{folder_digest(folder)}" if folder.is_dir() else settings.embedder


def _is_endpoint(embedder: str) -> bool:
    return embedder.startswith(("http://", "https://"))


def _is_static_folder(embedder: str) -> bool:
    modules = Path(embedder) / "modules.json"
    return modules.is_file() and "StaticEmbedding" in modules.read_text(encoding="utf-8")


def _static_name(folder: Path) -> str:
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        return str(config["name"])
    except (OSError, ValueError, KeyError) as error:
        raise SettingsError(
            f"「{folder}」不是可用的静态向量模型（{type(error).__name__}）。请检查 embedder 设置。"
        ) from error
