"""Index files: one short, durable step a file, so that a killed run resumes where it was."""

from __future__ import annotations

import sqlite3
import time
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import LibraryError
from assistant.library import originals
from assistant.library.catalogue_writer import CatalogueWriter, FileRecord
from assistant.library.embedders import Embedder, make_embedder
from assistant.library.feed import ChromaFeed
from assistant.library.files import CORPUS, FoundFile
from assistant.library.fingerprint import NO_FINGERPRINT, current_fingerprint
from assistant.library.intake import Intake
from assistant.library.lock import writing
from assistant.library.renew import renew_if_other_schema
from assistant.library.reports import IndexReport, ProgressCallback
from assistant.library.selection import (
    REMOVED,
    Selection,
    select_added,
    select_corpus,
    select_named,
    together,
)
from assistant.library.sync import commit_terms, open_terms_in_step
from assistant.library.tally import Tally
from assistant.settings import Settings

_COMMIT_SECONDS = 2.0
_MAY_WAIT, _MAY_WAIT_SHARE = 1000, 0.02  # passages that Chroma may lack for a while
_WAIT_SECONDS = 1.0  # a reader that repairs after a crash holds the lock for a moment


def index(
    directory: Path,
    settings: Settings,
    paths: Iterable[Path] | None = None,
    *,
    progress: ProgressCallback | None = None,
) -> IndexReport:
    """Index ``paths``, or without them the corpus and again what was added before.

    A library that was begun with paths is a library of its own: without paths, only its own files
    are looked at again. Raises LibraryBusyError while another process writes.
    """
    _make(directory)
    with index_run(directory, settings, progress) as run:
        return run.run(None if paths is None else tuple(Path(path) for path in paths))


@contextmanager
def index_run(
    directory: Path,
    settings: Settings,
    progress: ProgressCallback | None = None,
    *,
    compare_ids: bool = False,
) -> Iterator[IndexRun]:
    """Open a run under the library's lock; raises LibraryError where the disk says no."""
    try:
        with writing(directory, wait_seconds=_WAIT_SECONDS):
            run = IndexRun(directory, settings, progress, compare_ids=compare_ids)
            try:
                yield run
            finally:
                run.close()
    except (sqlite3.OperationalError, OSError) as error:
        raise LibraryError(
            f"写入文件库「{directory}」失败（{error}）。请检查磁盘空间与权限，再运行 assistant index；"
            "已保存的文档不受影响。"
        ) from error


class IndexRun:
    """One run over some files, under the lock."""

    def __init__(
        self,
        directory: Path,
        settings: Settings,
        progress: ProgressCallback | None = None,
        *,
        compare_ids: bool = False,
    ) -> None:
        self._directory, self._settings = directory, settings
        self._fingerprint = current_fingerprint(settings)
        self._restored = renew_if_other_schema(directory)
        self._catalogue = CatalogueWriter(directory)
        if not self._catalogue.meta("library_id"):
            self._catalogue.set_meta(library_id=uuid.uuid4().hex[:12])
        self._embedder: Embedder = make_embedder(settings)
        self._feed = ChromaFeed(directory, self._catalogue, self._embedder.name, settings)
        self._terms = open_terms_in_step(directory, self._catalogue, compare_ids=compare_ids)
        self._committed = time.monotonic()
        self._tally = Tally(progress)
        self._intake = Intake(
            directory,
            settings,
            self._fingerprint,
            self._catalogue,
            self._terms,
            self._embedder,
            self._tally,
            on_work=self._prepare_chroma,
            on_stored=self._commit_now_and_then,
        )
        self._at_once = False
        self._small = self._catalogue.count_passages() < settings.exact_below

    def close(self) -> None:
        """Free everything; what was acknowledged is kept."""
        self._feed.close()
        self._terms.close()
        self._catalogue.close()

    def run(self, paths: Sequence[Path] | None) -> IndexReport:
        """Index and report."""
        self._intake.known = self._catalogue.files()
        self._intake.read_entries(self._settings.corpus)
        whole = self._at_once = paths is None or not self._is_whole()
        chosen = self._select(paths, whole=whole)
        self._catalogue.begin_run(self._fingerprint)
        self._tally.total = len(chosen.files)
        self._tally.skip(*chosen.skipped)
        self._tally.unchanged(chosen.out_of_reach)
        self._forget(chosen)
        self._take_all(chosen.files)
        self.settle()
        self._catalogue.finish_run()
        return self._tally.report(self._catalogue.count_passages())

    def remove(self, document_id: str) -> tuple[str, ...]:
        """Remove a document and remember that a user did; returns the names of its files.

        What a reader sent to the page goes with it; a file of the corpus or of the user's stays.
        """
        records = [r for r in self._catalogue.files().values() if r.document_id == document_id]
        self._intake.drop_terms(document_id)
        names = self._catalogue.forget_document(document_id)
        for record in records:
            if record.origin == CORPUS:
                self._catalogue.store_file(
                    FileRecord(record.name, CORPUS, record.sha256, "", "", "", REMOVED, "")
                )
        self.settle()
        originals.discard_uploads(self._directory, names)
        return names

    def settle(self, *, compare_ids: bool = False) -> None:
        """Bring terms and vectors in step with the catalogue and tidy up."""
        commit_terms(self._catalogue, self._terms)
        if compare_ids or self._is_due():
            self._tally.tell("", "vectors")
            self._feed.finish(compare_ids=compare_ids)
        if compare_ids or (self._intake.dropped and (self._at_once or self._small)):
            self._catalogue.drop_unused_vectors()
            used = (record.sha256 for record in self._catalogue.files().values())
            originals.sweep(self._directory, used)

    def _is_due(self) -> bool:
        """Say whether Chroma is to follow now.

        A new snapshot of a large library takes a second or two and as much memory in every reader,
        so a few passages may wait for the next full run: readers search what Chroma lacks exactly.
        """
        behind, passages = self._feed.behind(), self._catalogue.count_passages()
        if self._at_once or self._small:
            return behind > 0
        return behind > max(_MAY_WAIT, passages * _MAY_WAIT_SHARE)

    # --- which files ---------------------------------------------------------------------------

    def _is_whole(self) -> bool:
        """Say whether every known file was indexed by a finished run under these settings."""
        finished = self._catalogue.meta("run", "finished") == "finished"
        return finished and self._catalogue.fingerprint() in (self._fingerprint, NO_FINGERPRINT)

    def _select(self, paths: Sequence[Path] | None, *, whole: bool) -> Selection:
        """Choose the files: those named, and on a ``whole`` run all that belong to the library."""
        root = self._settings.corpus / "documents"
        named = select_named((*(paths or ()), *self._restored), root, self._intake.known)
        own = self._catalogue.meta("begun_with")
        if not own:
            own = "corpus" if paths is None or named.of_corpus else "paths"
            self._catalogue.set_meta(begun_with=own)
        if not whole:
            return named
        added = select_added(self._directory, self._intake.known)
        if own == "paths" and not named.of_corpus:
            self._tally.corpus_left_out = paths is None and root.is_dir()
            return together(added, named)
        return together(select_corpus(root, self._intake.known), added, named)

    def _forget(self, chosen: Selection) -> None:
        for record in chosen.brought_back:
            self._catalogue.forget_file(record.name)
        for record in chosen.vanished:
            self._intake.drop_terms(record.document_id if not record.reason else "")
            self._catalogue.forget_file(record.name)
            if not record.reason:
                self._tally.count(record.name, "removed")
        self._intake.known = self._catalogue.files()

    def _take_all(self, files: tuple[FoundFile, ...]) -> None:
        """Take each file; again those put aside as duplicates of one that went during the run."""
        pending = files
        while pending:
            for file in pending:
                self._intake.take(file, again=pending is not files)
            known = self._catalogue.files()
            pending = tuple(
                file for file in files if file.name in self._intake.known and file.name not in known
            )
            self._intake.known = known

    def _prepare_chroma(self) -> None:
        """Have Chroma opened while this process parses, where it is to follow in any case."""
        if self._at_once or self._small:
            self._feed.start()

    def _commit_now_and_then(self) -> None:
        if time.monotonic() - self._committed > _COMMIT_SECONDS:
            commit_terms(self._catalogue, self._terms)
            if self._is_due():
                self._feed.start()
            self._feed.more()
            self._committed = time.monotonic()


def _make(directory: Path) -> None:
    """Make the library's directory; raises LibraryError where that cannot be."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LibraryError(
            f"无法建立文件库目录「{directory}」（{error.strerror}）。请换一个目录或检查权限。"
        ) from error
