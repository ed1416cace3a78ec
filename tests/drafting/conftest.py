"""One library of the corpus for all tests of the room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from canteen_documents import OLD_REPLY, OTHER, REPORT

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


@pytest.fixture(scope="session")
def canteen_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of three small documents of another field; tests do not change it."""
    files = tmp_path_factory.mktemp("canteens")
    for name, text in (("report", REPORT), ("reply", OLD_REPLY), ("other", OTHER)):
        (files / f"{name}.txt").write_text(text, "utf-8")
    directory = files / "library"
    Library.build(directory, load_settings(library=directory), sorted(files.glob("*.txt")))
    return directory


@pytest.fixture(scope="session")
def canteen_library(canteen_dir: Path) -> Iterator[Library]:
    """That library, opened without a model."""
    with Library.open(canteen_dir, load_settings(library=canteen_dir)) as opened:
        yield opened
