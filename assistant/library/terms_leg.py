"""The terms leg of a reader: it follows commits of other processes, and repairs what is broken."""

from __future__ import annotations

import time
from pathlib import Path
from threading import RLock

from assistant.errors import LibraryBusyError
from assistant.library.catalogue import Catalogue
from assistant.library.lock import writing
from assistant.library.state import Derived, Filters, State
from assistant.library.sync import terms_in_step, terms_path
from assistant.library.terms import TermsReader

_REPAIR_SECONDS = 5.0


class TermsLeg:
    """Search passages by words in the terms index that the catalogue points at."""

    def __init__(self, catalogue: Catalogue, directory: Path) -> None:
        self._catalogue, self._directory = catalogue, directory
        self._guard = RLock()
        self._reader: TermsReader | None = None
        self._at: Derived | None = None
        self._repair_after = 0.0

    def search(
        self, query: str, filters: Filters, *, k: int, state: State
    ) -> list[tuple[str, float]]:
        """Find the ``k`` best passages: (passage id, BM25 score), best first."""
        key = self._catalogue.document_key(filters.document) if filters.document else None
        if filters.document and key is None:
            return []
        reader = self._follow(state)
        found = reader.search(query, k=k, city=filters.city, kind=filters.kind, document=key)
        ids = self._catalogue.ids_of_keys([passage for passage, _ in found])
        return [(ids[passage][0], score) for passage, score in found if passage in ids]

    def passages(self, state: State) -> int:
        """Count the passages held."""
        return self._follow(state).passages

    def frequency(self, word: str, state: State) -> int:
        """Count the passages that have the rarest term of ``word``."""
        return self._follow(state).frequency(word)

    def repair_if_behind(self, state: State) -> None:
        """Bring the index in step after a killed run; cheap when there is nothing to do."""
        if not terms_in_step(state):
            self._repair()

    def _follow(self, state: State) -> TermsReader:
        if not terms_in_step(state) and time.monotonic() > self._repair_after:
            self._repair_after = time.monotonic() + _REPAIR_SECONDS
            self._repair()  # a writer was killed while this reader is open
            state = self._catalogue.state()
        with self._guard:
            known, self._at = self._at, state.terms
            if self._reader is None or known is None or known.location != state.terms.location:
                self._reader = self._open(state)
            elif known != state.terms:
                self._reader.reload()
            return self._reader

    def _open(self, state: State) -> TermsReader:
        try:
            return TermsReader(terms_path(self._directory, state.terms))
        except (ValueError, OSError):
            self._repair()
            self._at = self._catalogue.state().terms
            return TermsReader(terms_path(self._directory, self._at))

    def _repair(self) -> None:
        """Repair under the lock; where a writer holds it, the writer will."""
        from assistant.library.catalogue_writer import CatalogueWriter
        from assistant.library.sync import open_terms_in_step

        try:
            with writing(self._directory):
                catalogue = CatalogueWriter(self._directory)
                open_terms_in_step(self._directory, catalogue).close()
                catalogue.close()
        except LibraryBusyError:
            if not self._catalogue.state().terms.location:
                raise
