"""Two libraries, built once: the corpus, and small documents of another field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from case_documents import CASES
from county_documents import COUNTIES
from field_documents import ELDERLY, SCHOOLS
from near_miss_documents import NEAR_MISSES
from talk_documents import TALKS
from telling_documents import TELLING
from two_asks_documents import TWO_ASKS
from who_documents import WHO

from assistant.answering import Assistant
from assistant.library import Library
from assistant.settings import load_settings


def _assistant(directory: Path, paths: list[Path] | None) -> Iterator[Assistant]:
    settings = load_settings()
    Library.build(directory, settings, paths)
    with Library.open(directory, settings) as library:
        yield Assistant(library)


def _assistant_over(
    texts: Mapping[str, str], folders: pytest.TempPathFactory
) -> Iterator[Assistant]:
    files = folders.mktemp("documents")
    for name, text in texts.items():
        (files / name).write_text(text, "utf-8")
    yield from _assistant(folders.mktemp("library"), [files])


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """The five documents."""
    yield from _assistant(tmp_path_factory.mktemp("corpus-library"), None)


@pytest.fixture(scope="session")
def other_field(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Elderly care and schools, of cities that do not exist."""
    texts = {"yunling.txt": ELDERLY, "schools.txt": SCHOOLS}
    yield from _assistant_over(texts, tmp_path_factory)


@pytest.fixture(scope="session")
def near_misses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Water, culture and tourism: what one document or city says, another lacks."""
    yield from _assistant_over(NEAR_MISSES, tmp_path_factory)


@pytest.fixture(scope="session")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """One measure for several cases, the years or parts of a whole, the bands of a score."""
    yield from _assistant_over(CASES, tmp_path_factory)


@pytest.fixture(scope="session")
def parks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Parks of one city: a plan, a reply of another year, a report to a meeting."""
    yield from _assistant_over(TELLING, tmp_path_factory)


@pytest.fixture(scope="session")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Parks of two cities, to be talked about over several turns."""
    yield from _assistant_over(TALKS, tmp_path_factory)


@pytest.fixture(scope="session")
def counties(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Counties beside their city, a county alone, a regulation, and a reply to a question."""
    yield from _assistant_over(COUNTIES, tmp_path_factory)


@pytest.fixture(scope="session")
def who(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Rules, a list of subsidies without numbers, work points, a group of experts."""
    yield from _assistant_over(WHO, tmp_path_factory)


@pytest.fixture(scope="session")
def two_asks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """A plan and a report that tell one half of many a question."""
    yield from _assistant_over(TWO_ASKS, tmp_path_factory)
