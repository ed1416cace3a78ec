"""The meaning leg of a reader: exact for small libraries, Chroma plus its tail for large ones.

Measured with 256 dimensions on two cores: importing chromadb costs 0.5–0.7 s and 70 MB, a query at
100,000 passages 1 ms; the exact matrix of 20,000 passages loads in 0.1 s and answers in 1 ms. So a
small library never opens Chroma to read, and a large one reads what Chroma's snapshot lacks (passages
written since) exactly. Both give cosine similarities of the same stored vectors.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from threading import RLock

from assistant.library.catalogue import Catalogue
from assistant.library.chroma import FOLDER
from assistant.library.exact import ExactVectors, Floats
from assistant.library.snapshots import Snapshot, Snapshots
from assistant.library.state import NOTHING, Filters, Owner, State
from assistant.settings import Settings
from assistant.text.counties import city_above

_OVERSAMPLE = 4  # ask Chroma for more than wanted: raises recall, makes up for what was removed
_SUBSETS = 4  # filtered matrices kept, each of at most settings.exact_below passages


class MeaningLeg:
    """Search passages by vector; ``refresh`` when the catalogue's state moved."""

    def __init__(
        self, catalogue: Catalogue, directory: Path, embedder: str, settings: Settings
    ) -> None:
        self._catalogue, self._embedder, self._settings = catalogue, embedder, settings
        self._snapshots = Snapshots(directory / FOLDER, embedder, settings)
        self._guard = RLock()
        self._state: State | None = None
        self._snapshot: Snapshot | None = None
        self._exact: ExactVectors | None = None
        self._owners: tuple[Owner, ...] = ()
        self._total = 0
        self._subsets: dict[Filters, ExactVectors] = {}

    @property
    def kind(self) -> str:
        """Which search serves: ``exact``, ``chroma`` or empty before the first query."""
        if self._exact is None:
            return ""
        return "exact" if self._snapshot is None else "chroma"

    def close(self) -> None:
        """Let go of Chroma and the matrices."""
        with self._guard:
            self._snapshots.close()
            self._exact, self._state, self._snapshot = None, None, None
            self._subsets.clear()

    def search(
        self, query: Floats, filters: Filters, *, k: int, state: State
    ) -> list[tuple[str, float]]:
        """Find the ``k`` nearest passages: (passage id, cosine), best first."""
        with self._guard:
            exact, snapshot = self._follow(state)
        documents = self._allowed(filters)
        if snapshot is None:
            return self._named(exact.search(query, k=k, documents=documents))
        if documents is not None and self._count(documents) <= self._settings.exact_below:
            return self._named(self._subset(filters, documents).search(query, k=k))
        try:
            near = self._approximate(snapshot, query, k, documents)
        except Exception as error:  # Chroma's errors share no base class
            with self._guard:
                self._snapshots.give_up(snapshot, error)
            return self.search(query, filters, k=k, state=state)
        tail = self._named(exact.search(query, k=k, documents=documents))
        return sorted({**dict(near), **dict(tail)}.items(), key=lambda hit: (-hit[1], hit[0]))[:k]

    def _follow(self, state: State) -> tuple[ExactVectors, Snapshot | None]:
        """Bring both searches up to the catalogue's state; cheap when nothing moved."""
        if state != self._state:
            self._owners = self._catalogue.owners()
            self._total = sum(owner.passages for owner in self._owners)
            self._subsets.clear()
        large = self._total >= self._settings.exact_below
        snapshot = self._snapshots.follow(state.chroma if large else NOTHING)
        if self._exact is not None and (state, snapshot) == (self._state, self._snapshot):
            return self._exact, snapshot
        after = 0 if snapshot is None else snapshot.through
        if self._exact is None or self._exact.after != after:
            self._exact = ExactVectors(self._catalogue, self._embedder, after=after)
        self._exact.refresh()
        self._state, self._snapshot = state, snapshot
        return self._exact, snapshot

    # --- searching -----------------------------------------------------------------------------

    def _approximate(
        self, snapshot: Snapshot, query: Floats, k: int, documents: set[int] | None
    ) -> list[tuple[str, float]]:
        """Ask for more than ``k`` and keep what is alive and allowed; more again if too few."""
        share = 1.0 if documents is None else max(1, self._count(documents)) / max(1, self._total)
        wanted = int(_OVERSAMPLE * k / share)
        while True:
            found = snapshot.store.search(query, k=min(wanted, snapshot.passages))
            owners = self._catalogue.documents_of_ids([passage for passage, _ in found])
            kept = [hit for hit in found if _passes(owners.get(hit[0]), documents)]
            if len(kept) >= k or wanted >= snapshot.passages:
                return kept[:k]
            wanted *= 4

    def _allowed(self, filters: Filters) -> set[int] | None:
        if not any(filters):
            return None
        return {owner.key for owner in self._owners if _belongs(owner, filters)}

    def _subset(self, filters: Filters, documents: set[int]) -> ExactVectors:
        with self._guard:
            if filters not in self._subsets:
                while len(self._subsets) >= _SUBSETS:
                    self._subsets.pop(next(iter(self._subsets)))
                subset = ExactVectors(self._catalogue, self._embedder, only=documents)
                subset.refresh()
                self._subsets[filters] = subset
            return self._subsets[filters]

    def _named(self, scored: Iterable[tuple[int, float]]) -> list[tuple[str, float]]:
        found = list(scored)
        ids = self._catalogue.ids_of_keys([key for key, _ in found])
        return [(ids[key][0], score) for key, score in found if key in ids]

    def _count(self, documents: set[int]) -> int:
        return sum(owner.passages for owner in self._owners if owner.key in documents)


def _belongs(owner: Owner, filters: Filters) -> bool:
    """Say whether a document passes every filter that is not empty; a county's lies in its city."""
    return (
        filters.city in ("", owner.city, city_above(owner.city))
        and filters.kind in ("", owner.kind)
        and filters.document in ("", owner.id)
    )


def _passes(owner: int | None, documents: set[int] | None) -> bool:
    return owner is not None and (documents is None or owner in documents)
