"""Chroma, really: several processes, a real server, a server that is killed."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from small_corpus import (
    ROOT,
    chroma_ids,
    passage_ids,
    settings_for,
    text_of,
    write_corpus,
)

from assistant.errors import LibraryError
from assistant.library import Library
from assistant.library.chroma import ChromaVectors

QUERY = "三级公立医院CMI值达到多少"
READER = """
import json, sys
from pathlib import Path
from assistant.library import Library
from assistant.settings import Settings
settings = Settings(corpus=Path(sys.argv[2]), exact_below=0)
library = Library.open(Path(sys.argv[1]), settings)
for line in sys.stdin:
    hits = library.search_meaning(line.strip(), k=1000)
    owners = {p.document_id for p in library.passages([hit for hit, _ in hits])}
    print(json.dumps([library.status().vector_search, len(hits), sorted(owners)]), flush=True)
"""


def test_ids_vectors_and_similarities_come_back(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    vectors = rng.normal(size=(1200, 32)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    store = ChromaVectors(tmp_path, "one", create=True)
    ids = [f"d:{n}-{n + 1}" for n in range(1200)]
    store.add(ids, vectors)
    store.add(ids[:10], vectors[:10])
    assert len(store) == 1200 and store.ids() == set(ids)
    found = store.search(vectors[7], k=5)
    assert found[0] == ("d:7-8", pytest.approx(1, abs=1e-5))
    assert found[1][1] == pytest.approx(
        float(vectors[int(found[1][0][2:].split("-")[0])] @ vectors[7])
    )
    store.remove([*ids[:600], "unknown"])
    assert len(store.search(vectors[7], k=5000)) == 600
    store.close()
    again = ChromaVectors(tmp_path, "one")
    assert again.ids() == set(ids[600:])
    again.close()


def test_a_vector_of_zeros_is_at_similarity_zero(tmp_path: Path) -> None:
    store = ChromaVectors(tmp_path, "one", create=True)
    store.add(["a", "b"], np.array([[0, 0], [1, 0]], np.float32))
    assert dict(store.search(np.array([1, 0], np.float32), k=2)) == {
        "a": pytest.approx(0),
        "b": pytest.approx(1),
    }
    store.close()


def test_a_directory_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(LibraryError):
        ChromaVectors(tmp_path, "nowhere")
    assert list(tmp_path.iterdir()) == []


def test_exact_search_and_chroma_agree(library: Library) -> None:
    settings = settings_for(library.settings.corpus, exact_below=0)
    with Library.open(library.directory, settings) as chroma:
        one, other = (r.search_meaning(QUERY, k=20) for r in (library, chroma))
        assert library.status().vector_search == "exact"
        assert chroma.status().vector_search == "chroma"
        assert [hit for hit, _ in one] == [hit for hit, _ in other]
        assert [score for _, score in one] == pytest.approx([s for _, s in other], abs=1e-5)


def test_readers_in_other_processes_are_right_while_one_writes(
    library: Library, corpus: Path
) -> None:
    """Two readers keep Chroma open; after every write of a third process both see all of it."""
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READER, str(library.directory), str(corpus)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
        )
        for _ in range(2)
    ]  # fmt: skip

    def answers() -> list[list[object]]:
        for reader in readers:
            assert reader.stdin is not None
            reader.stdin.write(QUERY + "\n")
            reader.stdin.flush()
        return [json.loads(reader.stdout.readline()) for reader in readers]  # type: ignore[union-attr]

    try:
        for number in range(6, 10):
            expected = [
                "chroma",
                len(passage_ids(library)),
                sorted(c.id for c in library.documents()),
            ]
            assert answers() == [expected, expected]
            (corpus / "documents" / f"plan-{number:03d}.txt").write_text(text_of(number), "utf-8")
            (corpus / "documents" / f"plan-{number - 6:03d}.txt").unlink()
            library.index()
    finally:
        for reader in readers:
            reader.kill()
            reader.communicate()


def test_what_chroma_does_not_hold_yet_is_found_all_the_same(library: Library) -> None:
    """As during a long index run: documents are durable, the snapshot is from before."""
    settings = settings_for(library.settings.corpus, exact_below=0)
    before = library._catalogue.state().chroma
    (library.settings.corpus / "documents" / "plan-000.txt").unlink()
    path = library.settings.corpus / "documents" / "late.txt"
    path.write_text(text_of(44), encoding="utf-8")
    library.index()
    from assistant.library.catalogue_writer import CatalogueWriter

    writer = CatalogueWriter(library.directory)
    writer.set_derived("chroma", before)
    writer.close()
    with Library.open(library.directory, settings) as reader:
        found = {hit for hit, _ in reader.search_meaning(QUERY, k=1000)}
        assert reader.status().vector_search == "chroma"
        assert found == passage_ids(library)


# --- chroma run --------------------------------------------------------------------------------


@contextmanager
def server(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run a real Chroma server on the loopback until the block ends."""
    command = [
        str(Path(sys.executable).with_name("chroma")),
        *("run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)),
    ]
    child = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "ANONYMIZED_TELEMETRY": "False"},
    )
    try:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert child.poll() is None, "chroma run ended"
            time.sleep(0.1)
        yield child
    finally:
        child.kill()
        child.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_server_serves_and_a_killed_one_is_repaired(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", 6)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    settings = settings_for(corpus, chroma_url=url, exact_below=0)
    with server(tmp_path / "server", port) as running:
        Library.build(tmp_path / "index", settings)
        with Library.open(tmp_path / "index", settings) as library:
            assert chroma_ids(library) == passage_ids(library)
            assert library.search_meaning(QUERY, k=5)
            assert library.status().vector_search == "chroma"
            (corpus / "documents" / "plan-000.txt").unlink()
            (corpus / "documents" / "plan-001.txt").write_text(text_of(1, 3), encoding="utf-8")
            library.index()
            assert chroma_ids(library) == passage_ids(library)
        running.send_signal(signal.SIGKILL)
        running.wait()
        with Library.open(tmp_path / "index", settings) as library:
            assert library.search_meaning(QUERY, k=5), "without the server, exactly"
            assert library.status().vector_search == "exact"
            (corpus / "documents" / "plan-002.txt").write_text(text_of(2, 3), encoding="utf-8")
            with pytest.raises(LibraryError, match="chroma run"):
                library.index()
            assert library.search_terms("1302万元", k=1), "the document was kept"
    with (  # another server at the same address, which has nothing
        server(tmp_path / "server-anew", port),
        Library.open(tmp_path / "index", settings) as library,
    ):
        library.index()
        assert chroma_ids(library) == passage_ids(library)
        assert library.search_meaning(QUERY, k=5)
        assert library.status().vector_search == "chroma"


def test_two_libraries_share_a_server(tmp_path: Path) -> None:
    port = free_port()
    with server(tmp_path / "server", port):
        for name in ("one", "two"):
            corpus = write_corpus(tmp_path / name, 2 if name == "one" else 4)
            settings = settings_for(corpus, chroma_url=f"127.0.0.1:{port}", exact_below=0)
            Library.build(tmp_path / f"index-{name}", settings)
            with Library.open(tmp_path / f"index-{name}", settings) as library:
                assert chroma_ids(library) == passage_ids(library)


def test_a_few_passages_of_a_large_library_wait_for_the_next_full_run(
    library: Library, tmp_path: Path
) -> None:
    settings = settings_for(library.settings.corpus, exact_below=0)  # as if it were large
    own = tmp_path / "own.txt"
    own.write_text(text_of(44), encoding="utf-8")
    before = chroma_ids(library)
    with Library.open(library.directory, settings) as large:
        large.search_meaning(QUERY, k=5)
        large.index([own])
        large.remove(next(c.id for c in large.documents() if c.source == "plan-000.txt"))
        assert chroma_ids(large) == before and large.status().chroma_lacks > 0
        for filters in ({}, {"kind": "通知"}, {"kind": "方案"}):
            exact = library.search_meaning(QUERY, k=1000, **filters)
            assert [h for h, _ in large.search_meaning(QUERY, k=1000, **filters)] == [
                h for h, _ in exact
            ]
        assert large.status().vector_search == "chroma"
        large.index()
        assert chroma_ids(large) == passage_ids(large) and large.status().chroma_lacks == 0
