"""One library of the corpus for all tests of the room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.drafting import Drafter
from assistant.library import Library
from assistant.settings import load_settings

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The five documents; tests do not change it."""
    directory = tmp_path_factory.mktemp("drafting") / "library"
    settings = load_settings(library=directory, corpus=CORPUS)
    Library.build(directory, settings)
    with Library.open(directory, settings) as opened:
        yield opened


@pytest.fixture(scope="session")
def drafter(library: Library) -> Drafter:
    """A drafter over the corpus."""
    return Drafter(library)
