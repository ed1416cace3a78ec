"""A large corpus for the benchmark: documents recombined from the sections of real ones.

Each document is a plan of another place: its sections are drawn from the real documents, in their
sentences some are left out and some of other sections put in, places are renamed and numbers changed,
so that neither passages nor their vectors repeat.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.text.sentences import sentences
from assistant.types import Document

SEED = 20261121
_KEPT = 0.8
_SECTIONS_PER_DOCUMENT = 14
_ANNEX_SHARE = 0.3
_MIN_SECTION_CHARS = 80
_CHINESE = "一二三四五六七八九十"
_DIGIT_RUN = re.compile(r"(?<![\d.年〔])\d{2,3}(?:\.\d+)?(?![\d年月日号〕])")
_SYLLABLES = "安昌德丰广海和嘉江金康乐临龙南宁平庆荣山顺泰通文武西新兴阳永远云泽长正中"


@dataclass(frozen=True, slots=True)
class Section:
    """A real section: its heading's words, its sentences, the city that it is about."""

    title: str
    sentences: tuple[str, ...]
    city: str


@dataclass(frozen=True, slots=True)
class Quarry:
    """What documents are recombined from: prose sections and annexes with tables."""

    sections: tuple[Section, ...]
    annexes: tuple[str, ...]


def quarry(documents: Iterable[Document]) -> Quarry:
    """Cut real documents into sections (the innermost ones with enough text) and annexes."""
    held = tuple(documents)
    return Quarry(
        tuple(section for document in held for section in _sections(document)),
        tuple(table.span.of(d.text) for d in held for table in d.tables if len(table.span) > 400),
    )


def _sections(document: Document) -> Iterator[Section]:
    for heading in document.outline:
        inner = any(
            other is not heading and heading.section.contains(other.section)
            for other in document.outline
        )
        in_table = any(heading.span.overlaps(table.span) for table in document.tables)
        body = document.text[heading.span.end : heading.section.end]
        if not inner and not in_table and len(body) >= _MIN_SECTION_CHARS:
            yield Section(
                heading.title, tuple(span.of(body) for span in sentences(body)), document.city
            )


def write_corpus(directory: Path, stone: Quarry, count: int, *, first: int = 0) -> tuple[Path, ...]:
    """Write documents number ``first`` to ``first + count`` as text files; the same each time."""
    directory.mkdir(parents=True, exist_ok=True)
    return tuple(_write(directory, stone, number) for number in range(first, first + count))


def _write(directory: Path, stone: Quarry, number: int) -> Path:
    path = directory / f"generated-{number:05d}.txt"
    if not path.exists():
        path.write_text(recombine(stone, random.Random(SEED * 100_003 + number), number), "utf-8")
    return path


def recombine(stone: Quarry, chance: random.Random, number: int) -> str:
    """Make one document: title, number, sections under numbered headings, an annex at times."""
    city = "".join(chance.sample(_SYLLABLES, 2))
    title = f"{city}市公立医院改革与高质量发展实施方案（{2000 + number % 26}版）"
    lines = [
        f"{city}市人民政府办公室关于印发{title}的通知",
        f"{city[0]}政办发〔{2015 + number % 11}〕{number % 97 + 1}号",
    ]
    chosen = chance.sample(stone.sections, min(_SECTIONS_PER_DOCUMENT, len(stone.sections)))
    for index, section in enumerate(chosen):
        if index % 7 == 0:
            lines.append(f"{_CHINESE[index // 7]}、主要任务之{_CHINESE[index // 7]}")
        lines.append(f"（{_CHINESE[index % 7]}）{section.title}")
        lines.append(_varied("".join(_mixed(section, stone, chance)), section.city, city, chance))
    if stone.annexes and chance.random() < _ANNEX_SHARE:
        annex = chance.choice(stone.annexes)
        lines.append("附件1\n\n" + _varied(annex, "湖州", city, chance))
    lines.append(f"{city}市人民政府办公室\n{2015 + number % 11}年{number % 12 + 1}月6日")
    return "\n".join(lines) + "\n"


def _mixed(section: Section, stone: Quarry, chance: random.Random) -> Iterator[str]:
    for sentence in section.sentences:
        if chance.random() < _KEPT:
            yield sentence
        if chance.random() < 1 - _KEPT:
            yield chance.choice(chance.choice(stone.sections).sentences)


def _varied(text: str, old_city: str, city: str, chance: random.Random) -> str:
    renamed = text.replace(old_city, city) if old_city else text
    return _DIGIT_RUN.sub(lambda match: _jittered(match[0], chance), renamed)


def _jittered(number: str, chance: random.Random) -> str:
    whole, _, fraction = number.partition(".")
    changed = str(max(10, int(whole) + chance.randint(-9, 9)))
    return f"{changed}.{chance.randint(1, 99)}" if fraction else changed
