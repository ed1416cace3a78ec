"""Exact search equals a plain sort by cosine, filters included, and follows the catalogue."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from small_corpus import settings_for, text_of, write_corpus

from assistant.library import Library
from assistant.library.exact import ExactVectors, from_blobs, to_blob, unit_rows


def test_stored_vectors_come_back_to_a_thousandth() -> None:
    vectors = unit_rows(np.random.default_rng(0).normal(size=(50, 256)).astype(np.float32))
    back = from_blobs([to_blob(vector) for vector in vectors], 256)
    assert np.allclose((back * vectors).sum(axis=1), 1, atol=1e-3)
    assert np.allclose(np.linalg.norm(back, axis=1), 1, atol=1e-6)


def test_a_zero_row_stays_zero() -> None:
    assert not unit_rows(np.zeros((1, 4), np.float32)).any()


@pytest.mark.parametrize("k", [1, 5, 1000])
def test_it_finds_what_a_sort_finds(library: Library, k: int) -> None:
    query = library._embedder.embed_query("三级公立医院CMI值的目标")
    exact = ExactVectors(library._catalogue, library._embedder.name)
    exact.refresh()
    found = exact.search(query, k=k)
    scores = np.sort(exact._vectors @ query)[::-1][:k]
    assert np.allclose([hit.score for hit in found], scores, atol=1e-6)
    documents = {owner.key for owner in library._catalogue.owners() if owner.city == "嘉兴"}
    narrowed = exact.search(query, k=1000, documents=documents)
    wanted = [hit for hit in exact.search(query, k=1000) if _owner(library, hit.key) in documents]
    assert [hit.key for hit in narrowed] == [hit.key for hit in wanted] != []
    assert exact.search(query, k=5, documents=set()) == []


def _owner(library: Library, key: int) -> int:
    return library._catalogue.ids_of_keys([key])[key][1]


def test_refresh_takes_up_what_came_and_drops_what_went(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", 3)
    settings = settings_for(corpus)
    Library.build(tmp_path / "index", settings)
    with Library.open(tmp_path / "index", settings) as library:
        exact = ExactVectors(library._catalogue, library._embedder.name)
        exact.refresh()
        (corpus / "documents" / "plan-001.txt").unlink()
        (corpus / "documents" / "plan-002.txt").write_text(text_of(2, 1), encoding="utf-8")
        (corpus / "documents" / "plan-009.txt").write_text(text_of(9), encoding="utf-8")
        library.index()
        exact.refresh()
        fresh = ExactVectors(library._catalogue, library._embedder.name)
        fresh.refresh()
        assert sorted(exact._keys) == sorted(fresh._keys)
        assert len(exact) == library.status().passages
