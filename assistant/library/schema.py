"""The catalogue's tables.

``key`` columns are numbers that are never used twice: tantivy and the in-memory vectors hold a
passage by its key, so a stale entry can only miss, never point at another passage. ``gone`` lists
the passages that were removed since Chroma was last in step.
"""

from __future__ import annotations

SCHEMA_VERSION = "1"

TABLES = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS documents (
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  kind TEXT NOT NULL,
  issuer TEXT NOT NULL,
  city TEXT NOT NULL,
  number TEXT NOT NULL,
  index_number TEXT NOT NULL,
  signed TEXT,
  printed TEXT,
  published TEXT,
  source TEXT NOT NULL,
  origin TEXT NOT NULL,
  chars INTEGER NOT NULL,
  passages INTEGER NOT NULL,
  "values" INTEGER NOT NULL,
  damage INTEGER NOT NULL,
  indexed_at TEXT NOT NULL,
  text BLOB NOT NULL,
  structure BLOB NOT NULL
);

CREATE TABLE IF NOT EXISTS passages (
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  document INTEGER NOT NULL REFERENCES documents(key) ON DELETE CASCADE,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  heading_path TEXT NOT NULL,
  text TEXT NOT NULL,
  header TEXT NOT NULL,
  cells TEXT NOT NULL,
  vector BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS passages_of ON passages (document, key);

CREATE TABLE IF NOT EXISTS gone (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TRIGGER IF NOT EXISTS passage_goes AFTER DELETE ON passages BEGIN
  INSERT OR IGNORE INTO gone VALUES (old.id);
END;

CREATE TABLE IF NOT EXISTS vectors (
  hash BLOB PRIMARY KEY,
  embedder TEXT NOT NULL,
  vector BLOB NOT NULL
) WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS vectors_of ON vectors (embedder);

CREATE TABLE IF NOT EXISTS indicator_values (
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  document INTEGER NOT NULL REFERENCES documents(key) ON DELETE CASCADE,
  city TEXT NOT NULL,
  indicator TEXT NOT NULL,
  name_as_written TEXT NOT NULL,
  scope TEXT NOT NULL,
  year INTEGER,
  period TEXT NOT NULL,
  kind TEXT NOT NULL,
  relation TEXT NOT NULL,
  value TEXT,
  unit TEXT NOT NULL,
  words TEXT NOT NULL,
  departments TEXT NOT NULL,
  heading_path TEXT NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  quote TEXT NOT NULL,
  also_at TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS values_by_indicator ON indicator_values (indicator, city, year);
CREATE INDEX IF NOT EXISTS values_by_city ON indicator_values (city, year);
CREATE INDEX IF NOT EXISTS values_by_year ON indicator_values (year);
CREATE INDEX IF NOT EXISTS values_of ON indicator_values (document);

CREATE TABLE IF NOT EXISTS files (
  name TEXT PRIMARY KEY,
  origin TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  entry TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  document_id TEXT NOT NULL,
  reason TEXT NOT NULL,
  remedy TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS files_of ON files (document_id);

CREATE TABLE IF NOT EXISTS derived (
  name TEXT PRIMARY KEY,
  location TEXT NOT NULL,
  made_with TEXT NOT NULL,
  generation INTEGER NOT NULL,
  through INTEGER NOT NULL,
  passages INTEGER NOT NULL
) WITHOUT ROWID;
"""
