"""What an index run and a library's state look like from outside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file that did not become a document, why, and what the user can do about it."""

    path: Path
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class IndexProgress:
    """One step of an index run: ``done`` of ``total`` files, the file just finished, its outcome.

    ``outcome`` is one of ``added``, ``changed``, ``unchanged``, ``skipped``, ``removed`` or
    ``vectors``. It is sent after the outcome is durable: what was reported is never lost.
    """

    done: int
    total: int
    source: str
    outcome: str


ProgressCallback = Callable[[IndexProgress], None]


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What an index run did: counts of files, all passages now in the library, wall seconds.

    ``corpus_left_out``: the library was begun with files that a user named, so a run over all that
    belongs to it did not look at the corpus folder.
    """

    added: int
    changed: int
    unchanged: int
    removed: int
    skipped: tuple[SkippedFile, ...]
    passages: int
    seconds: float
    corpus_left_out: bool = False


@dataclass(frozen=True, slots=True)
class LibraryStatus:
    """The numbers of ``assistant status``; sizes in bytes, secrets masked."""

    directory: str
    documents: int
    passages: int
    values: int
    vectors: int
    embedder: str
    dimensions: int
    vector_search: str
    chroma_passages: int
    chroma_in_step: bool
    chroma_lacks: int
    terms_in_step: bool
    catalogue_bytes: int
    chroma_bytes: int
    terms_bytes: int
    fingerprint: tuple[tuple[str, str], ...]
    generation: int
    built_at: str
    interrupted: bool
    settings: tuple[tuple[str, Any], ...] = ()
