"""The catalogue: one SQLite file in WAL mode, the truth about the library. Reading side.

Connections are one a thread and short-lived transactions only, so readers in this and other
processes never wait for a writer.
"""

from __future__ import annotations

import itertools
import sqlite3
import threading
import weakref
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from assistant.errors import LibraryError, LibraryMissingError
from assistant.indicators import Coverage
from assistant.library import rows
from assistant.library.cards import DocumentCard
from assistant.library.fingerprint import Fingerprint
from assistant.library.state import NOTHING, Derived, Owner, State
from assistant.types import Document, IndicatorValue, Passage, Span

CATALOGUE_NAME = "catalogue.sqlite3"
_CHUNK = 500  # parameters a statement: far below SQLite's limit


class _Held:
    """A thread's connection, and its number among all that were ever opened; ends with the thread."""

    __slots__ = ("__weakref__", "connection", "number")

    def __init__(self, connection: sqlite3.Connection, number: int) -> None:
        self.connection, self.number = connection, number


def _close(connections: dict[int, sqlite3.Connection], number: int) -> None:
    """Close one of ``connections``, unless it was closed before."""
    connection = connections.pop(number, None)
    if connection is not None:
        connection.close()


class Catalogue:
    """Read the catalogue at ``directory``; raises LibraryMissingError when there is none."""

    def __init__(self, directory: Path) -> None:
        self.path = directory / CATALOGUE_NAME
        if not self.path.is_file():
            raise LibraryMissingError(f"「{directory}」没有文件库。请先运行 assistant index。")
        self._local = threading.local()
        self._open: dict[int, sqlite3.Connection] = {}
        self._numbers = itertools.count(1)

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection; it is closed when the thread ends."""
        return self._held().connection

    def _held(self) -> _Held:
        held: _Held | None = getattr(self._local, "held", None)
        if held is None:
            held = _Held(connect(self.path), next(self._numbers))
            self._open[held.number] = held.connection
            ended = weakref.finalize(held, _close, self._open, held.number)
            ended.atexit = False  # a thread that outlives the interpreter may be reading
            self._local.held = held
        return held

    def close(self) -> None:
        """Close every thread's connection; later use raises sqlite3.ProgrammingError."""
        for number in tuple(self._open):
            _close(self._open, number)

    # --- state ---------------------------------------------------------------------------------

    def state(self) -> State:
        """Read generation, fingerprint and the derived indexes' positions, all of one moment."""
        sql = (
            "SELECT (SELECT value FROM meta WHERE name='generation'), "
            "(SELECT value FROM meta WHERE name='fingerprint'), t.*, c.* "
            "FROM (SELECT 1) LEFT JOIN derived t ON t.name='terms' "
            "LEFT JOIN derived c ON c.name='chroma'"
        )
        record = tuple(self.connection.execute(sql).fetchone())
        terms, chroma = record[3:8], record[9:14]
        return State(
            int(record[0] or 0),
            record[1] or "{}",
            Derived(*terms) if record[2] else NOTHING,
            Derived(*chroma) if record[8] else NOTHING,
        )

    def version(self) -> tuple[int, int]:
        """What changes when another connection has changed the catalogue; much cheaper than ``state``."""
        held = self._held()
        found = held.connection.execute("PRAGMA data_version").fetchone()
        return held.number, int(found[0])

    def meta(self, name: str, default: str = "") -> str:
        """Read one named fact about the library."""
        row = self.connection.execute("SELECT value FROM meta WHERE name=?", (name,)).fetchone()
        return default if row is None else str(row[0])

    def fingerprint(self) -> Fingerprint:
        """What built the library."""
        return Fingerprint.from_text(self.meta("fingerprint", "{}"))

    def counts(self) -> tuple[int, int, int, int]:
        """Count documents, passages, indicator values, distinct vectors."""
        sql = "SELECT " + ", ".join(
            f"(SELECT count(*) FROM {table})"
            for table in ("documents", "passages", "indicator_values", "vectors")
        )
        documents, passages, values, vectors = self.connection.execute(sql).fetchone()
        return documents, passages, values, vectors

    # --- documents -----------------------------------------------------------------------------

    def cards(self) -> tuple[DocumentCard, ...]:
        """List all documents, by city, then date, then title."""
        sql = (
            f"SELECT {rows.CARD_COLUMNS} FROM documents "
            "ORDER BY city, coalesce(signed, printed, published, ''), title, id"
        )
        return tuple(rows.card_from_record(record) for record in self.connection.execute(sql))

    def document(self, document_id: str) -> Document | None:
        """Read one document with its text, or None."""
        sql = "SELECT * FROM documents WHERE id=?"
        record = self.connection.execute(sql, (document_id,)).fetchone()
        return None if record is None else rows.document_from_record(record)

    def cities(self) -> tuple[str, ...]:
        """List the cities that documents of the library speak for."""
        sql = "SELECT DISTINCT city FROM documents WHERE city != '' ORDER BY city"
        return tuple(record[0] for record in self.connection.execute(sql))

    def kinds(self) -> tuple[str, ...]:
        """List the kinds of the library's documents."""
        sql = "SELECT DISTINCT kind FROM documents ORDER BY kind"
        return tuple(record[0] for record in self.connection.execute(sql))

    def document_keys(self) -> set[int]:
        """The keys of all documents."""
        return {record[0] for record in self.connection.execute("SELECT key FROM documents")}

    def document_key(self, document_id: str) -> int | None:
        """The key of a document, or None."""
        sql = "SELECT key FROM documents WHERE id=?"
        record = self.connection.execute(sql, (document_id,)).fetchone()
        return None if record is None else int(record[0])

    def owners(self) -> tuple[Owner, ...]:
        """All documents as searches filter them."""
        found = self.connection.execute("SELECT key, id, city, kind, passages FROM documents")
        return tuple(Owner(*record) for record in found)

    def count_passages(self) -> int:
        """Count the passages of all documents."""
        found = self.connection.execute("SELECT coalesce(sum(passages), 0) FROM documents")
        return int(found.fetchone()[0])

    # --- passages ------------------------------------------------------------------------------

    def passages(self, ids: Sequence[str]) -> tuple[Passage, ...]:
        """Read passages in the order of ``ids``; ids that are gone are left out."""
        found = {
            record["id"]: rows.passage_from_record(record)
            for record in self._in("p.id", ids, rows.PASSAGE_COLUMNS)
        }
        return tuple(found[passage_id] for passage_id in ids if passage_id in found)

    def passages_of(self, document_id: str) -> tuple[Passage, ...]:
        """Read a document's passages in document order."""
        sql = (
            f"SELECT {rows.PASSAGE_COLUMNS} FROM passages p JOIN documents d ON d.key=p.document "
            'WHERE d.id=? ORDER BY p.start, p."end"'
        )
        found = self.connection.execute(sql, (document_id,))
        return tuple(rows.passage_from_record(record) for record in found)

    def ids_of_keys(self, keys: Sequence[int]) -> dict[int, tuple[str, int]]:
        """Map passage keys to (passage id, document key); keys that are gone are missing."""
        found = self._in("p.key", keys, "p.key, p.id, p.document")
        return {record[0]: (record[1], record[2]) for record in found}

    def documents_of_ids(self, ids: Sequence[str]) -> dict[str, int]:
        """Map passage ids to document keys; ids that are gone are missing."""
        return {record[0]: record[1] for record in self._in("p.id", ids, "p.id, p.document")}

    def _in(self, column: str, values: Sequence[object], columns: str) -> Iterator[sqlite3.Row]:
        for start in range(0, len(values), _CHUNK):
            chunk = values[start : start + _CHUNK]
            marks = ",".join("?" * len(chunk))
            sql = (
                f"SELECT {columns} FROM passages p JOIN documents d ON d.key=p.document "
                f"WHERE {column} IN ({marks})"
            )
            yield from self.connection.execute(sql, tuple(chunk))

    def passage_id_at(self, document_id: str, span: Span) -> str:
        """Return the id of the first passage of a document that holds ``span``, or nothing."""
        sql = (
            "SELECT p.id FROM passages p JOIN documents d ON d.key=p.document WHERE d.id=? "
            'AND p.start<=? AND p."end">=? ORDER BY p.key LIMIT 1'
        )
        found = self.connection.execute(sql, (document_id, span.start, span.end)).fetchone()
        return str(found["id"]) if found else ""

    # --- indicator values ----------------------------------------------------------------------

    def coverage(self) -> tuple[Coverage, ...]:
        """Count for each indicator its values, and the cities that set a target; most cities first."""
        sql = (
            "SELECT indicator, COUNT(*) AS held, "
            "COUNT(DISTINCT CASE WHEN kind='target' THEN city END) AS cities, "
            "COUNT(DISTINCT CASE WHEN kind='target' AND value IS NOT NULL THEN city END) AS numbers "
            "FROM indicator_values GROUP BY indicator ORDER BY numbers DESC, cities DESC, held DESC"
        )
        return tuple(
            Coverage(row["indicator"], row["numbers"], row["cities"], row["held"])
            for row in self.connection.execute(sql)
        )

    def indicators(self) -> tuple[str, ...]:
        """List the names of all indicators that have a value, each looked up behind the one before.

        SQLite would read the whole index for DISTINCT; this reads one entry a name.
        """
        sql = (
            "WITH RECURSIVE name(it) AS (SELECT min(indicator) FROM indicator_values UNION ALL "
            "SELECT (SELECT min(indicator) FROM indicator_values WHERE indicator > it) FROM name "
            "WHERE it IS NOT NULL) SELECT it FROM name WHERE it IS NOT NULL"
        )
        return tuple(record[0] for record in self.connection.execute(sql))

    def value_years(self) -> tuple[int, ...]:
        """List the years that a value stands for, in order."""
        sql = "SELECT DISTINCT year FROM indicator_values WHERE year IS NOT NULL ORDER BY year"
        return tuple(row["year"] for row in self.connection.execute(sql))

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
        """Read values that pass every filter that is not empty, in document order.

        ``department`` is a part of the name of one of the value's departments.
        """
        named = tuple(indicators)
        # The plus keeps SQLite from the indexes of cities and years, which have very many values each.
        filters: dict[str, Iterable[object]] = {
            "+v.city" if named else "v.city": cities,
            "v.indicator": named,
            "+v.year" if named else "v.year": years,
            "v.kind": kinds,
            "d.id": documents,
        }
        clauses, parameters = [], []
        for column, allowed in filters.items():
            wanted = [str(item) if column == "v.kind" else item for item in allowed]
            if wanted:
                clauses.append(f"{column} IN ({','.join('?' * len(wanted))})")
                parameters.extend(wanted)
        if department:
            clauses.append("instr(v.departments, ?)")
            parameters.append(department)
        where = f"WHERE {' AND '.join(clauses)} " if clauses else ""
        sql = (
            f"SELECT {rows.VALUE_COLUMNS} FROM indicator_values v "
            f"JOIN documents d ON d.key=v.document {where}ORDER BY v.city, v.document, v.key"
        )
        found = self.connection.execute(sql, parameters)
        return tuple(rows.value_from_record(record) for record in found)


def connect(path: Path) -> sqlite3.Connection:
    """Open a connection in autocommit mode; raises LibraryError when it is not a catalogue."""
    connection = sqlite3.connect(path, timeout=10, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    try:
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA mmap_size=268435456")
        connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
    except sqlite3.DatabaseError as error:
        connection.close()
        raise LibraryError(
            f"文件库目录文件「{path}」无法打开（{error}）。请移走该文件后运行 assistant index 重建。"
        ) from error
    return connection
