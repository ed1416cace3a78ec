"""Read training text and question/passage pairs from plain files and folders.

Text: ``.txt`` and ``.md`` (title: the file's name), ``.jsonl`` and ``.jsonl.gz`` with rows of
``text`` and, where known, ``title`` and ``heading``. Pairs: the same with ``question``, ``passage``.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import SettingsError

SUFFIXES = (".txt", ".md", ".jsonl", ".jsonl.gz")
SHINGLE = 12  # characters
LEAK = 0.3  # share of a text's shingles that may stand in an excluded text
_ARTICLE = re.compile(r"^第[一二三四五六七八九十百千零〇0-9]+条")
_NOT_WORDS = re.compile(r"[^\u3400-\u9fffa-z0-9]")


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of training text with what stands above it (either may be empty)."""

    title: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A question (or anything that stands for one) and a passage that answers it."""

    question: str
    passage: str


def read_sections(paths: Iterable[Path]) -> tuple[Section, ...]:
    """Read every text file under ``paths`` in sorted order, consecutive lines joined to articles."""
    return tuple(joined(line for path in _files(paths) for line in _lines(path)))


def read_pairs(paths: Iterable[Path]) -> tuple[Pair, ...]:
    """Read every row with a question and a passage under ``paths``."""
    return tuple(
        Pair(row["question"], row["passage"])
        for path in _files(paths)
        if path.suffix not in (".txt", ".md")
        for row in _rows(path)
        if row.get("question") and row.get("passage")
    )


def read_passages(paths: Iterable[Path]) -> tuple[str, ...]:
    """Read the texts under ``paths`` as they are, one for each row or file."""
    return tuple(line.text for path in _files(paths) for line in _lines(path))


def joined(lines: Iterable[Section], *, enough: int = 150, most: int = 600) -> Iterator[Section]:
    """Join consecutive lines under one heading: an article with its items, short lines with others.

    A line that opens an article (第…条) starts a new section, as does any line after ``most``
    characters, or after ``enough`` outside an article.
    """
    held: Section | None = None
    for line in lines:
        if held and _goes_on(held, line, enough, most):
            held = Section(held.title, held.heading, f"{held.text}\n{line.text}")
            continue
        if held:
            yield held
        held = line
    if held:
        yield held


def without(
    sections: Iterable[Section], excluded: Iterable[str], normalise: Callable[[str], str]
) -> tuple[Section, ...]:
    """Leave out the sections that share too many 12-character shingles with ``excluded`` texts."""
    known = {shingle for text in excluded for shingle in _shingles(normalise(text))}
    return tuple(one for one in sections if _shared(normalise(one.text), known) <= LEAK)


def _goes_on(held: Section, line: Section, enough: int, most: int) -> bool:
    """Say whether ``line`` belongs to the section that is being held."""
    if (held.title, held.heading) != (line.title, line.heading) or _ARTICLE.match(line.text):
        return False
    return len(held.text) <= (most if _ARTICLE.match(held.text) else enough)


def _shared(text: str, known: set[str]) -> float:
    """Return the share of the text's shingles that are known."""
    shingles = _shingles(text)
    return sum(shingle in known for shingle in shingles) / len(shingles)


def _shingles(text: str) -> list[str]:
    """Cut a normalised text, without its article number, into overlapping 12-character pieces."""
    words = _NOT_WORDS.sub("", _ARTICLE.sub("", text.strip()))
    return [words[i : i + SHINGLE] for i in range(max(1, len(words) - SHINGLE + 1))]


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the readable files under ``paths``, folders in sorted order."""
    for path in paths:
        if path.is_dir():
            yield from (one for one in sorted(path.rglob("*")) if one.name.endswith(SUFFIXES))
        elif path.name.endswith(SUFFIXES) and path.is_file():
            yield path
        else:
            raise SettingsError(f"无法读取训练文本「{path}」：需要 {'、'.join(SUFFIXES)} 或目录。")


def _lines(path: Path) -> Iterator[Section]:
    """Yield the paragraphs of a text file or the rows of a JSON Lines file."""
    if path.suffix in (".txt", ".md"):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield Section(path.stem, "", line.strip())
        return
    for row in _rows(path):
        if row.get("text", "").strip():
            yield Section(row.get("title", ""), row.get("heading", ""), row["text"].strip())


def _rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the objects of a JSON Lines file, compressed or not."""
    with (
        gzip.open(path, "rt", encoding="utf-8")
        if path.suffix == ".gz"
        else path.open(encoding="utf-8") as lines
    ):
        for line in lines:
            if line.strip():
                yield json.loads(line)
