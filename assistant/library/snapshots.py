"""A reader's view of Chroma: which snapshot to search, opened beside the one in use.

Opening 100,000 passages takes a second, so a reader that has one snapshot goes on with it, and with
the exact tail of what it lacks, until the next one is open.
"""

from __future__ import annotations

import logging
import threading
import time
from pathlib import Path
from typing import NamedTuple

from assistant.errors import LibraryError
from assistant.library.chroma import ChromaVectors
from assistant.library.feed import DAMAGED, made_with
from assistant.library.state import Derived
from assistant.settings import Settings

log = logging.getLogger(__name__)
_RETRY_SECONDS = 30.0  # until a server that did not answer is asked again
_RETIRE_SECONDS = 10.0  # until a snapshot is closed that a query may still be reading


class Snapshot(NamedTuple):
    """An open Chroma index that holds passages with keys up to ``through``."""

    location: str
    through: int
    passages: int
    store: ChromaVectors


class Snapshots:
    """Follow the catalogue from snapshot to snapshot. Call from under the leg's lock."""

    def __init__(self, folder: Path, embedder: str, settings: Settings) -> None:
        self._folder, self._settings = folder, settings
        self._made_with = made_with(embedder, settings)
        self._current: Snapshot | None = None
        self._next: Snapshot | None = None
        self._opening: threading.Thread | None = None
        self._retired: list[tuple[float, Snapshot]] = []
        self._retry_at = 0.0

    def follow(self, known: Derived) -> Snapshot | None:
        """The snapshot to search now, if there is one; opens a newer one aside."""
        self._close_retired()
        self._adopt()
        if not self._is_ours(known):
            self._retire()
        elif self._current is None:
            self._current = self._open(known)
        elif self._current.location == known.location:
            self._current = self._current._replace(through=known.through, passages=known.passages)
        elif self._opening is None:
            self._opening = threading.Thread(target=self._open_aside, args=(known,), daemon=True)
            self._opening.start()
        return self._current

    def give_up(self, snapshot: Snapshot, error: Exception) -> None:
        """Note that a snapshot fails queries, so that the next writer rebuilds it."""
        self._mark_damaged(snapshot.location, error)
        if self._current is not None and self._current.location == snapshot.location:
            self._retire()

    def close(self) -> None:
        """Let go of every snapshot."""
        if self._opening is not None:
            self._opening.join()
            self._adopt()
        self._retire()
        self._close_retired(at_once=True)

    # --- opening and closing -------------------------------------------------------------------

    def _is_ours(self, known: Derived) -> bool:
        return bool(known.location) and known.made_with == self._made_with

    def _open(self, known: Derived) -> Snapshot | None:
        if time.monotonic() < self._retry_at or self._is_damaged(known.location):
            return None
        try:
            url = self._settings.chroma_url
            store = ChromaVectors(self._folder, known.location, url=url)
            store.load(known.passages)
        except LibraryError as error:  # a server that does not answer may come back
            log.warning("%s 目前改用精确比对。", error)
            self._retry_at = time.monotonic() + _RETRY_SECONDS
            return None
        except Exception as error:  # Chroma's errors share no base class
            self._mark_damaged(known.location, error)
            return None
        return Snapshot(known.location, known.through, known.passages, store)

    def _open_aside(self, known: Derived) -> None:
        self._next = self._open(known)
        if self._next is None and self._current is not None:
            self._retry_at = time.monotonic() + 1.0  # its writer may be replacing it right now

    def _adopt(self) -> None:
        """Switch to the snapshot that was opened aside."""
        if self._opening is not None and not self._opening.is_alive():
            self._opening = None
            if self._next is not None:
                self._retire()
                self._current, self._next = self._next, None

    def _retire(self) -> None:
        if self._current is not None:
            self._retired.append((time.monotonic() + _RETIRE_SECONDS, self._current))
            self._current = None

    def _close_retired(self, *, at_once: bool = False) -> None:
        now = time.monotonic()
        for due, snapshot in tuple(self._retired):
            if at_once or due < now:
                snapshot.store.close()
                self._retired.remove((due, snapshot))

    # --- damage --------------------------------------------------------------------------------

    def _is_damaged(self, location: str) -> bool:
        return (self._folder / f"{location}{DAMAGED}").exists()

    def _mark_damaged(self, location: str, error: Exception) -> None:
        log.warning("向量库 %s 不可用（%s），改用精确比对；下次索引时重建。", location, error)
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / f"{location}{DAMAGED}").touch()
