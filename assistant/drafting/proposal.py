"""What comes in and what goes out: a proposal, the wish for a reply, the draft."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from assistant.types import Citation, Sentence, Span


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that the proposal asks: its words, its topic (the first clause), where it stands."""

    text: str
    topic: str
    span: Span


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal as read; what it does not say is empty.

    ``number`` and ``session`` are as written (第1048号, 政协十三届二次会议); ``points`` are in order and
    at least one, the title itself where nothing is listed.
    """

    text: str
    title: str
    number: str
    session: str
    proposer: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user wants beside the proposal; what is empty is read from it or left to fill in.

    ``co_bodies`` are 会办单位; ``excluded`` are ids of documents that are not to be used; ``date`` is
    as it is to stand in the letter.
    """

    city: str = ""
    body: str = ""
    number: str = ""
    session: str = ""
    co_bodies: tuple[str, ...] = ()
    signatory: str = ""
    date: str = ""
    excluded: tuple[str, ...] = ()


class Coverage(StrEnum):
    """How far the documents of the replying city answer a point."""

    SUPPORTED = "supported"
    PARTLY = "partly"
    MISSING = "not_in_documents"


class Role(StrEnum):
    """What a sentence of a source says: done, counted, admitted, planned, or done elsewhere."""

    DONE = "工作情况"
    RESULT = "工作成效"
    PROBLEM = "存在问题"
    PLAN = "下一步工作"
    ELSEWHERE = "外地经验"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the letter: its sentences, in what part it stands, for which point (from 1)."""

    sentences: tuple[Sentence, ...]
    role: str = ""
    point: int = 0

    @property
    def text(self) -> str:
        """The paragraph's words."""
        return "".join(sentence.text for sentence in self.sentences)


@dataclass(frozen=True, slots=True)
class Section:
    """A level-1 heading with its paragraphs; the opening and the closing have no heading."""

    heading: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class CoveredPoint:
    """A point with how far the replying city's documents answer it, and what is cited for it."""

    text: str
    topic: str
    coverage: Coverage
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A reply in the usual form.

    ``placeholders`` are what the user has to fill in, as they stand in the text. ``signature`` is
    落款, ``remarks`` the lines above and below the letter (公开属性, 办理类别, 联系人).
    """

    proposal: Proposal
    wish: Wish
    title: str
    addressee: str
    sections: tuple[Section, ...]
    points: tuple[CoveredPoint, ...]
    citations: tuple[Citation, ...]
    signature: str
    date: str
    remarks: tuple[str, ...]
    placeholders: tuple[str, ...]
    model: str = ""
    timings_ms: dict[str, float] = field(default_factory=dict)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence of the letter's body, in order."""
        return tuple(s for part in self.sections for p in part.paragraphs for s in p.sentences)


def to_fill_in(what: str) -> str:
    """Return the mark for what no source says."""
    return f"〔待补充：{what}〕"
