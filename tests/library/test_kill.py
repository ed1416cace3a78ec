"""SIGKILL at random instants of indexing: nothing acknowledged is lost, the end is the same."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from small_corpus import ROOT, contents, settings_for, text_of, write_corpus

from assistant.errors import LibraryMissingError
from assistant.library import Library

KILLS, ROUNDS, DOCUMENTS = 54, 6, 16
CHILD = """
import sys
from pathlib import Path
from assistant.library import Library
from assistant.settings import Settings
print("started", flush=True)
def acknowledge(step):
    if step.outcome in ("added", "changed"):
        print("kept", step.source, flush=True)
Library.build(Path(sys.argv[1]), Settings(corpus=Path(sys.argv[2])), progress=acknowledge)
print("finished", flush=True)
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs SIGKILL and process groups"),
]


def start(directory: Path, corpus: Path) -> subprocess.Popen[str]:
    """Start indexing in a process of its own group, up to where its imports are done."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(directory), str(corpus)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=ROOT,
        start_new_session=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "started\n"
    return child


def finish(child: subprocess.Popen[str]) -> tuple[bool, list[str]]:
    """Read what the child said: whether it finished, and which files it acknowledged."""
    assert child.stdout is not None
    said = child.stdout.read().splitlines()
    child.wait()
    child.stdout.close()
    return "finished" in said, [line.removeprefix("kept ") for line in said if line[:5] == "kept "]


def kill_after(child: subprocess.Popen[str], seconds: float, *, group: bool) -> None:
    """Kill the child alone, or with the process that writes Chroma."""
    time.sleep(seconds)
    if group:
        os.killpg(child.pid, signal.SIGKILL)
    else:
        os.kill(child.pid, signal.SIGKILL)


def change(corpus: Path, rng: random.Random, version: int) -> None:
    """Give the next run work: change some documents, remove one, bring one back."""
    for number in rng.sample(range(DOCUMENTS), 6):
        path = corpus / "documents" / f"plan-{number:03d}.txt"
        path.write_text(text_of(number, version), encoding="utf-8")
    (corpus / "documents" / f"plan-{rng.randrange(DOCUMENTS):03d}.txt").unlink(missing_ok=True)


def require_kept(directory: Path, corpus: Path, kept: Sequence[str]) -> None:
    """Open the library; every acknowledged file is there as it is on disk, and is found."""
    settings = settings_for(corpus)
    try:
        library = Library.open(directory, settings)
    except LibraryMissingError:
        assert not kept
        return
    with library:
        texts = {card.source: library.document(card.id).text for card in library.documents()}
        for source in kept:
            assert texts[source] == (corpus / "documents" / source).read_text(encoding="utf-8")
        for card in library.documents():
            passages = library.passages_of(card.id)
            assert len(passages) == card.passages > 0
            for search in (library.search_terms, library.search_meaning):
                found = {hit for hit, _ in search(passages[-1].text, k=1000, document=card.id)}
                assert passages[-1].id in found


def undisturbed_seconds(tmp_path: Path, corpus: Path) -> float:
    """Time a whole run, from the end of its imports."""
    child = start(tmp_path / "timed", corpus)
    started = time.monotonic()
    assert finish(child)[0]
    return time.monotonic() - started


def test_killed_at_any_instant_it_opens_loses_nothing_and_ends_the_same(tmp_path: Path) -> None:
    rng = random.Random(20231016)
    corpus = write_corpus(tmp_path / "corpus", DOCUMENTS)
    whole = undisturbed_seconds(tmp_path, corpus)
    killed = 0
    for round_ in range(ROUNDS):
        directory = tmp_path / f"index-{round_}"
        for attempt in range(2 * KILLS // ROUNDS):
            if killed >= (round_ + 1) * KILLS // ROUNDS:
                break
            child = start(directory, corpus)
            kill_after(child, rng.uniform(0, whole), group=bool(attempt % 2))
            done, kept = finish(child)
            killed += not done
            require_kept(directory, corpus, kept)
            change(corpus, rng, 100 * round_ + attempt)
        require_same_as_undisturbed(tmp_path, directory, corpus)
    assert killed >= 50, "so many kills must fall into a run"


def require_same_as_undisturbed(tmp_path: Path, directory: Path, corpus: Path) -> None:
    """Resume to the end and compare with a library that was never disturbed."""
    settings, clean = settings_for(corpus), tmp_path / f"clean-{directory.name}"
    Library.build(directory, settings)
    Library.build(clean, settings)
    with Library.open(directory, settings) as one, Library.open(clean, settings) as other:
        assert contents(one) == contents(other)
        assert not one.interrupted
