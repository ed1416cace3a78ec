"""Two libraries, built once: the corpus, and small documents of another field."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from county_documents import COUNTIES
from field_documents import ELDERLY, SCHOOLS
from near_miss_documents import NEAR_MISSES
from talk_documents import TALKS
from telling_documents import TELLING

from assistant.answering import Assistant
from assistant.library import Library
from assistant.settings import load_settings


def _assistant(directory: Path, paths: list[Path] | None) -> Iterator[Assistant]:
    settings = load_settings()
    Library.build(directory, settings, paths)
    with Library.open(directory, settings) as library:
        yield Assistant(library)


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """The five documents."""
    yield from _assistant(tmp_path_factory.mktemp("corpus-library"), None)


@pytest.fixture(scope="session")
def other_field(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Elderly care and schools, of cities that do not exist."""
    files = tmp_path_factory.mktemp("other-field")
    (files / "yunling.txt").write_text(ELDERLY, "utf-8")
    (files / "schools.txt").write_text(SCHOOLS, "utf-8")
    yield from _assistant(tmp_path_factory.mktemp("other-library"), [files])


@pytest.fixture(scope="session")
def near_misses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Water, culture and tourism: what one document or city says, another lacks."""
    files = tmp_path_factory.mktemp("near-misses")
    for name, text in NEAR_MISSES.items():
        (files / name).write_text(text, "utf-8")
    yield from _assistant(tmp_path_factory.mktemp("near-misses-library"), [files])


@pytest.fixture(scope="session")
def parks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Parks of one city: a plan, a reply of another year, a report to a meeting."""
    files = tmp_path_factory.mktemp("parks")
    for name, text in TELLING.items():
        (files / name).write_text(text, "utf-8")
    yield from _assistant(tmp_path_factory.mktemp("parks-library"), [files])


@pytest.fixture(scope="session")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Parks of two cities, to be talked about over several turns."""
    files = tmp_path_factory.mktemp("talks")
    for name, text in TALKS.items():
        (files / name).write_text(text, "utf-8")
    yield from _assistant(tmp_path_factory.mktemp("talks-library"), [files])


@pytest.fixture(scope="session")
def counties(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Counties beside their city, a county alone, a regulation, and a reply to a question."""
    files = tmp_path_factory.mktemp("counties")
    for name, text in COUNTIES.items():
        (files / name).write_text(text, "utf-8")
    yield from _assistant(tmp_path_factory.mktemp("counties-library"), [files])
