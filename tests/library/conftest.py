from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from small_corpus import settings_for, write_corpus

from assistant.library import Library
from assistant.settings import Settings


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Six small documents."""
    return write_corpus(tmp_path / "corpus", 6)


@pytest.fixture
def settings(corpus: Path) -> Settings:
    return settings_for(corpus)


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def library(directory: Path, settings: Settings) -> Iterator[Library]:
    """A library of the six documents, opened."""
    Library.build(directory, settings)
    with Library.open(directory, settings) as opened:
        yield opened
