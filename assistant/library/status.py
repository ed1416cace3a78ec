"""A library's numbers, for ``assistant status``."""

from __future__ import annotations

from pathlib import Path

from assistant.library import chroma, sync
from assistant.library.catalogue import CATALOGUE_NAME, Catalogue
from assistant.library.exact import STORED
from assistant.library.reports import LibraryStatus
from assistant.library.secrets import shown
from assistant.library.state import State
from assistant.settings import Settings


def measure(
    directory: Path, catalogue: Catalogue, settings: Settings, searching: str
) -> LibraryStatus:
    """Count documents, passages, values, vectors; measure sizes on disk in bytes."""
    state, fingerprint = catalogue.state(), catalogue.fingerprint()
    documents, passages, values, vectors = catalogue.counts()
    planned = "exact" if passages < settings.exact_below else "chroma"
    return LibraryStatus(
        directory=str(directory),
        documents=documents,
        passages=passages,
        values=values,
        vectors=vectors,
        embedder=fingerprint.embedder,
        dimensions=_dimensions(catalogue),
        vector_search=searching or planned,
        chroma_passages=state.chroma.passages,
        chroma_in_step=state.chroma.generation == state.generation,
        chroma_lacks=_lacking(catalogue, state),
        terms_in_step=sync.terms_in_step(state),
        catalogue_bytes=sum(_size(path) for path in directory.glob(f"{CATALOGUE_NAME}*")),
        chroma_bytes=_size(directory / chroma.FOLDER),
        terms_bytes=_size(directory / sync.FOLDER),
        fingerprint=fingerprint.parts(),
        generation=state.generation,
        built_at=catalogue.meta("built_at"),
        interrupted=catalogue.meta("run") != "finished",
        settings=shown(settings),
    )


def _lacking(catalogue: Catalogue, state: State) -> int:
    """Count the passages newer than Chroma's snapshot; readers search them exactly."""
    sql = "SELECT count(*) FROM passages WHERE key > ?"
    return int(catalogue.connection.execute(sql, (state.chroma.through,)).fetchone()[0])


def _dimensions(catalogue: Catalogue) -> int:
    row = catalogue.connection.execute("SELECT length(vector) FROM vectors LIMIT 1").fetchone()
    return 0 if row is None else row[0] // STORED.itemsize


def _size(path: Path) -> int:
    if path.is_file():
        return path.stat().st_size
    return sum(item.stat().st_size for item in path.rglob("*") if item.is_file())
