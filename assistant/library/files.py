"""Which files belong to the library: the corpus folder's, and those that a user names."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.library.reports import SkippedFile

CORPUS = "corpus"
ADDED = "added"
_OFFICE_LOCK = "~$"


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to index.

    ``name`` is its identity in the library: the path inside corpus/documents, or for an ``added``
    file its absolute path. ``path`` is where its bytes are read, ``source`` what readers see.
    """

    name: str
    path: Path
    source: str
    origin: str


def walk_corpus(root: Path) -> tuple[tuple[FoundFile, ...], tuple[SkippedFile, ...]]:
    """Find the files under corpus/documents, by name; links that lead outside are skipped."""
    found, skipped = [], []
    for path in _files_under(root):
        if _leads_outside(path, root):
            skipped.append(_outside(path))
        else:
            name = path.relative_to(root).as_posix()
            found.append(FoundFile(name, path, name, CORPUS))
    return tuple(found), tuple(skipped)


def named_files(
    paths: Iterable[Path], corpus_root: Path
) -> tuple[tuple[FoundFile, ...], tuple[SkippedFile, ...]]:
    """Find the files that a user named, folders searched; inside the corpus they belong to it."""
    found: dict[str, FoundFile] = {}
    skipped: list[SkippedFile] = []
    for path in paths:
        if not path.exists():
            skipped.append(SkippedFile(path, "找不到文件", "请检查路径"))
            continue
        for file in _files_under(path) if path.is_dir() else (path,):
            if path.is_dir() and _leads_outside(file, path):
                skipped.append(_outside(file))
                continue
            one = _named(file, corpus_root)
            found[one.name] = one
    return tuple(found.values()), tuple(skipped)


def _named(path: Path, corpus_root: Path) -> FoundFile:
    resolved, root = path.resolve(), corpus_root.resolve()
    if resolved.is_relative_to(root):
        name = resolved.relative_to(root).as_posix()
        return FoundFile(name, resolved, name, CORPUS)
    return FoundFile(str(resolved), resolved, resolved.name, ADDED)


def _files_under(root: Path) -> Iterator[Path]:
    """Walk in a fixed order, without hidden files, Office's lock files and linked folders."""
    for folder, folders, names in os.walk(root, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith((".", _OFFICE_LOCK)):
                yield Path(folder) / name


def _leads_outside(path: Path, root: Path) -> bool:
    return path.is_symlink() and not path.resolve().is_relative_to(root.resolve())


def _outside(path: Path) -> SkippedFile:
    return SkippedFile(path, "符号链接指向目录之外", "请放入文件本身")


def sha256_of(path: Path) -> str:
    """Hash a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
