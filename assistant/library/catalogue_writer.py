"""The catalogue's writing side: one short transaction a document, under the library's lock."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assistant.library import rows
from assistant.library.catalogue import CATALOGUE_NAME, Catalogue, connect
from assistant.library.fingerprint import Fingerprint
from assistant.library.schema import TABLES
from assistant.library.state import Derived
from assistant.types import Document, IndicatorValue, Passage


@dataclass(frozen=True, slots=True)
class FileRecord:
    """What is known of a file: its bytes' hash, what built its document, or why there is none."""

    name: str
    origin: str
    sha256: str
    entry: str
    fingerprint: str
    document_id: str = ""
    reason: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """A passage with the hash of its embedded text, and its key once it is stored."""

    passage: Passage
    vector: bytes
    key: int = 0


class CatalogueWriter(Catalogue):
    """Write the catalogue at ``directory``, making it when there is none. Hold the lock first."""

    def __init__(self, directory: Path) -> None:
        connection = connect(directory / CATALOGUE_NAME)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.executescript(f"BEGIN IMMEDIATE;{TABLES}COMMIT;")
        connection.close()
        super().__init__(directory)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Run a block as one transaction; an exception undoes all of it."""
        connection = self.connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    # --- facts ---------------------------------------------------------------------------------

    def set_meta(self, **facts: str) -> None:
        """Store named facts about the library."""
        sql = "INSERT OR REPLACE INTO meta VALUES (?, ?)"
        with self.transaction() as connection:
            connection.executemany(sql, facts.items())

    def begin_run(self, fingerprint: Fingerprint) -> None:
        """Note that a run is under way and what it builds with; undone by ``finish_run``."""
        self.set_meta(fingerprint=fingerprint.to_text(), run="unfinished")

    def finish_run(self) -> None:
        """Note that the library is whole."""
        self.set_meta(run="finished", built_at=_now())

    def set_derived(self, name: str, derived: Derived) -> None:
        """Switch a derived index to what is described, in one step."""
        sql = "INSERT OR REPLACE INTO derived VALUES (?, ?, ?, ?, ?, ?)"
        with self.transaction() as connection:
            connection.execute(sql, (name, *derived))
            if name == "chroma":
                connection.execute("DELETE FROM gone")

    # --- documents -----------------------------------------------------------------------------

    def store(
        self,
        file: FileRecord,
        document: Document,
        passages: Sequence[IndexedPassage],
        values: Sequence[IndicatorValue],
        vectors: Mapping[bytes, bytes],
        embedder: str,
    ) -> tuple[int, tuple[int, ...]]:
        """Store a file's document, in place of the one it had; returns document and passage keys.

        ``vectors`` holds the new ones by hash. All of it is one transaction.
        """
        with self.transaction() as connection:
            self._forget_file(connection, file.name)
            connection.executemany(
                "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
                [(key, embedder, vector) for key, vector in vectors.items()],
            )
            key = _insert_document(connection, file, document, len(passages), len(values))
            keys = tuple(_insert_passage(connection, key, item) for item in passages)
            _insert_values(connection, key, values)
            _insert_file(connection, file)
            _next_generation(connection)
        return key, keys

    def store_file(self, file: FileRecord) -> None:
        """Store that a file gave no document of its own, and drop the one it had."""
        with self.transaction() as connection:
            self._forget_file(connection, file.name)
            _insert_file(connection, file)

    def forget_file(self, name: str) -> None:
        """Drop a file and its document."""
        with self.transaction() as connection:
            self._forget_file(connection, name)

    def _forget_file(self, connection: sqlite3.Connection, name: str) -> None:
        """Drop a file's document; files that were put aside as its duplicates are tried again."""
        row = connection.execute(
            "SELECT document_id FROM files WHERE name=? AND reason=''", (name,)
        ).fetchone()
        connection.execute("DELETE FROM files WHERE name=?", (name,))
        if row is not None and row[0]:
            connection.execute("DELETE FROM documents WHERE id=?", (row[0],))
            connection.execute("DELETE FROM files WHERE document_id=?", (row[0],))
            _next_generation(connection)

    def forget_document(self, document_id: str) -> tuple[str, ...]:
        """Drop a document and every file that holds it; returns the files' names."""
        sql = "SELECT name FROM files WHERE document_id=? ORDER BY name"
        with self.transaction() as connection:
            names = tuple(row[0] for row in connection.execute(sql, (document_id,)))
            connection.execute("DELETE FROM documents WHERE id=?", (document_id,))
            connection.execute("DELETE FROM files WHERE document_id=?", (document_id,))
            _next_generation(connection)
        return names

    # --- files and vectors ---------------------------------------------------------------------

    def files(self) -> dict[str, FileRecord]:
        """All known files by name."""
        found = self.connection.execute("SELECT * FROM files")
        return {record["name"]: FileRecord(*tuple(record)) for record in found}

    def file(self, name: str) -> FileRecord | None:
        """One known file, or None."""
        found = self.connection.execute("SELECT * FROM files WHERE name=?", (name,)).fetchone()
        return None if found is None else FileRecord(*tuple(found))

    def holder_of(self, document_id: str) -> str:
        """The name of the file that a document came from, or empty."""
        sql = "SELECT name FROM files WHERE document_id=? AND reason=''"
        row = self.connection.execute(sql, (document_id,)).fetchone()
        return "" if row is None else str(row[0])

    def known_vectors(self, hashes: Sequence[bytes]) -> set[bytes]:
        """Which of the hashes have a stored vector."""
        found: set[bytes] = set()
        for start in range(0, len(hashes), 500):
            chunk = hashes[start : start + 500]
            sql = f"SELECT hash FROM vectors WHERE hash IN ({','.join('?' * len(chunk))})"
            found.update(row[0] for row in self.connection.execute(sql, tuple(chunk)))
        return found

    def drop_unused_vectors(self) -> int:
        """Delete vectors that no passage refers to; returns how many."""
        sql = "DELETE FROM vectors WHERE hash NOT IN (SELECT vector FROM passages)"
        with self.transaction() as connection:
            return connection.execute(sql).rowcount


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _next_generation(connection: sqlite3.Connection) -> None:
    connection.execute(
        "INSERT INTO meta VALUES ('generation', '1') ON CONFLICT (name) "
        "DO UPDATE SET value = CAST(value AS INTEGER) + 1"
    )


def _insert_file(connection: sqlite3.Connection, file: FileRecord) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            file.name,
            file.origin,
            file.sha256,
            file.entry,
            file.fingerprint,
            file.document_id,
            file.reason,
            file.remedy,
        ),
    )


def _insert_document(
    connection: sqlite3.Connection, file: FileRecord, document: Document, passages: int, values: int
) -> int:
    days = (document.signed, document.printed, document.published)
    fields = (
        document.id,
        document.title,
        document.kind.value,
        document.issuer,
        document.city,
        document.number,
        document.index_number,
        *map(rows.day_text, days),
        document.source,
        file.origin,
        len(document.text),
        passages,
        values,
        len(document.damage),
        _now(),
        rows.text_blob(document.text),
        rows.structure_blob(document),
    )
    sql = f"INSERT INTO documents VALUES (NULL{', ?' * len(fields)})"
    key = connection.execute(sql, fields).lastrowid
    assert key is not None
    return key


def _insert_passage(connection: sqlite3.Connection, document: int, item: IndexedPassage) -> int:
    sql = "INSERT INTO passages VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    row = rows.passage_row(item.passage, document, item.vector)
    key = connection.execute(sql, row).lastrowid
    assert key is not None
    return key


def _insert_values(
    connection: sqlite3.Connection, document: int, values: Sequence[IndicatorValue]
) -> None:
    sql = f"INSERT INTO indicator_values VALUES (NULL{', ?' * 18})"
    connection.executemany(sql, [rows.value_row(value, document) for value in values])
