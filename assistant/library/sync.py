"""Bring the terms index back in step with the catalogue, whatever happened to either."""

from __future__ import annotations

import logging
import shutil
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path

from assistant.library.catalogue import Catalogue
from assistant.library.catalogue_writer import CatalogueWriter
from assistant.library.state import Derived, State
from assistant.library.terms import TERMS_VERSION, TermsEntry, TermsReader, TermsWriter
from assistant.library.wording import indexed_text
from assistant.types import Document, Passage

log = logging.getLogger(__name__)
FOLDER = "terms"
_COMMIT_EVERY = 5000


def terms_in_step(state: State) -> bool:
    """Say whether the terms index holds what the catalogue holds, as far as bookkeeping knows."""
    known = state.terms
    return known.generation == state.generation and known.made_with == TERMS_VERSION


def terms_path(directory: Path, derived: Derived) -> Path:
    """Where the terms index of a library lies."""
    return directory / FOLDER / derived.location


def open_terms_in_step(
    directory: Path, catalogue: CatalogueWriter, *, compare_ids: bool = False
) -> TermsWriter:
    """Open the terms index for writing, repaired or made anew where needed."""
    state = catalogue.state()
    path = terms_path(directory, state.terms)
    if state.terms.location and state.terms.made_with == TERMS_VERSION:
        try:
            held = TermsReader(path)
            whole = terms_in_step(state) and held.passages == catalogue.count_passages()
            if whole and not compare_ids:
                return TermsWriter(path)
            return _repaired(path, held.entries(), catalogue)
        except (ValueError, OSError) as error:
            log.warning("词语索引无法打开（%s），从目录重建", error)
    return _made_anew(directory, catalogue)


def commit_terms(catalogue: CatalogueWriter, terms: TermsWriter) -> None:
    """Commit the terms index and note that it is in step with the catalogue."""
    terms.commit()
    state = catalogue.state()
    if not terms_in_step(state):
        passages = catalogue.count_passages()
        step = state.terms._replace(generation=state.generation, passages=passages)
        catalogue.set_derived("terms", step)


def _made_anew(directory: Path, catalogue: CatalogueWriter) -> TermsWriter:
    location = uuid.uuid4().hex[:12]
    terms = TermsWriter(directory / FOLDER / location)
    _fill(terms, catalogue, None)
    generation = catalogue.state().generation
    fresh = Derived(location, TERMS_VERSION, generation, 0, catalogue.count_passages())
    catalogue.set_derived("terms", fresh)
    for path in (directory / FOLDER).iterdir():
        if path.name != location:
            shutil.rmtree(path, ignore_errors=True)
    return terms


def _repaired(path: Path, held: dict[int, int], catalogue: CatalogueWriter) -> TermsWriter:
    """Remove what the catalogue does not have, add what the index has not."""
    rows = catalogue.connection.execute("SELECT key, document FROM passages")
    wanted: dict[int, int] = dict(rows.fetchall())
    terms = TermsWriter(path)
    terms.remove(key for key, document in held.items() if wanted.get(key) != document)
    terms.commit()
    missing = {key for key, document in wanted.items() if held.get(key) != document}
    if missing:
        _fill(terms, catalogue, missing)
    commit_terms(catalogue, terms)
    return terms


def _fill(terms: TermsWriter, catalogue: Catalogue, keys: set[int] | None) -> None:
    """Add the passages with the given keys, or all."""
    for document_key, document in _documents(catalogue):
        passages = _keyed_passages(catalogue, document_key, document.id)
        terms.add(
            entry(key, document_key, document, passage)
            for key, passage in passages
            if keys is None or key in keys
        )
        if terms.pending >= _COMMIT_EVERY:
            terms.commit()
    terms.commit()


def entry(key: int, document_key: int, document: Document, passage: Passage) -> TermsEntry:
    """Word a stored passage for the terms index."""
    words = indexed_text(document, passage)
    return TermsEntry(key, document_key, document.city, document.kind.value, words)


def _documents(catalogue: Catalogue) -> Iterator[tuple[int, Document]]:
    found = catalogue.connection.execute("SELECT key, id FROM documents ORDER BY key").fetchall()
    for key, document_id in found:
        document = catalogue.document(document_id)
        if document is not None:
            yield key, document


def _keyed_passages(
    catalogue: Catalogue, document_key: int, document_id: str
) -> Iterable[tuple[int, Passage]]:
    sql = "SELECT key, id FROM passages WHERE document=?"
    keys = {row[1]: row[0] for row in catalogue.connection.execute(sql, (document_key,))}
    return [(keys[passage.id], passage) for passage in catalogue.passages_of(document_id)]
