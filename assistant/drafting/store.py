"""Drafts kept in SQLite, every version of each: nothing that was written is lost."""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from assistant.drafting.proposal import (
    Coverage,
    CoveredPoint,
    Draft,
    Paragraph,
    Pin,
    Point,
    Proposal,
    Section,
    Wish,
)
from assistant.errors import DocumentNotFoundError
from assistant.types import Citation, Mark, Sentence, Span

FILE_NAME = "drafts.sqlite"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS versions (
    draft TEXT NOT NULL, version INTEGER NOT NULL, kept TEXT NOT NULL,
    title TEXT NOT NULL, city TEXT NOT NULL, content TEXT NOT NULL,
    PRIMARY KEY (draft, version)
)
"""
_WAIT_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """One version of a kept draft, without its text: ``title`` is the proposal's."""

    draft: str
    version: int
    kept: datetime
    title: str
    city: str


class DraftStore:
    """The drafts of one folder. Safe for several threads and processes."""

    def __init__(self, directory: Path) -> None:
        self._path = directory / FILE_NAME

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path, timeout=_WAIT_SECONDS)) as connection, connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute(_SCHEMA)
            yield connection

    def keep(self, draft: Draft, *, name: str = "") -> KeptDraft:
        """Keep ``draft`` as a new draft, or as the next version of the draft called ``name``."""
        name = name or secrets.token_urlsafe(9)
        content = json.dumps(asdict(draft), ensure_ascii=False)
        now = datetime.now().astimezone()
        with self._open() as connection:
            connection.execute("BEGIN IMMEDIATE")
            (last,) = connection.execute(
                "SELECT coalesce(max(version), 0) FROM versions WHERE draft = ?", (name,)
            ).fetchone()
            row = (name, last + 1, now.isoformat(), draft.proposal.title, draft.wish.city, content)
            connection.execute("INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?)", row)
        return KeptDraft(name, last + 1, now, draft.proposal.title, draft.wish.city)

    def versions(self) -> tuple[KeptDraft, ...]:
        """List every version of every draft, the newest first."""
        if not self._path.exists():
            return ()
        with self._open() as connection:
            rows = connection.execute(
                "SELECT draft, version, kept, title, city FROM versions ORDER BY kept DESC"
            ).fetchall()
        return tuple(KeptDraft(d, v, datetime.fromisoformat(k), t, c) for d, v, k, t, c in rows)

    def read(self, draft: str, version: int) -> Draft:
        """Read one version; raises DocumentNotFoundError where there is none."""
        found = None
        if self._path.exists():
            with self._open() as connection:
                found = connection.execute(
                    "SELECT content FROM versions WHERE draft = ? AND version = ?", (draft, version)
                ).fetchone()
        if found is None:
            raise DocumentNotFoundError("没有这份草稿。它可能已被移到别处，请在列表中另选一份。")
        return _draft(json.loads(found[0]))


def _draft(kept: dict[str, Any]) -> Draft:
    return Draft(
        **{
            **kept,
            "proposal": _proposal(kept["proposal"]),
            "wish": _wish(kept["wish"]),
            "sections": tuple(_section(one) for one in kept["sections"]),
            "points": tuple(_point(one) for one in kept["points"]),
            "citations": tuple(_citation(one) for one in kept["citations"]),
            **{name: tuple(kept.get(name, ())) for name in ("remarks", "placeholders", "notices")},
        }
    )


def _proposal(kept: dict[str, Any]) -> Proposal:
    points = (Point(p["text"], p["topic"], Span(**p["span"])) for p in kept["points"])
    co_bodies = tuple(kept.get("co_bodies", ()))
    return Proposal(**{**kept, "points": tuple(points), "co_bodies": co_bodies})


def _wish(kept: dict[str, Any]) -> Wish:
    listed = {name: tuple(kept[name]) for name in ("co_bodies", "excluded")}
    pinned = tuple(Pin(**one) for one in kept.get("pinned", ()))
    return Wish(**{**kept, **listed, "pinned": pinned})


def _section(kept: dict[str, Any]) -> Section:
    paragraphs = (
        Paragraph(tuple(_sentence(s) for s in p["sentences"]), p["role"], p["point"])
        for p in kept["paragraphs"]
    )
    return Section(kept["heading"], tuple(paragraphs))


def _sentence(kept: dict[str, Any]) -> Sentence:
    mark = Mark(kept.get("mark", Mark.QUOTED))
    return Sentence(**{**kept, "citations": tuple(kept["citations"]), "mark": mark})


def _point(kept: dict[str, Any]) -> CoveredPoint:
    coverage = Coverage(kept["coverage"])
    return CoveredPoint(kept["text"], kept["topic"], coverage, tuple(kept["citations"]))


def _citation(kept: dict[str, Any]) -> Citation:
    path = tuple(kept["heading_path"])
    return Citation(**{**kept, "span": Span(**kept["span"]), "heading_path": path})
