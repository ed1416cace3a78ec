"""Write a model folder: int8 rows with one factor each, tokenizer, and the files that name it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save
from tokenizers import Tokenizer

from assistant.embedding.static import Vectors

MODULES = [
    {
        "idx": 0,
        "name": "0",
        "path": "",
        "type": "sentence_transformers.models.StaticEmbedding",
    },
    {
        "idx": 1,
        "name": "1",
        "path": "1_Normalize",
        "type": "sentence_transformers.models.Normalize",
    },
]


def quantise(vectors: Vectors) -> tuple[NDArray[np.int8], Vectors]:
    """Round each row to int8 with its own factor: row ≈ int8 * factor."""
    largest = np.abs(vectors).max(axis=1)
    factors = np.maximum(largest, np.float32(1e-12)) / np.float32(127)
    rounded = np.rint(vectors / factors[:, None]).astype(np.int8)
    return rounded, np.where(largest > 0, factors, np.float32(0)).astype(np.float32)


def write_model(out: Path, tokenizer: Tokenizer, vectors: Vectors, *, name: str) -> str:
    """Write the model into the folder ``out``; return its name with the weights' fingerprint."""
    out.mkdir(parents=True, exist_ok=True)
    rounded, factors = quantise(vectors)
    stored = save({"embeddings": rounded, "weights": factors})
    full_name = f"{name}-{vectors.shape[1]}@{hashlib.sha256(stored).hexdigest()[:12]}"
    (out / "model.safetensors").write_bytes(stored)
    tokenizer.save(str(out / "tokenizer.json"), pretty=False)
    config = {"model_type": "model2vec", "normalize": True, "name": full_name}
    _write_json(out / "config.json", config)
    _write_json(out / "modules.json", MODULES)
    (out / "1_Normalize").mkdir(exist_ok=True)
    _write_json(out / "1_Normalize" / "config.json", {})
    return full_name


def _write_json(path: Path, value: object) -> None:
    """Write ``value`` as indented JSON."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
