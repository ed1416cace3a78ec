"""One real library over the corpus for all tests of the shells, and the command line run in it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.app.cli import run
from assistant.library import Library
from assistant.settings import Settings, load_settings

CORPUS = Path(__file__).parents[2] / "corpus"


@dataclass(frozen=True)
class Ran:
    """What a command did: exit code, standard output and error."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict:
        """The one JSON object on standard output."""
        return json.loads(self.out)

    @property
    def rows(self) -> list[dict]:
        """The JSON objects on standard output, one a line."""
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture(scope="session")
def library_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of the corpus; tests do not change it."""
    directory = tmp_path_factory.mktemp("app") / "library"
    Library.build(directory, load_settings(library=directory, corpus=CORPUS))
    return directory


@pytest.fixture(scope="session")
def settings(library_dir: Path) -> Settings:
    """The settings of the session's library."""
    return load_settings(library=library_dir, corpus=CORPUS)


@pytest.fixture(scope="session")
def library(library_dir: Path, settings: Settings) -> Iterator[Library]:
    """The session's library, open for reading."""
    with Library.open(library_dir, settings) as opened:
        yield opened


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """Run the command line in this process."""
    monkeypatch.setenv("ASSISTANT_CORPUS", str(CORPUS))

    def call(*arguments: object) -> Ran:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        caught = capsys.readouterr()
        return Ran(code, caught.out, caught.err)

    return call


@pytest.fixture
def stdin(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """Give the command line its standard input."""

    def given(content: bytes) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content), encoding="utf-8"))

    return given
