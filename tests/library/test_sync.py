"""Derived indexes that are behind, ahead, broken or gone are brought back in step."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from small_corpus import chroma_ids, contents, passage_ids, settings_for, terms_ids, text_of

from assistant.library import Library
from assistant.library.catalogue_writer import CatalogueWriter
from assistant.library.chroma import FOLDER as CHROMA
from assistant.library.chroma import ChromaVectors
from assistant.library.state import NOTHING
from assistant.library.sync import FOLDER as TERMS
from assistant.library.terms import TermsEntry, TermsWriter
from assistant.settings import Settings

QUERY = "家庭医生签约服务专项经费"


def test_sync_repairs_what_is_missing_and_what_is_too_much(library: Library) -> None:
    before = contents(library)
    state = library._catalogue.state()
    terms = TermsWriter(library.directory / TERMS / state.terms.location)
    key = min(library._catalogue.document_keys())
    terms.remove_document(key)
    terms.add([TermsEntry(999_999, 999, "", "其他", "鑫淼焱垚")])
    terms.add([TermsEntry(999_998, key, "", "其他", "鑫淼焱垚")])
    terms.commit()
    terms.close()
    store = ChromaVectors(library.directory / CHROMA, state.chroma.location)
    store.remove(sorted(store.ids())[:5])
    store.add(["d-unknown:0-1"], library._embedder.embed(["鑫淼焱垚"]))
    store.close()
    status = library.sync()
    assert status.chroma_in_step and status.terms_in_step
    assert contents(library) == before
    assert library.search_terms("鑫淼焱垚", k=5) == ()


@pytest.mark.parametrize("folder", [TERMS, CHROMA])
@pytest.mark.parametrize("harm", ["gone", "emptied", "garbled"])
def test_a_derived_index_that_does_not_open_is_rebuilt(
    directory: Path, settings: Settings, folder: str, harm: str
) -> None:
    Library.build(directory, settings)
    with Library.open(directory, settings) as library:
        before = contents(library)
    for path in list((directory / folder).rglob("*")):
        if harm == "gone" and path.exists():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        elif path.is_file():
            path.write_bytes(b"" if harm == "emptied" else b"\xff" * path.stat().st_size)
    with Library.open(directory, settings.model_copy(update={"exact_below": 0})) as library:
        assert library.search_terms(QUERY, k=3), "reading goes on"
        assert library.search_meaning(QUERY, k=3), "reading goes on"
        library.index()
        assert contents(library) == before


def test_a_lost_position_is_found_again(directory: Path, settings: Settings) -> None:
    Library.build(directory, settings)
    writer = CatalogueWriter(directory)
    for name in ("terms", "chroma"):
        writer.set_derived(name, NOTHING)
    writer.close()
    with Library.open(directory, settings) as library:
        assert terms_ids(library) == passage_ids(library)
        library.index()
        assert chroma_ids(library) == passage_ids(library)


def test_only_two_chroma_directories_and_one_of_terms_are_kept(
    library: Library, corpus: Path
) -> None:
    for version in range(1, 5):
        (corpus / "documents" / "plan-000.txt").write_text(text_of(0, version), encoding="utf-8")
        library.index()
    assert len(list((library.directory / CHROMA).iterdir())) == 2
    assert len(list((library.directory / TERMS).iterdir())) == 1


def test_a_query_that_chroma_fails_is_answered_exactly(library: Library) -> None:
    wanted = library.search_meaning(QUERY, k=5)
    settings = settings_for(library.settings.corpus, exact_below=0)
    with Library.open(library.directory, settings) as reader:
        assert [hit for hit, _ in reader.search_meaning(QUERY, k=5)] == [hit for hit, _ in wanted]
        assert reader.status().vector_search == "chroma"
        assert reader._meaning._snapshot is not None
        reader._meaning._snapshot.store.drop()
        found = reader.search_meaning(QUERY, k=5)
        assert [hit for hit, _ in found] == [hit for hit, _ in wanted]
        assert reader.status().vector_search == "exact"
        reader.index()
        assert chroma_ids(reader) == passage_ids(reader), "the next run rebuilds it"
        reader.search_meaning(QUERY, k=5)
        assert reader.status().vector_search == "chroma"
