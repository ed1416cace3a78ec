"""Read and run a static embedding model: no torch, no download.

A model is a folder: ``tokenizer.json`` (which also normalises the text), ``model.safetensors``
(``embeddings`` int8 or float, rows; ``weights`` float32, one factor a row, optional) and
``config.json`` (its name). sentence-transformers' StaticEmbedding and model2vec read the same files.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from assistant.errors import SettingsError

SHIPPED = Path(__file__).with_name("model")
TOKENS_AT_ONCE = 16_384  # bounds the working memory: 16,384 rows of 256 float32 are 16 MB

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class StaticModel:
    """A tokenizer and one vector per token.

    ``name`` changes with the weights, so that vectors of two models are never mixed.
    """

    name: str
    tokenizer: Tokenizer
    embeddings: NDArray[np.generic]
    weights: Vectors

    @classmethod
    def load(cls, path: Path | None = None) -> StaticModel:
        """Read the model in the folder ``path``, or the one that ships with the package.

        Raises SettingsError where the folder holds no such model.
        """
        return _load(path or SHIPPED)

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        return int(self.embeddings.shape[1])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Embed ``texts``: (n, dimensions) float32, rows of length 1.

        A text without any known token is a row of zeros, at cosine 0 to everything.
        """
        vectors = np.zeros((len(texts), self.dimensions), np.float32)
        for start, ids in self._token_ids(texts):
            vectors[start : start + len(ids)] = self._sums(ids)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(lengths, np.float32(1e-12)), np.float32)

    def _token_ids(self, texts: Sequence[str]) -> Iterator[tuple[int, list[list[int]]]]:
        """Yield (index of the first text, token ids of each) in batches of bounded size."""
        if len(texts) == 1:  # a query: without the batch's threads
            yield 0, [self.tokenizer.encode(texts[0], add_special_tokens=False).ids]
            return
        for start, end in _batches(texts, TOKENS_AT_ONCE):
            encoded = self.tokenizer.encode_batch_fast(texts[start:end], add_special_tokens=False)
            yield start, [one.ids for one in encoded]

    def _sums(self, ids: Sequence[Sequence[int]]) -> Vectors:
        """Add up the weighted token vectors of each text."""
        sums = np.zeros((len(ids), self.dimensions), np.float32)
        for row, tokens in zip(sums, ids, strict=True):
            if tokens:
                index = np.asarray(tokens, np.int64)
                np.matmul(self.weights[index], self.embeddings[index].astype(np.float32), out=row)
        return sums


def _batches(texts: Sequence[str], max_chars: int) -> Iterator[tuple[int, int]]:
    """Cut ``texts`` into runs of at most ``max_chars`` characters, one text at least."""
    start, held = 0, 0
    for index, text in enumerate(texts):
        if index > start and held + len(text) > max_chars:
            yield start, index
            start, held = index, 0
        held += len(text)
    if start < len(texts):
        yield start, len(texts)


@lru_cache(maxsize=2)
def _load(path: Path) -> StaticModel:
    """Read a model folder; the last two stay in memory."""
    try:
        config = json.loads((path / "config.json").read_text(encoding="utf-8"))
        tensors = load_file(path / "model.safetensors")
        tokenizer = Tokenizer.from_file(str(path / "tokenizer.json"))
        embeddings = tensors["embeddings"]
        name = str(config["name"])
    except Exception as error:  # tokenizers raises bare Exception, safetensors its own
        raise SettingsError(
            f"「{path}」不是可用的静态向量模型（{type(error).__name__}）。请检查 embedder 设置。"
        ) from error
    tokenizer.no_padding()
    tokenizer.no_truncation()
    weights = tensors.get("weights", np.ones(len(embeddings), np.float32))
    return StaticModel(name, tokenizer, embeddings, weights.astype(np.float32))
