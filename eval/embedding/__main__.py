"""Measure the shipped embedder and its rivals: ``python -m eval.embedding --dev DIR``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from assistant.embedding import SHIPPED, StaticModel
from eval.embedding.report import Measured, measure, to_markdown
from eval.embedding.rivals import Encode, latent_semantic_analysis, sentence_transformer
from eval.embedding.sets import read_sets
from eval.embedding.speed import speed_table

RESULTS = Path(__file__).parents[1] / "results" / "embedding.md"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.embedding", description=__doc__)
    parser.add_argument("--dev", type=Path, required=True, help="NAME-questions/-passages.jsonl.gz")
    parser.add_argument("--model", type=Path, default=SHIPPED, help="static model to measure")
    parser.add_argument("--start", type=Path, help="the untrained start, a static model's folder")
    parser.add_argument("--text", type=Path, nargs="*", default=[], help="text for LSA")
    parser.add_argument("--transformer", type=Path, help="a sentence-transformers folder")
    parser.add_argument("--onnx", type=Path, help="the same, exported by assistant.embedding.onnx")
    parser.add_argument("--out", type=Path, default=RESULTS, help="where the Markdown goes")
    return parser


def _encoders(given: argparse.Namespace) -> dict[str, Encode]:
    """Name what is measured; each loads its model once."""
    encoders: dict[str, Encode] = {}
    if given.text:
        from assistant.embedding.reading import read_sections

        encoders["LSA, 384 dimensions"] = latent_semantic_analysis(
            [one.text for one in read_sections(given.text)], dimensions=384
        )
    if given.start:
        encoders["static, untrained start"] = StaticModel.load(given.start).encode
    model = StaticModel.load(given.model)
    encoders[f"static, shipped ({model.name})"] = model.encode
    if given.transformer:
        name = given.transformer.name
        encoders[f"{name}, torch float32"] = sentence_transformer(given.transformer)
    if given.onnx:
        from assistant.embedding.onnx import OnnxModel

        encoders[f"{given.onnx.name}, onnxruntime int8"] = OnnxModel.load(given.onnx).encode
    return encoders


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and write the tables."""
    given = _parser().parse_args(arguments)
    sets = read_sets(given.dev)
    if not sets:
        print(f"no NAME-questions.jsonl.gz in {given.dev}", file=sys.stderr)
        return 2
    measured: list[Measured] = []
    for name, encode in _encoders(given).items():
        measured += [measure(name, encode, one) for one in sets]
        print(name, *(f"{one.set_name}: {one.alone}" for one in measured[-len(sets) :]), sep="\n  ")
    report = to_markdown(sets, measured) + speed_table(given.model, sets)
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_text(report, encoding="utf-8")
    print(report)
    return 0


if __name__ == "__main__":
    sys.exit(main())
