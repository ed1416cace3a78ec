"""Copies of the files that a user added: what is in the library can always be read again."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from assistant.library.files import ADDED, FoundFile

FOLDER = "originals"
UPLOADS = "uploads"
"""Where the page keeps what readers send it, under the names that they gave."""


def keep(directory: Path, path: Path, sha256: str) -> Path:
    """Copy a file into the library, whole or not at all; returns the copy's path."""
    folder = directory / FOLDER / sha256
    copy = folder / path.name
    if not copy.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f".{path.name}.part"
        with path.open("rb") as source, part.open("wb") as target:
            shutil.copyfileobj(source, target)
            target.flush()
            os.fsync(target.fileno())
        part.replace(copy)
    return copy


def locate(directory: Path, name: str, sha256: str) -> FoundFile | None:
    """Find an added file where the user had it, or else the library's own copy."""
    path = Path(name)
    copy = directory / FOLDER / sha256 / path.name
    for place in (path, copy):
        if place.is_file():
            return FoundFile(name, place, path.name, ADDED)
    return None


def uploads(directory: Path) -> Path:
    """Return the folder of what readers sent, as the names of added files have it."""
    return (directory / UPLOADS).resolve()


def discard_uploads(directory: Path, names: Iterable[str]) -> None:
    """Delete what readers sent under these names; files elsewhere are the user's own."""
    folder = uploads(directory)
    for path in map(Path, names):
        if path.is_absolute() and path.is_relative_to(folder):
            path.unlink(missing_ok=True)


def every(directory: Path) -> tuple[Path, ...]:
    """All copies, in a fixed order."""
    found = sorted((directory / FOLDER).glob("*/*"))
    return tuple(path for path in found if not path.name.startswith("."))


def sweep(directory: Path, used: Iterable[str]) -> None:
    """Delete copies whose hash is not in use."""
    wanted, folder = set(used), directory / FOLDER
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        if path.name not in wanted:
            shutil.rmtree(path, ignore_errors=True)
