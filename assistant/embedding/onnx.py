"""Run a transformer embedder without torch: export once, then onnxruntime in int8.

``python -m assistant.embedding.onnx MODEL_FOLDER OUT_FOLDER`` exports (extra ``onnx``; needs torch
and transformers). The exported folder holds ``model.onnx``, ``tokenizer.json``, ``config.json``.
"""

from __future__ import annotations

import argparse
import json
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from assistant.embedding.static import Vectors
from assistant.errors import SettingsError

BATCH = 8
MOST_TOKENS = 512
INPUTS = ("input_ids", "attention_mask", "token_type_ids")


@dataclass(frozen=True, slots=True)
class OnnxModel:
    """An exported transformer. ``pooling`` is ``mean`` or ``cls``."""

    name: str
    dimensions: int
    pooling: str
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
            config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
            tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            session = onnxruntime.InferenceSession(
                str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
            )
            named = config["name"], int(config["dimensions"]), config["pooling"]
        except Exception as error:  # onnxruntime's and tokenizers' errors share no base class
            raise SettingsError(
                f"「{folder}」不是可用的 ONNX 向量模型（{type(error).__name__}）。"
                "请用 python -m assistant.embedding.onnx 重新导出。"
            ) from error
        tokenizer.enable_truncation(int(config.get("max_tokens", MOST_TOKENS)))
        tokenizer.enable_padding(pad_id=int(config.get("pad_id", 0)))
        return cls(*named, tokenizer, session)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Embed ``texts``: (n, dimensions) float32, rows of length 1; long texts are cut."""
        vectors = np.zeros((len(texts), self.dimensions), np.float32)
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            vectors[batch] = self._run([_readable(texts[index]) for index in batch])
        return vectors

    def _run(self, texts: Sequence[str]) -> Vectors:
        encoded = self.tokenizer.encode_batch(list(texts))
        wanted = {one.name for one in self.session.get_inputs()}
        feed = {name: ids for name, ids in _inputs(encoded).items() if name in wanted}
        hidden = self.session.run(None, feed)[0]
        return _pooled(hidden, feed["attention_mask"], self.pooling)


def export(source: Path, out: Path) -> Path:
    """Export a BERT-like model folder to int8 ONNX in ``out``; return ``out``.

    Raises SettingsError where the folder cannot be read as a transformer.
    """
    try:
        from transformers import AutoModel, AutoTokenizer

        model = AutoModel.from_pretrained(source, attn_implementation="eager").eval()
        tokenizer = AutoTokenizer.from_pretrained(source, use_fast=True)
    except Exception as error:  # file format, missing package and hub errors share no base class
        raise SettingsError(
            f"「{source}」无法作为变换器模型读取（{type(error).__name__}）。请检查目录。"
        ) from error
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        _write_full(model, full)
        _quantise(full, out / "model.onnx")
    tokenizer.backend_tokenizer.save(str(out / "tokenizer.json"))
    config = {
        "name": f"{source.name}-onnx-int8",
        "dimensions": int(model.config.hidden_size),
        "pooling": _pooling(source),
        "max_tokens": min(MOST_TOKENS, int(model.config.max_position_embeddings)),
        "pad_id": int(tokenizer.pad_token_id or 0),
    }
    (out / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
    return out


def _write_full(model: Any, path: Path) -> None:
    """Export a transformer in float32 by tracing."""
    import torch

    class LastHidden(torch.nn.Module):
        """The model with positional inputs and one output, as tracing wants it."""

        def __init__(self, inner: Any) -> None:
            super().__init__()
            self.inner = inner

        def forward(self, ids: Any, mask: Any, kinds: Any) -> Any:
            found = self.inner(input_ids=ids, attention_mask=mask, token_type_ids=kinds)
            return found.last_hidden_state

    ids = torch.ones((2, 8), dtype=torch.long)
    axes = {0: "texts", 1: "tokens"}
    torch.onnx.export(
        LastHidden(model),
        (ids, ids, torch.zeros_like(ids)),
        str(path),
        input_names=list(INPUTS),
        output_names=["last_hidden_state"],
        dynamic_axes=dict.fromkeys([*INPUTS, "last_hidden_state"], axes),
        opset_version=17,
        dynamo=False,
    )


def _quantise(full: Path, out: Path) -> None:
    """Turn the weights of the matrix products into int8."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(full, out, weight_type=QuantType.QInt8)


def _pooling(source: Path) -> str:
    """Read how sentence-transformers pools this model; a bare BERT folder means mean."""
    path = source / "1_Pooling" / "config.json"
    if not path.is_file():
        return "mean"
    config = json.loads(path.read_text(encoding="utf-8"))
    return "cls" if config.get("pooling_mode_cls_token") else "mean"


def _readable(text: str) -> str:
    """What the model sees: many Chinese vocabularies know lower-case letters only."""
    return unicodedata.normalize("NFKC", text).lower()


def _inputs(encoded: Sequence[Encoding]) -> dict[str, NDArray[np.int64]]:
    return {
        "input_ids": np.array([one.ids for one in encoded], np.int64),
        "attention_mask": np.array([one.attention_mask for one in encoded], np.int64),
        "token_type_ids": np.array([one.type_ids for one in encoded], np.int64),
    }


def _pooled(hidden: Vectors, mask: NDArray[np.int64], pooling: str) -> Vectors:
    """Pool token vectors (texts, tokens, dimensions) and scale to length 1."""
    if pooling == "cls":
        pooled = hidden[:, 0]
    else:
        weight = mask[:, :, None].astype(np.float32)
        pooled = (hidden * weight).sum(axis=1) / weight.sum(axis=1)
    lengths = np.linalg.norm(pooled, axis=1, keepdims=True)
    return np.asarray(pooled / np.maximum(lengths, 1e-12), np.float32)


def main(arguments: Sequence[str] | None = None) -> int:
    """Export from the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m assistant.embedding.onnx", description=main.__doc__
    )
    parser.add_argument("source", type=Path, help="a transformer's folder")
    parser.add_argument("out", type=Path, help="where the exported model goes")
    given = parser.parse_args(arguments)
    print(export(given.source, given.out))
    return 0


if __name__ == "__main__":
    sys.exit(main())
