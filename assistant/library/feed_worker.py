"""The process that writes Chroma: ``python -m assistant.library.feed_worker``, driven by stdin."""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from assistant.errors import LibraryError
from assistant.library import chroma
from assistant.library.catalogue import Catalogue
from assistant.library.exact import STORED, Floats, from_blobs

_BATCH = 1000
_NEW = (
    "SELECT p.key, p.id, v.vector FROM passages p JOIN vectors v ON v.hash=p.vector "
    "WHERE p.key > ? AND v.embedder=? ORDER BY p.key LIMIT ?"
)
_OTHERS = "SELECT 1 FROM vectors WHERE embedder < ? OR embedder > ? LIMIT 1"
_OURS = "FROM passages p JOIN vectors v ON v.hash=p.vector WHERE v.embedder=?"
_GONE = "SELECT id FROM gone WHERE id NOT IN (SELECT id FROM passages)"
_BULK = 5000  # passages from which on the process steps back behind others


class Feeder:
    """Bring one Chroma index up to the catalogue."""

    def __init__(self, order: dict[str, Any]) -> None:
        self._catalogue = Catalogue(Path(order["directory"]))
        self._embedder: str = order["embedder"]
        self._folder = Path(order["directory"]) / chroma.FOLDER
        self._url: str = order["url"]
        self._replaces: str = order["replaces"]
        self.through = self._fed = 0
        self._polite = False
        self._store = self._open(order)

    def _open(self, order: dict[str, Any]) -> chroma.ChromaVectors:
        """Open a copy of the base (on a server the base itself), or an empty index."""
        base, location, url = order["base"], order["location"], order["url"]
        if base and base != location:
            chroma.copy_location(self._folder, base, location)
        store = chroma.ChromaVectors(self._folder, location, url=url, create=True)
        self.through = order["through"] if len(store) else 0
        return store

    def feed(self) -> None:
        """Add the passages that are newer than what is held."""
        while True:
            found = self._rows(_NEW, self.through, self._embedder, _BATCH)
            if not found:
                return
            self._store.add([row[1] for row in found], _unpacked([row[2] for row in found]))
            self.through = found[-1][0]
            self._step_back(len(found))

    def _step_back(self, passages: int) -> None:
        self._fed += passages
        if self._fed >= _BULK and not self._polite and hasattr(os, "nice"):
            os.nice(5)
            self._polite = True

    def finish(self, *, compare_ids: bool) -> dict[str, int]:
        """Feed, remove what went, repair what differs, and make sure that queries are answered."""
        self.feed()
        self._store.remove(row[0] for row in self._rows(_GONE))
        expected = self._expected()
        if compare_ids or len(self._store) != expected:
            self._repair()
        if len(self._store) != expected:
            raise RuntimeError(f"Chroma holds {len(self._store)} of {expected} passages")
        self._probe(expected)
        self._drop_replaced()
        return {"through": self.through, "passages": expected}

    def _expected(self) -> int:
        """Count the passages that this embedder embedded; all, but while embedders change."""
        if self._rows(_OTHERS, self._embedder, self._embedder):
            return int(self._rows(f"SELECT count(*) {_OURS}", self._embedder)[0][0])
        return self._catalogue.count_passages()

    def _repair(self) -> None:
        held = self._store.ids()
        wanted = {row[0] for row in self._rows(f"SELECT p.id {_OURS}", self._embedder)}
        self._store.remove(held - wanted)
        missing = sorted(wanted - held)
        for start in range(0, len(missing), 500):
            chunk = missing[start : start + 500]
            marks = ",".join("?" * len(chunk))
            found = self._rows(
                "SELECT p.id, v.vector FROM passages p JOIN vectors v ON v.hash=p.vector "
                f"WHERE p.id IN ({marks})",
                *chunk,
            )
            self._store.add([row[0] for row in found], _unpacked([row[1] for row in found]))

    def _probe(self, expected: int) -> None:
        """Query with a stored vector; a broken index raises here and not before a reader."""
        found = self._rows(_NEW, 0, self._embedder, 1)
        if found and not self._store.search(_unpacked([found[0][2]])[0], k=min(10, expected)):
            raise RuntimeError("Chroma finds nothing")

    def _drop_replaced(self) -> None:
        """Delete the collection on the server that this one takes the place of."""
        if self._url and self._replaces:
            with suppress(Exception):  # it may be gone, or broken beyond deleting
                chroma.ChromaVectors(self._folder, self._replaces, url=self._url).drop()

    def _rows(self, sql: str, *parameters: Any) -> list[Any]:
        return self._catalogue.connection.execute(sql, parameters).fetchall()


def _unpacked(blobs: list[bytes]) -> Floats:
    return from_blobs(blobs, len(blobs[0]) // STORED.itemsize)


def _listen(orders: queue.Queue[dict[str, Any]]) -> None:
    """Pass lines on; the end of input means that the parent is gone."""
    for line in sys.stdin:
        orders.put(json.loads(line))
    os._exit(1)


def main() -> None:
    """Follow orders until ``finish``; reply with one line of JSON, a result or what went wrong."""
    orders: queue.Queue[dict[str, Any]] = queue.Queue()
    threading.Thread(target=_listen, args=(orders,), daemon=True).start()
    try:
        reply = _follow(orders)
    except LibraryError as error:
        reply = {"error": str(error), "hopeless": True}
    except Exception as error:  # Chroma's errors share no base class; the parent reports them
        reply = {"error": f"{type(error).__name__}: {error}", "hopeless": False}
    print(json.dumps(reply), flush=True)


def _follow(orders: queue.Queue[dict[str, Any]]) -> dict[str, Any]:
    feeder = Feeder(orders.get())
    while (order := orders.get())["do"] == "feed":
        feeder.feed()
    return dict(feeder.finish(compare_ids=order["compare_ids"]))


if __name__ == "__main__":
    main()
