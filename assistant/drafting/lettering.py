"""A draft as the lines of a letter, for every export: what stands where, under which heading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from assistant.drafting.form import colophon_of
from assistant.drafting.proposal import Draft, Section
from assistant.types import Sentence

_HAN = "一二三四五六七八九十"


class Place(StrEnum):
    """What a line of the letter is."""

    REMARK = "remark"
    NOTE = "note"
    TITLE = "title"
    ADDRESSEE = "addressee"
    CHAPTER = "chapter"
    PART = "part"
    BODY = "body"
    SIGNATURE = "signature"
    DATE = "date"
    COLOPHON = "colophon"


@dataclass(frozen=True, slots=True)
class Line:
    """One line or paragraph; ``sentences`` for the body, ``text`` for everything else."""

    place: Place
    text: str
    sentences: tuple[Sentence, ...] = ()


def lines_of(draft: Draft) -> Iterator[Line]:
    """Yield the letter from its head to its last line."""
    above, below = draft.remarks[:2], draft.remarks[2:]
    yield from (Line(Place.REMARK, remark) for remark in above)
    yield Line(Place.TITLE, draft.title)
    yield Line(Place.ADDRESSEE, f"{draft.addressee}：")
    for section in draft.sections:
        yield from _section(section)
    yield Line(Place.SIGNATURE, draft.signature)
    yield Line(Place.DATE, draft.date)
    yield from (Line(Place.NOTE, remark) for remark in below)
    yield from (Line(Place.COLOPHON, words) for words in colophon_of(draft.wish))


def _section(section: Section) -> Iterator[Line]:
    if section.heading:
        yield Line(Place.CHAPTER, section.heading)
    part, role = 0, ""
    for paragraph in section.paragraphs:
        if paragraph.role and paragraph.role != role:
            yield Line(Place.PART, f"（{_HAN[part]}）{paragraph.role}")
            part, role = part + 1, paragraph.role
        yield Line(Place.BODY, paragraph.text, paragraph.sentences)
