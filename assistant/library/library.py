"""The library as the rest of the product sees it: open, read, search, index, remove."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from types import TracebackType

from assistant.errors import DocumentNotFoundError, LibraryMissingError
from assistant.indicators import Coverage
from assistant.library import status
from assistant.library.cards import DocumentCard
from assistant.library.catalogue import Catalogue
from assistant.library.embedders import Embedder, make_embedder
from assistant.library.fingerprint import Fingerprint, current_fingerprint, require_equal
from assistant.library.indexing import index, index_run
from assistant.library.meaning_leg import MeaningLeg
from assistant.library.reports import IndexReport, LibraryStatus, ProgressCallback
from assistant.library.state import Filters, State
from assistant.library.terms_leg import TermsLeg
from assistant.settings import Settings
from assistant.text.match import match_key
from assistant.types import Document, IndicatorValue, Passage, Span

_DOCUMENTS_KEPT = 64
_MENTIONS_LOOKED_AT = 8


class Library:
    """A library opened for reading; other processes' and its own writes are seen at once.

    Safe for use by several threads. Make one with ``Library.open``.
    """

    def __init__(self, directory: Path, settings: Settings, catalogue: Catalogue) -> None:
        self.directory, self.settings = directory, settings
        self._catalogue = catalogue
        self._current = current_fingerprint(settings)
        self._checked = ""
        self._known: tuple[tuple[int, int], State] | None = None
        self._embedder: Embedder = make_embedder(settings)
        self._meaning = MeaningLeg(catalogue, directory, self._embedder.name, settings)
        self._terms = TermsLeg(catalogue, directory)
        self._document = lru_cache(_DOCUMENTS_KEPT)(
            lambda document_id, generation: self._read_document(document_id)
        )
        self._coverage = lru_cache(1)(lambda generation: catalogue.coverage())
        self._indicators = lru_cache(1)(lambda generation: catalogue.indicators())
        self._cities = lru_cache(1)(lambda generation: catalogue.cities())
        self._kinds = lru_cache(1)(lambda generation: catalogue.kinds())

    @classmethod
    def open(cls, directory: Path, settings: Settings) -> Library:
        """Open for reading; loads no model, no Chroma.

        Raises LibraryMissingError when there is none, LibraryMismatchError when it was built under
        other settings; both name ``assistant index``.
        """
        directory = Path(directory)
        catalogue = Catalogue(directory)
        library = cls(directory, settings, catalogue)
        try:
            library._terms.repair_if_behind(library._state())
        except sqlite3.OperationalError as error:
            library.close()
            raise LibraryMissingError(
                f"「{directory}」的文件库尚未建成。请运行 assistant index。"
            ) from error
        except BaseException:
            library.close()
            raise
        return library

    @classmethod
    def build(
        cls,
        directory: Path,
        settings: Settings,
        paths: Iterable[Path] | None = None,
        *,
        progress: ProgressCallback | None = None,
    ) -> IndexReport:
        """Index into the library at ``directory``, making it when there is none; see ``index``."""
        return index(Path(directory), settings, paths, progress=progress)

    def close(self) -> None:
        """Free everything; later use is an error."""
        self._meaning.close()
        self._catalogue.close()

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # --- following writers ---------------------------------------------------------------------

    def _state(self) -> State:
        """Read the catalogue's state; raises LibraryMismatchError when it was rebuilt otherwise."""
        version = self._catalogue.version()
        if self._known and self._known[0] == version:
            return self._known[1]
        state = self._checked_state()
        self._known = version, state
        return state

    def _checked_state(self) -> State:
        state = self._catalogue.state()
        if state.fingerprint == "{}":
            raise LibraryMissingError(
                f"「{self.directory}」的文件库尚未建成。请运行 assistant index。"
            )
        if state.fingerprint != self._checked:
            require_equal(Fingerprint.from_text(state.fingerprint), self._current)
            self._checked = state.fingerprint
        return state

    # --- documents and passages ----------------------------------------------------------------

    def documents(self) -> tuple[DocumentCard, ...]:
        """List all documents without their text, by city, date and title."""
        return self._catalogue.cards()

    def document(self, document_id: str) -> Document:
        """Read one document with its text; raises DocumentNotFoundError."""
        return self._document(document_id, self.generation)

    def _read_document(self, document_id: str) -> Document:
        found = self._catalogue.document(document_id)
        if found is None:
            raise DocumentNotFoundError(
                f"文件库中没有编号为「{document_id}」的文件。请用 assistant status 查看现有文件。"
            )
        return found

    def passages(self, ids: Sequence[str]) -> tuple[Passage, ...]:
        """Read passages in the order of ``ids``; those removed meanwhile are left out."""
        return self._catalogue.passages(ids)

    def passages_of(self, document_id: str) -> tuple[Passage, ...]:
        """Read a document's passages in document order."""
        return self._catalogue.passages_of(document_id)

    def cities(self) -> tuple[str, ...]:
        """List the cities that the library's documents speak for."""
        return self._cities(self.generation)

    def kinds(self) -> tuple[str, ...]:
        """List the kinds of the library's documents, as readers see them."""
        return self._kinds(self.generation)

    def indicator_values(
        self,
        *,
        cities: Iterable[str] = (),
        indicators: Iterable[str] = (),
        years: Iterable[int] = (),
        kinds: Iterable[str] = (),
        documents: Iterable[str] = (),
        department: str = "",
    ) -> tuple[IndicatorValue, ...]:
        """Read the indicator values that pass every filter that is not empty.

        ``department`` is a part of the name of a department that is responsible.
        """
        return self._catalogue.indicator_values(
            cities=cities,
            indicators=indicators,
            years=years,
            kinds=kinds,
            documents=documents,
            department=department,
        )

    def coverage(self) -> tuple[Coverage, ...]:
        """Say how much is said of each indicator, those that most cities set first."""
        return self._coverage(self.generation)

    def indicators(self) -> tuple[str, ...]:
        """List the names of all indicators that have a value, in order of their characters."""
        return self._indicators(self.generation)

    def value_years(self) -> tuple[int, ...]:
        """List the years that an indicator value stands for, in order."""
        return self._catalogue.value_years()

    def passage_id_at(self, document_id: str, span: Span) -> str:
        """Return the id of the passage that holds ``span``, empty where none does."""
        return self._catalogue.passage_id_at(document_id, span)

    # --- searching -----------------------------------------------------------------------------

    def search_terms(
        self, query: str, *, k: int, city: str = "", kind: str = "", document: str = ""
    ) -> tuple[tuple[str, float], ...]:
        """Find passages by words: (passage id, BM25 score), best first."""
        state = self._state()
        filters = Filters(city, kind, document)
        return tuple(self._terms.search(query, filters, k=k, state=state))

    def search_meaning(
        self, query: str, *, k: int, city: str = "", kind: str = "", document: str = ""
    ) -> tuple[tuple[str, float], ...]:
        """Find passages by meaning: (passage id, cosine similarity), best first."""
        state = self._state()
        vector = self._embedder.embed_query(query)
        filters = Filters(city, kind, document)
        return tuple(self._meaning.search(vector, filters, k=k, state=state))

    @property
    def meaning_weight(self) -> float:
        """The weight of the meaning leg, in [0, 1]: as set, or what measured best for the embedder."""
        chosen = self.settings.meaning_weight
        return self._embedder.meaning_weight if chosen is None else chosen

    def passage_count(self) -> int:
        """Count the passages that the terms leg searches."""
        return self._terms.passages(self._state())

    def document_frequency(self, word: str) -> int:
        """Return how many passages have ``word`` (at most: those that have its rarest term)."""
        return self._terms.frequency(word, self._state())

    def mentions(self, words: str, *, city: str = "") -> bool:
        """Say whether a passage (of ``city``) contains ``words``, compared by match key."""
        key = match_key(words)
        hits = self.search_terms(words, k=_MENTIONS_LOOKED_AT, city=city)
        found = self.passages([passage for passage, _ in hits])
        return any(key in match_key(passage.text) for passage in found)

    def warm_up(self) -> None:
        """Load the embedder and open both legs, so that the first question is as fast as others."""
        self.search_terms("预热", k=1)
        self.search_meaning("预热", k=1)

    # --- writing -------------------------------------------------------------------------------

    def index(
        self, paths: Iterable[Path] | None = None, *, progress: ProgressCallback | None = None
    ) -> IndexReport:
        """Index ``paths``, or the corpus; raises LibraryBusyError while another process writes."""
        return index(self.directory, self.settings, paths, progress=progress)

    def remove(self, document_id: str) -> tuple[str, ...]:
        """Remove a document; returns its files' names. A corpus file stays out until it is named.

        Raises DocumentNotFoundError, LibraryBusyError.
        """
        self._read_document(document_id)
        with index_run(self.directory, self.settings) as run:
            return run.remove(document_id)

    def sync(self) -> LibraryStatus:
        """Compare every id of both derived indexes with the catalogue and repair differences."""
        with index_run(self.directory, self.settings, compare_ids=True) as run:
            run.settle(compare_ids=True)
        return self.status()

    # --- state ---------------------------------------------------------------------------------

    @property
    def interrupted(self) -> bool:
        """Say whether the last index run did not finish (or is under way in another process)."""
        return self._catalogue.meta("run") != "finished"

    @property
    def generation(self) -> int:
        """A number that grows with every change of the library's contents."""
        return self._state().generation

    def status(self) -> LibraryStatus:
        """Count and measure the library."""
        return status.measure(self.directory, self._catalogue, self.settings, self._meaning.kind)

    def __repr__(self) -> str:
        return f"Library({str(self.directory)!r})"
