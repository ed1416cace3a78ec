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

    ``number`` and ``session`` are as written (第1048号, 政协十三届二次会议); ``body`` and ``co_bodies``
    are 主办 and 会办单位 where the sheet names them; ``points`` are in order and at least one, the
    title itself where nothing is listed.
    """

    text: str
    title: str
    number: str
    session: str
    proposer: str
    points: tuple[Point, ...]
    body: str = ""
    co_bodies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pin:
    """A passage that the user insists on, for the point that it fits best or for one (from 1).

    ``place`` is a passage's id, or any stretch of a document written the same way
    (``document:start-end``); every sentence in it is used.
    """

    place: str
    point: int = 0


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user wants beside the proposal; what is empty is read from it or left to fill in.

    ``co_bodies`` are 会办单位; ``date`` is as it is to stand in the letter; ``disclosure`` is 公开属性,
    ``category`` 办理类别 (A, B, C), ``contact`` 联系人及电话. ``excluded`` are ids of documents, passages
    or stretches (``document:start-end``) that are not to be used; ``pinned`` wins over it.
    ``extractive`` wants the documents' own sentences even where a model is set.
    """

    city: str = ""
    body: str = ""
    number: str = ""
    session: str = ""
    co_bodies: tuple[str, ...] = ()
    signatory: str = ""
    date: str = ""
    addressee: str = ""
    disclosure: str = ""
    category: str = ""
    contact: str = ""
    excluded: tuple[str, ...] = ()
    pinned: tuple[Pin, ...] = ()
    extractive: bool = False


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
    落款, ``remarks`` the lines above and below the letter (公开属性, 办理类别, 联系人). ``model`` names who
    wrote its sentences, empty where they are the documents' own; ``notices`` are for the user and no
    part of the letter: that the model failed, how many of its sentences were replaced.
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
    notices: tuple[str, ...] = ()
    timings_ms: dict[str, float] = field(default_factory=dict)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence of the letter's body, in order."""
        return tuple(s for part in self.sections for p in part.paragraphs for s in p.sentences)


@dataclass(frozen=True, slots=True)
class Step:
    """How far drafting has come: points ``done`` of ``total``, and what is being done, in Chinese."""

    done: int
    total: int
    doing: str


def to_fill_in(what: str) -> str:
    """Return the mark for what no source says."""
    return f"〔待补充：{what}〕"
