"""Decide which files an index run looks at, and which are gone. Reads folders, writes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import LibraryError
from assistant.library import originals
from assistant.library.catalogue_writer import FileRecord
from assistant.library.files import ADDED, CORPUS, FoundFile, named_files, walk_corpus
from assistant.library.reports import SkippedFile

REMOVED = "已由用户移除"


@dataclass(frozen=True, slots=True)
class Selection:
    """What a run does: look at ``files``, forget ``vanished`` and ``brought_back`` records.

    ``out_of_reach`` counts added files that nobody has any more; their documents stay.
    """

    files: tuple[FoundFile, ...]
    skipped: tuple[SkippedFile, ...] = ()
    vanished: tuple[FileRecord, ...] = ()
    brought_back: tuple[FileRecord, ...] = ()
    out_of_reach: int = 0

    @property
    def of_corpus(self) -> bool:
        """Say whether a file of the corpus is among them."""
        return any(file.origin == CORPUS for file in self.files)


def select_named(
    paths: Sequence[Path], corpus_root: Path, known: Mapping[str, FileRecord]
) -> Selection:
    """Select the files that a user named; one that was removed comes back."""
    found, skipped = named_files(paths, corpus_root)
    records = (known.get(file.name) for file in found)
    back = tuple(record for record in records if record is not None and record.reason == REMOVED)
    return Selection(found, skipped, brought_back=back)


def select_corpus(corpus_root: Path, known: Mapping[str, FileRecord]) -> Selection:
    """Select the corpus; raises LibraryError where its folder is not there.

    A folder that is missing (a wrong working directory, a disk that is not mounted) must not look
    like a folder whose files were all deleted.
    """
    if not corpus_root.is_dir():
        raise LibraryError(
            f"语料目录「{corpus_root}」不存在。请检查设置 corpus 与当前目录，"
            "或用 assistant index 路径 指明文件。"
        )
    found, skipped = walk_corpus(corpus_root)
    here = {file.name for file in found}
    vanished = (r for r in known.values() if r.origin == CORPUS and r.name not in here)
    return Selection(found, skipped, vanished=tuple(vanished))


def select_added(directory: Path, known: Mapping[str, FileRecord]) -> Selection:
    """Select the files that a user named earlier, where they were or as the library's copies."""
    records = [record for record in known.values() if record.origin == ADDED]
    places = (originals.locate(directory, record.name, record.sha256) for record in records)
    files = tuple(place for place in places if place is not None)
    return Selection(files, out_of_reach=len(records) - len(files))


def together(*selections: Selection) -> Selection:
    """Join selections; a file that several name is looked at once."""
    files = {file.name: file for selection in selections for file in selection.files}
    return Selection(
        tuple(files.values()),
        tuple(file for selection in selections for file in selection.skipped),
        tuple(record for selection in selections for record in selection.vanished),
        tuple(record for selection in selections for record in selection.brought_back),
        sum(selection.out_of_reach for selection in selections),
    )
