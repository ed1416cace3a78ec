"""A catalogue of another schema is begun anew; what users added comes back from its originals."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

from assistant.library import chroma, originals, sync
from assistant.library.catalogue import CATALOGUE_NAME, connect
from assistant.library.catalogue_writer import CatalogueWriter
from assistant.library.fingerprint import Fingerprint
from assistant.library.schema import SCHEMA_VERSION

_KEPT = ("library_id", "begun_with")


def renew_if_other_schema(directory: Path) -> tuple[Path, ...]:
    """Begin the catalogue anew if it has another schema; returns the originals to index again."""
    facts = _facts(directory / CATALOGUE_NAME)
    schema = Fingerprint.from_text(facts.get("fingerprint", "{}")).schema
    if schema in ("", SCHEMA_VERSION):
        return ()
    for path in directory.glob(f"{CATALOGUE_NAME}*"):
        path.unlink()
    for folder in (chroma.FOLDER, sync.FOLDER):
        shutil.rmtree(directory / folder, ignore_errors=True)
    writer = CatalogueWriter(directory)
    writer.set_meta(**{name: facts[name] for name in _KEPT if name in facts}, run="unfinished")
    writer.close()
    return originals.every(directory)


def _facts(path: Path) -> dict[str, str]:
    """Read the table that every schema has; empty where there is none."""
    if not path.is_file():
        return {}
    connection = connect(path)
    try:
        return dict(map(tuple, connection.execute("SELECT name, value FROM meta").fetchall()))
    except sqlite3.OperationalError:
        return {}
    finally:
        connection.close()
