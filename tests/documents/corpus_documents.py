"""The corpus as documents, and short ways to parse a text, for the tests of this room."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from assistant.documents import Loaded, load, parse
from assistant.types import Document

CORPUS = Path(__file__).parents[2] / "corpus" / "documents"
NAMES = tuple(sorted(path.name for path in CORPUS.glob("*.txt")))


@cache
def corpus(name: str) -> Document:
    """Parse a file of the corpus."""
    path = CORPUS / name
    return parse(load(path, max_bytes=10**7), source=path.name)


def read(text: str, title: str = "") -> Document:
    """Parse a text that a loader found no markup in."""
    return parse(Loaded(text, title=title), source="some.txt")
