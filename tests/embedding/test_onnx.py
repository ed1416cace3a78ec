"""A real transformer, exported once, against sentence-transformers; and what does not export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.embedding.onnx import CONFIG, WEIGHTS, OnnxModel
from assistant.embedding.onnx_export import ExportError, export, main
from assistant.errors import SettingsError

sentence_transformers = pytest.importorskip("sentence_transformers")

DOCUMENTS = Path(__file__).parents[2] / "corpus" / "documents"
TEXTS = ("hospitals report the case mix index.", "cmi", "a much longer sentence " * 40, "医院")

pytestmark = pytest.mark.transformer


@pytest.fixture(scope="module")
def model(real_transformer: Path) -> Any:
    return sentence_transformers.SentenceTransformer(str(real_transformer), device="cpu")


@pytest.fixture(scope="module")
def exported(model: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export(model, tmp_path_factory.mktemp("onnx") / "model")


def test_int8_keeps_close_to_torch(model: Any, exported: Path) -> None:
    lines = [
        line.strip().lower()
        for path in sorted(DOCUMENTS.glob("*.txt"))
        for line in path.read_text("utf-8").splitlines()[:40]
        if len(line.strip()) > 10
    ]
    theirs = model.encode_document(lines, normalize_embeddings=True)
    ours = OnnxModel.load(exported).encode_passages(lines)
    assert ours.shape == theirs.shape and ours.dtype == np.float32 and len(lines) > 50
    assert np.linalg.norm(ours, axis=1) == pytest.approx(1.0, abs=1e-5)
    cosines = (ours * theirs).sum(axis=1)
    assert cosines.mean() >= 0.985 and cosines.min() >= 0.97
    nearest, wanted = np.argsort(-ours @ ours.T)[:, 1:6], np.argsort(-theirs @ theirs.T)[:, 1:6]
    shared = [len({*mine} & {*other}) / 5 for mine, other in zip(nearest, wanted, strict=True)]
    assert np.mean(shared) > 0.85


def test_a_vector_does_not_depend_on_its_neighbours(exported: Path) -> None:
    loaded = OnnxModel.load(exported, threads=1)
    alone = np.vstack([loaded.encode_passages([text]) for text in TEXTS])
    assert loaded.encode_passages(TEXTS) == pytest.approx(alone, abs=1e-6)
    assert loaded.encode_queries([]).shape == (0, loaded.dimensions)


def test_long_texts_are_cut_where_the_model_cuts_them(model: Any, exported: Path) -> None:
    long = "the hospital reports its beds and nurses every month. " * 200
    ours = OnnxModel.load(exported).encode_passages([long])[0]
    assert ours @ model.encode_document([long], normalize_embeddings=True)[0] >= 0.97


def test_prompts_are_part_of_the_export(
    model: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model, "prompts", {"query": "question: ", "document": "text: "})
    asked = OnnxModel.load(export(model, tmp_path / "prompted"))
    query, passage = asked.encode_queries(["beds"])[0], asked.encode_passages(["beds"])[0]
    plain = OnnxModel.load(export(model, tmp_path / "prompted"))
    assert query @ plain.encode_queries(["beds"])[0] == pytest.approx(1.0, abs=1e-5)
    assert query @ passage < 0.99
    assert query @ model.encode_query(["beds"], normalize_embeddings=True)[0] >= 0.97


def test_a_model_that_pools_otherwise_is_refused(
    model: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model[1], "pooling_mode", "max")
    with pytest.raises(ExportError, match="pooling max"):
        export(model, tmp_path / "out")


def test_an_export_that_disagrees_is_refused(
    model: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Weights that change between the export and the comparison stand for a wrong trace."""
    from assistant.embedding import onnx_export

    quantise = onnx_export._quantise

    def spoiled(full: Path, out: Path) -> None:
        import onnx

        graph = onnx.load(str(full))
        for tensor in graph.graph.initializer:
            if tensor.name.endswith("LayerNorm.weight"):
                tensor.raw_data = (-np.frombuffer(tensor.raw_data, np.float32)).tobytes()
        onnx.save(graph, str(full))
        quantise(full, out)

    monkeypatch.setattr(onnx_export, "_quantise", spoiled)
    with pytest.raises(ExportError, match="cosine"):
        export(model, tmp_path / "out")


def test_the_command_exports(real_transformer: Path, tmp_path: Path) -> None:
    assert main([str(real_transformer), str(tmp_path / "out")]) == 0
    assert OnnxModel.load(tmp_path / "out").dimensions > 0


@pytest.mark.parametrize("name", [WEIGHTS, CONFIG])
def test_a_broken_export_is_one_clear_error(exported: Path, tmp_path: Path, name: str) -> None:
    for path in exported.iterdir():
        (tmp_path / path.name).write_bytes(b"{" if path.name == name else path.read_bytes())
    with pytest.raises(SettingsError, match="ONNX"):
        OnnxModel.load(tmp_path)
