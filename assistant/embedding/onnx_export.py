"""Export a sentence-transformers model to int8 ONNX, and keep the export only if it agrees.

``python -m assistant.embedding.onnx_export MODEL OUT_FOLDER`` exports by hand; the library does it
by itself (assistant.library.embedders.transformer). Needs torch.
"""

from __future__ import annotations

import argparse
import inspect
import json
import logging
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.embedding.onnx import CONFIG, INPUTS, TOKENIZER, WEIGHTS, OnnxModel

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

LEAST_COSINE = (
    0.97  # measured: 0.98 to 0.999 for models that export well, below 0.9 for a wrong one
)
MOST_TOKENS = 8192
_PROBES = (
    "2025年，三级公立医院平均住院日不超过8.5天，门诊次均费用增幅低于5%。",
    "case mix index",
    "医院应当加强药品管理，完善采购、验收、储存、养护制度，保证药品质量和用药安全。" * 8,
)


class ExportError(Exception):
    """The model is not of a kind that exports, or its export does not agree with it."""


def export(model: SentenceTransformer, out: Path) -> Path:
    """Export a loaded model to the folder ``out`` and compare vectors; return ``out``.

    Raises ExportError where the model is not one transformer with mean or first-token pooling, or
    where a text's two vectors are further apart than LEAST_COSINE.
    """
    config = _config(model)
    out.mkdir(parents=True, exist_ok=True)
    with _quiet(), TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        with _eager_attention(model[0].auto_model) as transformer:
            _write_full(transformer, full)
        _quantise(full, out / WEIGHTS)
    model.tokenizer.backend_tokenizer.save(str(out / TOKENIZER))
    text = json.dumps(config, ensure_ascii=False, indent=1)
    (out / CONFIG).write_text(text + "\n", encoding="utf-8")
    _require_agreement(model, OnnxModel.load(out))
    return out


def _config(model: SentenceTransformer) -> dict[str, Any]:
    """Say how the model pools, cuts and prompts. Raises ExportError for what cannot be exported."""
    modules = [type(one).__name__ for one in model]
    if modules[:2] != ["Transformer", "Pooling"] or set(modules[2:]) - {"Normalize"}:
        raise ExportError(f"modules {', '.join(modules)}")
    pool: Any = model[1]
    pooling = pool.pooling_mode
    if pooling not in ("mean", "cls"):
        raise ExportError(f"pooling {pooling}")
    names = ("document", "passage", "corpus")
    passage_prompts = [model.prompts[name] for name in names if name in model.prompts]
    return {
        "dimensions": int(pool.pooling_output_dimension),
        "pooling": pooling,
        "max_tokens": min(model.max_seq_length or MOST_TOKENS, MOST_TOKENS),
        "query_prompt": model.prompts.get("query", ""),
        "passage_prompt": next(iter(passage_prompts), ""),
    }


def _write_full(transformer: Any, path: Path) -> None:
    """Export a transformer in float32 by tracing."""
    import torch

    taken = inspect.signature(transformer.forward).parameters
    names = [name for name in INPUTS if name in taken]

    class LastHidden(torch.nn.Module):
        """The model with positional inputs and one output, as tracing wants it."""

        def __init__(self, inner: Any) -> None:
            super().__init__()
            self.inner = inner

        def forward(self, *given: Any) -> Any:
            return self.inner(**dict(zip(names, given, strict=True))).last_hidden_state

    ones = torch.ones((2, 8), dtype=torch.long)
    given = {"input_ids": ones, "attention_mask": ones, "token_type_ids": torch.zeros_like(ones)}
    axes = {0: "texts", 1: "tokens"}
    torch.onnx.export(
        LastHidden(transformer).eval(),
        tuple(given[name] for name in names),
        str(path),
        input_names=names,
        output_names=["last_hidden_state"],
        dynamic_axes=dict.fromkeys([*names, "last_hidden_state"], axes),
        opset_version=17,
        dynamo=False,
    )


def _quantise(full: Path, out: Path) -> None:
    """Turn the weights of matrix products into int8, with a factor for each column.

    Cosine to float32 on Chinese official text, all-MiniLM-L6-v2 and m3e-small: 0.990 and 0.998; with one
    factor a matrix 0.904 and 0.990. Token embeddings stay as they are: in int8 they lose 0.002 more.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    chosen: dict[str, Any] = {"per_channel": True, "op_types_to_quantize": ["MatMul"]}
    quantize_dynamic(full, out, weight_type=QuantType.QInt8, **chosen)


def _require_agreement(model: SentenceTransformer, exported: OnnxModel) -> None:
    """Raise ExportError where a probe's vectors are too far apart, as question or as passage."""
    texts = list(_PROBES)
    least = min(
        _least_cosine(exported.encode_queries(texts), model.encode_query(texts)),
        _least_cosine(exported.encode_passages(texts), model.encode_document(texts)),
    )
    if not least >= LEAST_COSINE:
        raise ExportError(f"cosine {least:.3f}")


def _least_cosine(ours: Any, theirs: Any) -> float:
    """Return the smallest cosine between rows; ``ours`` have length 1."""
    lengths = np.linalg.norm(theirs, axis=1)
    return float(((ours * theirs).sum(axis=1) / np.maximum(lengths, 1e-12)).min())


@contextmanager
def _eager_attention(transformer: Any) -> Iterator[Any]:
    """Let a transformer use the attention that tracing can follow."""
    before = transformer.config._attn_implementation
    transformer.set_attn_implementation("eager")
    try:
        yield transformer
    finally:
        transformer.set_attn_implementation(before)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the exporter's advice to its developers from the reader."""
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(logging.NOTSET)


def main(arguments: Sequence[str] | None = None) -> int:
    """Export from the command line."""
    from sentence_transformers import SentenceTransformer

    parser = argparse.ArgumentParser(
        prog="python -m assistant.embedding.onnx_export", description=main.__doc__
    )
    parser.add_argument("model", help="a sentence-transformers model's folder or name")
    parser.add_argument("out", type=Path, help="where the exported model goes")
    given = parser.parse_args(arguments)
    print(export(SentenceTransformer(given.model, device="cpu"), given.out))
    return 0


if __name__ == "__main__":
    sys.exit(main())
