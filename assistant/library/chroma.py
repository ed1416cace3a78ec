"""Chroma, as what it is good at: an approximate index of passage ids by vector.

Embedded, a directory is written by one process once and never again: a change is made in a copy and
the catalogue is switched to it. So readers in any number of processes open a directory that nobody
writes, and a kill during a write leaves only a copy that nobody uses. Behind ``chroma run`` the
server alone owns its files, and the collection is changed in place.
"""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from assistant.errors import LibraryError
from assistant.library.exact import Floats

FOLDER = "chroma"
_COLLECTION = "passages"
_PAGE = 100_000  # a page of ids; a small one costs as much as all before it
_BATCH = 1000  # of Chroma's limit 5,461: a write holds the GIL for about 0.3 ms a vector
# Chroma's defaults but for the space. Measured on 100,000 statute articles and 300 lay questions:
# asking for 200 finds 99.4 % of the exact 10 best in 1.9 ms; max_neighbors 32 and ef_construction
# 200 find 99.8 % and take 1.6 times as long to build.
_SPACE = {"space": "cosine", "ef_construction": 100, "max_neighbors": 16, "ef_search": 100}


def _quiet_settings() -> Any:
    os.environ["ANONYMIZED_TELEMETRY"] = "False"
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False)


def connect_server(url: str) -> Any:
    """Open a client of ``chroma run``; raises LibraryError when it does not answer."""
    import chromadb

    parts = urlsplit(url if "//" in url else f"http://{url}")
    try:
        return chromadb.HttpClient(
            host=parts.hostname or "localhost",
            port=parts.port or (443 if parts.scheme == "https" else 8000),
            ssl=parts.scheme == "https",
            settings=_quiet_settings(),
        )
    except Exception as error:
        raise LibraryError(
            f"连接不到向量服务 {parts.hostname}:{parts.port}（{type(error).__name__}）。"
            "请先运行 chroma run，或清空设置 chroma_url 改用嵌入式。"
        ) from error


class ChromaVectors:
    """One collection of passage ids with vectors.

    ``location`` names a directory under ``folder`` (embedded) or a collection (``url``).
    """

    def __init__(self, folder: Path, location: str, *, url: str = "", create: bool = False) -> None:
        if url:
            client, name = connect_server(url), location
        else:
            import chromadb

            path = folder / location
            if not create and not (path / "chroma.sqlite3").is_file():
                raise LibraryError(f"向量目录「{path}」不存在。请运行 assistant index。")
            client, name = (
                chromadb.PersistentClient(str(path), settings=_quiet_settings()),
                _COLLECTION,
            )
        self._client, self._name = client, name
        self._collection = self._open(create)

    def _open(self, create: bool) -> Any:
        if not create:
            return self._client.get_collection(self._name, embedding_function=None)
        return self._client.get_or_create_collection(
            self._name, embedding_function=None, configuration={"hnsw": dict(_SPACE)}
        )

    def __len__(self) -> int:
        return int(self._collection.count())

    def ids(self) -> set[str]:
        """All passage ids held."""
        found: set[str] = set()
        while True:
            page = self._collection.get(limit=_PAGE, offset=len(found), include=[])["ids"]
            found.update(page)
            if len(page) < _PAGE:
                return found

    def load(self, passages: int) -> None:
        """Read the index into memory, without holding the interpreter as ``count`` would."""
        first = self._collection.get(limit=1, include=["embeddings"])["embeddings"]
        if passages and len(first):
            self.search(np.asarray(first[0], np.float32), k=min(2, passages))

    def add(self, ids: Sequence[str], vectors: Floats) -> None:
        """Add or replace passages."""
        for start in range(0, len(ids), _BATCH):
            chunk = list(ids[start : start + _BATCH])
            self._collection.upsert(ids=chunk, embeddings=vectors[start : start + _BATCH])

    def remove(self, ids: Iterable[str]) -> None:
        """Remove passages; unknown ids are nothing."""
        gone = list(ids)
        for start in range(0, len(gone), _BATCH):
            self._collection.delete(ids=gone[start : start + _BATCH])

    def search(self, query: Floats, *, k: int) -> list[tuple[str, float]]:
        """Find about the ``k`` nearest: (passage id, cosine similarity), best first.

        ``k`` is not above the number of passages held.
        """
        if k < 1:
            return []
        found = self._collection.query(
            query_embeddings=query[None], n_results=k, include=["distances"]
        )
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        return [(str(passage), 1.0 - float(distance)) for passage, distance in pairs]

    def drop(self) -> None:
        """Delete the collection, for good."""
        self._client.delete_collection(self._name)

    def close(self) -> None:
        """Let go of files and memory."""
        self._client.close()


def new_location(library_id: str, *, url: str = "") -> str:
    """Make a name that was never used: of a directory, or of a collection on a shared server."""
    fresh = uuid.uuid4().hex[:12]
    return f"cewen-{library_id}-{fresh}" if url else fresh


def copy_location(folder: Path, base: str, fresh: str) -> None:
    """Copy an embedded directory, so that the copy can be written."""
    shutil.copytree(folder / base, folder / fresh)


def sweep(folder: Path, keep: Iterable[str]) -> None:
    """Delete embedded directories that are not to be kept: what killed writers left."""
    kept = set(keep)
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        if path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)
