"""Exported transformers in the cache directory, by the content of the model they were made from.

An export is made once, where a model is first loaded on a machine without a GPU; every later process
reads it and needs no torch. A model that does not export is remembered, so that no process tries again.
"""

from __future__ import annotations

import logging
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from assistant.library.embedders.folders import folder_digest, model_folder

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

    from assistant.embedding.onnx import OnnxModel

log = logging.getLogger(__name__)

EXPORT_VERSION = "1"  # raise when the exporter makes something else of the same model
_FAILED = "failed.txt"


class Exports:
    """The exports under one cache directory."""

    def __init__(self, cache: Path) -> None:
        self._folder = cache.expanduser() / "onnx"

    def find(self, model: str) -> OnnxModel | None:
        """Load the export of ``model``; None where there is none, or its files are not here."""
        place = self.place(model)
        if place is None or not place.is_dir() or (place / _FAILED).exists():
            return None
        from assistant.embedding.onnx import OnnxModel

        return OnnxModel.load(place)

    def make(self, model: str, loaded: SentenceTransformer) -> OnnxModel | None:
        """Export ``model``, which is ``loaded``; None where it does not export, which is logged."""
        place = self.place(model)
        if place is None or place.is_dir():  # not to be found, or it failed before
            return None
        try:
            self._export(loaded, place)
        except (ImportError, OSError) as error:  # may work another time
            log.warning("未能导出向量模型「%s」（%s），改用 PyTorch 运行。", model, error)
            return None
        except Exception as error:  # torch's and onnxruntime's errors share no base class
            place.mkdir(exist_ok=True)
            reason = f"{type(error).__name__}: {error}"
            (place / _FAILED).write_text(reason[:2000] + "\n", encoding="utf-8")
            log.warning("向量模型「%s」不能导出为 ONNX，改用 PyTorch 运行。", model)
            return None
        return self.find(model)

    def _export(self, loaded: SentenceTransformer, place: Path) -> None:
        """Export beside ``place`` and rename, so that no process reads a half of it."""
        from assistant.embedding.onnx_export import export

        self._folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=self._folder, prefix="making-") as making:
            made = export(loaded, Path(making) / place.name)
            if not place.exists():  # another process may have been faster
                made.rename(place)

    def place(self, model: str) -> Path | None:
        """Say where the export of ``model`` is, or would be; None where its files are not here."""
        folder = model_folder(model)
        if folder is None:
            return None
        return self._folder / f"{folder_digest(folder)}-{EXPORT_VERSION}"
