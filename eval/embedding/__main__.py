"""Measure the shipped embedder and its rivals: ``python -m eval.embedding --dev DIR``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.embedding import SHIPPED, StaticModel
from assistant.library.embedders.static import StaticEmbedder
from assistant.library.embedders.transformer import TransformerEmbedder
from eval.embedding.report import Measured, measure, to_markdown
from eval.embedding.rivals import Encoder, latent_semantic_analysis, of_embedder
from eval.embedding.sets import read_sets
from eval.embedding.speed import Timed, speed_table

RESULTS = Path(__file__).parents[1] / "results" / "embedding.md"
CACHE = Path(__file__).parents[1] / "results" / "work" / "cache"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.embedding", description=__doc__)
    parser.add_argument("--dev", type=Path, required=True, help="NAME-questions/-passages.jsonl.gz")
    parser.add_argument("--model", type=Path, default=SHIPPED, help="static model to measure")
    parser.add_argument("--start", type=Path, help="the untrained start, a static model's folder")
    parser.add_argument("--text", type=Path, nargs="*", default=[], help="text for LSA")
    parser.add_argument(
        "--transformer", type=Path, help="a sentence-transformers folder: by torch and by ONNX"
    )
    parser.add_argument("--out", type=Path, default=RESULTS, help="where the Markdown goes")
    return parser


def _encoders(given: argparse.Namespace) -> Iterator[Encoder]:
    """Make what is measured, one after the other: they need not be in memory together."""
    yield _static(f"static, {StaticModel.load(given.model).name}", given.model)
    if given.transformer:
        name = given.transformer.name
        for cache in (CACHE, None):
            embedder = TransformerEmbedder(name, str(given.transformer), cache)
            yield of_embedder(f"{name}, {_runtime(embedder)}", embedder)
    if given.start:
        yield _static("static, untrained start", given.start)
    if given.text:
        from assistant.embedding.reading import read_sections

        texts = [one.text for one in read_sections(given.text)]
        yield latent_semantic_analysis(texts, dimensions=384)


def _static(name: str, folder: Path) -> Encoder:
    return of_embedder(name, StaticEmbedder(StaticModel.load(folder).name, folder))


def _runtime(embedder: TransformerEmbedder) -> str:
    return {"torch": "torch float32", "onnxruntime": "onnxruntime int8"}[embedder.runs_on]


def _timed(given: argparse.Namespace) -> Iterator[Timed]:
    """Name what is timed; the transformer's export is there once it was measured."""
    yield Timed("static", "static", given.model, 3000, 1000)
    if given.transformer:
        from assistant.library.embedders.exports import Exports

        name = given.transformer.name
        yield Timed(f"{name}, torch float32", "torch", given.transformer, 100, 100)
        place = Exports(CACHE).place(str(given.transformer))
        if place is not None:
            yield Timed(f"{name}, onnxruntime int8", "onnx", place, 200, 200)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and write the tables after each encoder, so that a run that is stopped leaves some."""
    given = _parser().parse_args(arguments)
    sets = read_sets(given.dev)
    if not sets:
        print(f"no NAME-questions.jsonl.gz in {given.dev}", file=sys.stderr)
        return 2
    given.out.parent.mkdir(parents=True, exist_ok=True)
    measured: list[Measured] = []
    for encoder in _encoders(given):
        measured += [measure(encoder, one) for one in sets]
        given.out.write_text(to_markdown(sets, measured), encoding="utf-8")
        print(encoder.name, *(f"{one.set_name}: {one.alone}" for one in measured[-len(sets) :]))
    report = to_markdown(sets, measured) + speed_table(list(_timed(given)), sets)
    given.out.write_text(report, encoding="utf-8")
    print(report)
    return 0


if __name__ == "__main__":
    sys.exit(main())
