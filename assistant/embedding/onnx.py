"""Run an exported transformer embedder: onnxruntime in int8, no torch.

``assistant.embedding.onnx_export`` makes the folder: ``model.onnx``, ``tokenizer.json`` and
``config.json`` (how to pool, where to cut, which prompts).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from assistant.embedding.static import Vectors
from assistant.errors import SettingsError

WEIGHTS, TOKENIZER, CONFIG = "model.onnx", "tokenizer.json", "config.json"
INPUTS = ("input_ids", "attention_mask", "token_type_ids")


@dataclass(frozen=True, slots=True)
class OnnxModel:
    """An exported transformer. ``pooling`` is ``mean`` or ``cls``; prompts may be empty."""

    dimensions: int
    pooling: str
    query_prompt: str
    passage_prompt: str
    tokenizer: Tokenizer
    session: Any

    @classmethod
    def load(cls, folder: Path, *, threads: int = 0) -> OnnxModel:
        """Read an exported folder; ``threads`` 0 leaves the choice to onnxruntime.

        Raises SettingsError where the folder holds no exported model.
        """
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        try:
            config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
            tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
            tokenizer.enable_truncation(int(config["max_tokens"]))
            session = onnxruntime.InferenceSession(
                str(folder / WEIGHTS), options, providers=["CPUExecutionProvider"]
            )
            prompts = str(config["query_prompt"]), str(config["passage_prompt"])
            pooled = int(config["dimensions"]), str(config["pooling"])
        except Exception as error:  # onnxruntime's and tokenizers' errors share no base class
            raise SettingsError(
                f"「{folder}」不是可用的 ONNX 向量模型（{type(error).__name__}）。请删除此目录后重试。"
            ) from error
        tokenizer.no_padding()
        return cls(*pooled, *prompts, tokenizer, session)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Embed passages: (n, dimensions) float32, rows of length 1; long texts are cut."""
        return self._vectors(self.passage_prompt, texts)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Embed questions: (n, dimensions) float32, rows of length 1."""
        return self._vectors(self.query_prompt, texts)

    def _vectors(self, prompt: str, texts: Sequence[str]) -> Vectors:
        """Embed one text at a time.

        int8 scales are taken over all that runs together: in a batch, a vector would depend on its
        neighbours and their padding.
        """
        vectors = np.zeros((len(texts), self.dimensions), np.float32)
        for row, text in zip(vectors, texts, strict=True):
            row[:] = self._vector(prompt + text)
        return vectors

    def _vector(self, text: str) -> Vectors:
        feed = _inputs(self.tokenizer.encode(text))
        wanted = [one.name for one in self.session.get_inputs()]
        hidden = self.session.run(None, {name: feed[name] for name in wanted})[0][0]
        pooled = hidden[0] if self.pooling == "cls" else hidden.mean(axis=0)
        return np.asarray(pooled / max(float(np.linalg.norm(pooled)), 1e-12), np.float32)


def _inputs(encoded: Encoding) -> dict[str, NDArray[np.int64]]:
    """Lay out one tokenised text as what a transformer takes: (1, tokens) each."""
    columns = encoded.ids, encoded.attention_mask, encoded.type_ids
    return {
        name: np.array([column], np.int64) for name, column in zip(INPUTS, columns, strict=True)
    }
