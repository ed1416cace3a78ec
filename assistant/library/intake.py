"""Take one file into the library: one short, durable step, in place of what the file was before."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import UnreadableFileError
from assistant.library import originals
from assistant.library.catalogue_writer import CatalogueWriter, FileRecord
from assistant.library.embedders import Embedder
from assistant.library.files import ADDED, CORPUS, FoundFile, sha256_of
from assistant.library.fingerprint import Fingerprint
from assistant.library.ingest import embed, prepare
from assistant.library.reports import SkippedFile
from assistant.library.selection import REMOVED
from assistant.library.sync import entry
from assistant.library.tally import Tally
from assistant.library.terms import TermsWriter
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.documents.catalog import CatalogEntry

DUPLICATE = "内容与「{}」相同"


class Intake:
    """Store files' documents. ``known`` names the files that were there when the run began.

    ``on_work`` is called before a file is parsed, ``on_stored`` after its document is durable.
    ``dropped`` says whether a document went.
    """

    def __init__(
        self,
        directory: Path,
        settings: Settings,
        fingerprint: Fingerprint,
        catalogue: CatalogueWriter,
        terms: TermsWriter,
        embedder: Embedder,
        tally: Tally,
        *,
        on_work: Callable[[], None],
        on_stored: Callable[[], None],
    ) -> None:
        self._directory, self._settings, self._fingerprint = directory, settings, fingerprint
        self._catalogue, self._terms, self._embedder = catalogue, terms, embedder
        self._tally, self._on_work, self._on_stored = tally, on_work, on_stored
        self._entries: Mapping[str, CatalogEntry] = {}
        self.known: Mapping[str, FileRecord] = {}
        self.dropped = False

    def read_entries(self, corpus: Path) -> None:
        """Read what corpus/catalog.toml knows of files; raises UnreadableFileError."""
        from assistant.documents.catalog import read_catalog

        path = corpus / "catalog.toml"
        self._entries = read_catalog(path) if path.is_file() else {}

    def take(self, file: FoundFile, *, again: bool) -> None:
        """Index a file, unless it is as it was; what cannot be read is put aside and reported."""
        self._tally.done += not again
        try:
            self._require_size(file.path)
            sha256 = sha256_of(file.path)
        except UnreadableFileError as error:
            self._put_aside(file, "", error.reason, error.remedy)
            return
        except OSError as error:
            self._put_aside(file, "", f"无法打开（{error.strerror}）", "请检查文件与权限")
            return
        record = self._catalogue.file(file.name)
        if record is not None and self._is_current(record, file, sha256):
            self._leave(file, record)
        else:
            self._index(file, sha256)

    def _require_size(self, path: Path) -> None:
        if path.stat().st_size > self._settings.max_file_bytes:
            limit = self._settings.max_file_mb
            raise UnreadableFileError(path, f"超过 {limit} MB", "请拆分文件或调大 max_file_mb")

    def _entry(self, file: FoundFile) -> CatalogEntry | None:
        return self._entries.get(Path(file.name).name) if file.origin == CORPUS else None

    def _is_current(self, record: FileRecord, file: FoundFile, sha256: str) -> bool:
        if record.sha256 == sha256 and record.reason == REMOVED:
            return True
        return (record.sha256, record.entry, record.fingerprint) == (
            sha256,
            _digest(self._entry(file)),
            self._fingerprint.short,
        )

    def _leave(self, file: FoundFile, record: FileRecord) -> None:
        if record.reason and record.reason != REMOVED:
            self._tally.skip(SkippedFile(file.path, record.reason, record.remedy))
            self._tally.tell(file.source, "skipped")
        else:
            self._tally.count(file.source, "unchanged")

    def _record(self, file: FoundFile, sha256: str, **fields: str) -> FileRecord:
        entry_digest = _digest(self._entry(file))
        return FileRecord(
            file.name, file.origin, sha256, entry_digest, self._fingerprint.short, **fields
        )

    def _put_aside(self, file: FoundFile, sha256: str, reason: str, remedy: str, **of: str) -> None:
        """Report a file that gives no document of its own; the one it had goes."""
        self.drop_terms(self._document_of(file))
        record = self._record(file, sha256, reason=reason, remedy=remedy, **of)
        self._catalogue.store_file(record)
        self._tally.skip(SkippedFile(file.path, reason, remedy))
        self._tally.tell(file.source, "skipped")

    def _index(self, file: FoundFile, sha256: str) -> None:
        self._on_work()
        try:
            prepared = prepare(file.path, file.source, self._entry(file), self._settings)
        except UnreadableFileError as error:
            self._put_aside(file, sha256, error.reason, error.remedy)
            return
        document = prepared.document
        holder = self._catalogue.holder_of(document.id)
        if holder and holder != file.name:
            reason = DUPLICATE.format(Path(holder).name)
            self._put_aside(file, sha256, reason, "无需处理", document_id=document.id)
            return
        passages, vectors = embed(prepared, self._embedder, self._catalogue)
        if file.origin == ADDED:
            originals.keep(self._directory, file.path, sha256)
        outcome = "changed" if file.name in self.known else "added"
        self.drop_terms(self._document_of(file))
        document_key, keys = self._catalogue.store(
            self._record(file, sha256, document_id=document.id),
            document,
            passages,
            prepared.values,
            vectors,
            self._embedder.name,
        )
        pairs = zip(keys, prepared.passages, strict=True)
        self._terms.add(entry(key, document_key, document, passage) for key, passage in pairs)
        self._tally.count(file.source, outcome)
        self._on_stored()

    def _document_of(self, file: FoundFile) -> str:
        record = self._catalogue.file(file.name)
        return record.document_id if record is not None and not record.reason else ""

    def drop_terms(self, document_id: str) -> None:
        """Take a document out of the terms index, if there is one; its vectors will go too."""
        key = self._catalogue.document_key(document_id) if document_id else None
        if key is not None:
            self._terms.remove_document(key)
            self.dropped = True


def _digest(entry: CatalogEntry | None) -> str:
    return "" if entry is None else hashlib.sha256(repr(entry).encode()).hexdigest()[:16]
