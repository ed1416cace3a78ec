"""A small real transformer as the embedder: exported once, asked without torch, as good as torch."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from small_corpus import CORPUS, ROOT, settings_for, write_corpus

from assistant.errors import SettingsError
from assistant.library import Library
from assistant.library.embedders import make_embedder
from assistant.library.embedders.folders import model_folder
from assistant.library.embedders.transformer import TransformerEmbedder

pytestmark = pytest.mark.transformer

TEXTS = ("Hospitals report the case mix index.", "县域内就诊率达到90%以上", "DRG", "医院")
QUESTION = "湖州市2025年三级公立医院CMI值的目标是多少？"
HEAVY = {"torch", "transformers", "sentence_transformers", "chromadb"}


@pytest.fixture(scope="module")
def cache(real_transformer: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache directory that holds the model's export."""
    folder = tmp_path_factory.mktemp("cache")
    assert TransformerEmbedder("real", str(real_transformer), folder).runs_on == "onnxruntime"
    return folder


def assistant(
    *arguments: str, library: Path, model: Path, cache: Path
) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own; standard error names every module that it imports."""
    given = {"EMBEDDER": model, "CACHE": cache, "CORPUS": CORPUS, "LIBRARY": library}
    return subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "assistant.app.cli", *arguments],
        env={**os.environ, **{f"ASSISTANT_{key}": str(value) for key, value in given.items()}},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )


def imported(run: subprocess.CompletedProcess[str]) -> set[str]:
    """Name the packages that a process imported."""
    lines = run.stderr.splitlines()
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in lines}


def test_index_ask_and_search_work_the_same_and_without_torch(
    real_transformer: Path, cache: Path, tmp_path: Path
) -> None:
    given = {"library": tmp_path / "index", "model": real_transformer, "cache": cache}
    built = assistant("index", **given)
    assert "torch" not in imported(built), "the export is there"
    asked = assistant("ask", QUESTION, "--json", **given)
    searched = assistant("search", "三级公立医院 CMI", "--k", "3", "--json", **given)
    assert not imported(asked) & HEAVY and not imported(searched) & HEAVY
    assert "onnxruntime" in imported(asked) and "onnxruntime" in imported(searched)
    answer = json.loads(asked.stdout)
    assert answer["status"] == "answered"
    settings = settings_for(CORPUS, library=tmp_path / "static")
    Library.build(settings.library, settings)
    from assistant.answering import Assistant

    with Library.open(settings.library, settings) as library:
        usual = Assistant(library).ask(QUESTION)
    assert answer["text"] == usual.text
    assert answer["citations"][0]["quote"] == usual.citations[0].quote
    assert "CMI" in searched.stdout


def test_a_first_ask_makes_the_export(real_transformer: Path, cache: Path, tmp_path: Path) -> None:
    """A library that was brought from another machine is asked before this one has the export."""
    given = {"library": tmp_path / "index", "model": real_transformer}
    assistant("index", cache=cache, **given)
    fresh = tmp_path / "fresh"
    first = assistant("ask", QUESTION, "--json", cache=fresh, **given)
    second = assistant("ask", QUESTION, "--json", cache=fresh, **given)
    assert "torch" in imported(first) and "torch" not in imported(second)
    assert json.loads(first.stdout)["text"] == json.loads(second.stdout)["text"]


def test_both_runtimes_agree(real_transformer: Path, cache: Path) -> None:
    onnx = TransformerEmbedder("real", str(real_transformer), cache)
    torch = TransformerEmbedder("real", str(real_transformer), None)
    assert (onnx.runs_on, torch.runs_on) == ("onnxruntime", "torch")
    assert onnx.dimensions == torch.dimensions
    passages = (onnx.embed(TEXTS) * torch.embed(TEXTS)).sum(axis=1)
    queries = [onnx.embed_query(text) @ torch.embed_query(text) for text in TEXTS]
    assert passages.min() >= 0.97 and min(queries) >= 0.97
    assert np.mean([*passages, *queries]) >= 0.985


def test_an_export_is_made_once(real_transformer: Path, cache: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in cache.rglob("*")}
    TransformerEmbedder("real", str(real_transformer), cache).embed(TEXTS)
    assert {path: path.stat().st_mtime_ns for path in cache.rglob("*")} == before
    assert [path.name for path in cache.rglob("*.onnx")] == ["model.onnx"]


def test_a_model_by_name_is_found_in_the_hubs_cache(
    real_transformer: Path, cache: Path, tmp_path: Path
) -> None:
    snapshot = tmp_path / "models--someone--small-model" / "snapshots" / ("0" * 40)
    snapshot.parent.mkdir(parents=True)
    snapshot.symlink_to(real_transformer, target_is_directory=True)
    (tmp_path / "models--someone--small-model" / "refs").mkdir()
    (tmp_path / "models--someone--small-model" / "refs" / "main").write_text("0" * 40)
    code = (
        "import sys; from pathlib import Path\n"
        "from assistant.library.embedders.transformer import TransformerEmbedder\n"
        "model = TransformerEmbedder('x', 'someone/small-model', Path(sys.argv[1]))\n"
        "print(model.embed_query('beds').shape, model.runs_on, 'torch' in sys.modules)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(cache)],
        env={**os.environ, "HF_HUB_CACHE": str(tmp_path), "HF_HUB_OFFLINE": "1"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.split()[-2:] == ["onnxruntime", "False"]


@pytest.mark.parametrize("name", ["no/such-model", "a/b/c/d", "", "https:"])
def test_a_name_that_is_nowhere_here_is_no_folder(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert model_folder(name) is None


def test_what_does_not_export_runs_by_torch_and_is_not_tried_again(
    real_transformer: Path, tmp_path: Path
) -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(real_transformer), device="cpu")
    model[1].pooling_mode = "max"
    model.save(str(tmp_path / "max-pooling"))
    cache = tmp_path / "cache"
    for _ in range(2):
        embedder = TransformerEmbedder("max", str(tmp_path / "max-pooling"), cache)
        assert embedder.embed(TEXTS).shape == (len(TEXTS), embedder.dimensions)
        assert embedder.runs_on == "torch"
        reasons = [path.read_text("utf-8") for path in cache.rglob("failed.txt")]
        assert len(reasons) == 1 and "pooling max" in reasons[0]
    assert not list(cache.rglob("making-*"))


def test_a_cache_that_cannot_be_written_is_no_obstacle(
    real_transformer: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    embedder = TransformerEmbedder("real", str(real_transformer), tmp_path / "file" / "cache")
    assert embedder.runs_on == "torch"
    assert embedder.embed(TEXTS).shape[0] == len(TEXTS)


def test_a_broken_export_names_its_folder(
    real_transformer: Path, cache: Path, tmp_path: Path
) -> None:
    place = next(cache.rglob("model.onnx")).parent
    broken = tmp_path / "onnx" / place.name
    broken.mkdir(parents=True)
    (broken / "model.onnx").write_bytes(b"half")
    with pytest.raises(SettingsError, match=place.name):
        TransformerEmbedder("real", str(real_transformer), tmp_path).embed(TEXTS)


def test_the_weight_of_the_meaning_leg_follows_the_embedder(
    real_transformer: Path, tmp_path: Path
) -> None:
    corpus = write_corpus(tmp_path / "corpus", 1)
    for changes, wanted in (
        ({}, make_embedder(settings_for(corpus)).meaning_weight),
        ({"embedder": str(real_transformer)}, TransformerEmbedder.meaning_weight),
        ({"meaning_weight": 0.0}, 0.0),
        ({"embedder": str(real_transformer), "meaning_weight": 0.9}, 0.9),
    ):
        settings = settings_for(corpus, cache=tmp_path / "cache", **changes)
        directory = tmp_path / f"index-{wanted}"
        Library.build(directory, settings)
        with Library.open(directory, settings) as library:
            assert library.meaning_weight == wanted
