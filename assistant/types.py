"""The vocabulary that every room speaks: frozen values, standard library only.

Two invariants carry the product, for every document of every library::

    document.text[passage.span.start:passage.span.end] == passage.text
    document.text[citation.span.start:citation.span.end] == citation.quote
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points in a document's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}–{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return the words that the span covers in ``text``."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Say whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Say whether ``other`` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


# --- Documents ---------------------------------------------------------------------------------


class DocumentKind(StrEnum):
    """What sort of official document it is; the value is what the reader sees."""

    PLAN = "方案"
    REPORT = "报告"
    REPLY = "答复"
    NOTICE = "通知"
    OPINION = "意见"
    MEASURES = "办法"
    PROGRAMME = "规划"
    LAW = "法律法规"
    OTHER = "其他"


class DamageKind(StrEnum):
    """How the source lost text; the value is what the reader sees."""

    STRAY_LINES = "文字残缺"  # a sentence broken by stray short lines
    CUT_SHORT = "语句中断"  # a clause that ends before its value
    LOST_RANGE = "连接号缺失"  # 20232025年: a range without its dash
    LOST_SYMBOL = "符号缺失"  # 9092以上, "2N", a date without its separators


@dataclass(frozen=True, slots=True)
class Damage:
    """A place where the source lost text. ``span`` covers what is left around the hole."""

    span: Span
    kind: DamageKind


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading of the outline.

    ``level`` counts from 1 (chapter). ``label`` is the number as written (``（三）``, ``附件1``, may
    be empty), ``title`` the words after it. ``span`` covers the heading's own words, ``section``
    everything from there to the next heading of the same or a higher level.
    """

    level: int
    label: str
    title: str
    span: Span
    section: Span


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: its words, where they stand, and the head of its column (may be empty)."""

    text: str
    span: Span
    header: str


@dataclass(frozen=True, slots=True)
class Row:
    """A table row.

    ``span`` covers the row's own cells in the text. A cell that the row shares with rows above
    (a merged category cell) is among ``cells`` with its span outside of ``span``.
    """

    span: Span
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table as rows under one header; ``title`` is its caption or annex title."""

    title: str
    span: Span
    header: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """One official document, its text exactly as it was read from the file.

    ``apparatus`` holds the spans that are not content (page navigation, an index head, a download
    line): stored, shown, but in no passage. ``city`` is the short name without 市, empty when the
    issuer is no city. Dates: ``signed`` 成文, ``printed`` 印发, ``published`` 发布.
    """

    id: str
    title: str
    kind: DocumentKind
    issuer: str
    city: str
    number: str
    index_number: str
    signed: date | None
    printed: date | None
    published: date | None
    source: str
    text: str
    outline: tuple[Heading, ...] = ()
    tables: tuple[Table, ...] = ()
    damage: tuple[Damage, ...] = ()
    apparatus: tuple[Span, ...] = ()

    @property
    def issued(self) -> date | None:
        """The date to show: signed, else printed, else published."""
        return self.signed or self.printed or self.published


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document that is searched and cited as one.

    ``header`` and ``cells`` are set for a table row, so that the row is read with its columns.
    """

    id: str
    document_id: str
    span: Span
    heading_path: tuple[str, ...]
    text: str
    header: tuple[str, ...] = ()
    cells: tuple[Cell, ...] = ()

    @property
    def is_row(self) -> bool:
        """Say whether the passage is a table row."""
        return bool(self.cells)


# --- Indicators --------------------------------------------------------------------------------


class ValueKind(StrEnum):
    """What a value is: where a city stood, what it wants, what it reached."""

    BASELINE = "baseline"
    TARGET = "target"
    ACHIEVED = "achieved"


class Relation(StrEnum):
    """How the value binds: exactly, at least, at most, about, or in words only."""

    EQUAL = "="
    AT_LEAST = "≥"
    AT_MOST = "≤"
    ABOUT = "≈"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class IndicatorValue:
    """One value of one indicator, with the clause or cell where it stands.

    ``value`` is None where the document says it in ``words`` only (排名全省前列). ``year`` is the
    calendar year the value is for; ``period`` the wording when that is not one year (三年内).
    ``span`` covers the clause or cell, ``quote`` is its words; ``also_at`` are other spans of the
    same document that state the same value. ``words`` also keeps the qualifier as written (左右,
    稳定在…以上) for a value with a number.
    """

    city: str
    indicator: str
    name_as_written: str
    scope: str
    year: int | None
    period: str
    kind: ValueKind
    relation: Relation
    value: Decimal | None
    unit: str
    words: str
    departments: tuple[str, ...]
    document_id: str
    heading_path: tuple[str, ...]
    span: Span
    quote: str
    also_at: tuple[Span, ...] = ()


# --- Questions and answers ---------------------------------------------------------------------


class Intent(StrEnum):
    """What kind of answer a question asks for."""

    VALUE = "value"
    LIST = "list"
    WHO = "who"
    WHEN = "when"
    HOW = "how"
    COMPARE = "compare"


@dataclass(frozen=True, slots=True)
class Question:
    """A question, understood.

    ``standalone`` is the question with what it took from earlier turns filled in. ``cities`` are
    named places that the library has; ``absent_cities`` those that it has not. ``focus`` is what
    this turn itself asks (the same as ``standalone`` for a question that took nothing).
    ``documents`` are the ids of documents that it names, ``unknown_numbers`` the numbers of documents
    in it that the library does not have. ``before`` is the turn whose talk it goes on with, understood;
    None for a question that stands alone or changes the place.
    """

    text: str
    standalone: str
    intent: Intent
    focus: str = ""
    cities: tuple[str, ...] = ()
    absent_cities: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    indicators: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    unknown_numbers: tuple[str, ...] = ()
    before: Question | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that retrieval found: fused score in [0, 1], rank from 1, the legs that found it."""

    passage: Passage
    score: float
    rank: int
    legs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """A quoted place: ``quote`` is ``document.text`` at ``span``, verbatim. Numbers count from 1."""

    number: int
    document_id: str
    passage_id: str
    span: Span
    quote: str
    heading_path: tuple[str, ...]


SUPPORTED = "supported"
COMPUTED = "computed"  # arithmetic: its inputs stand in the citations, its result does not


class Mark(StrEnum):
    """Whose words a sentence of an answer is."""

    QUOTED = "quoted"  # the documents' own, or looked up in them
    VERIFIED = "verified"  # a language model's, borne out by what it cites
    NOTE = "note"  # the assistant's own remark, which cites nothing


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an answer, its citations, and ``supported``, ``computed`` or what is wrong.

    ``by_hand`` marks what a user typed into a draft.
    """

    text: str
    citations: tuple[int, ...]
    support: str = SUPPORTED
    mark: Mark = Mark.QUOTED
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Drafted:
    """A sentence as a language model wrote it, and what checking it came to.

    ``numbers`` are its citation markers. ``verdict`` is ``supported`` or what is wrong; ``mended`` is
    what it became when it was sent back, empty where it passed at once or failed again.
    """

    text: str
    numbers: tuple[int, ...]
    verdict: str
    mended: str = ""

    @property
    def is_dropped(self) -> bool:
        """Say whether the reader does not get it."""
        return self.verdict != SUPPORTED and not self.mended


@dataclass(frozen=True, slots=True)
class MarkerFaults:
    """What was wrong with a model's citation markers.

    ``missing`` counts sentences without any, ``out_of_range`` markers of passages that it was not
    shown, ``malformed`` those that cannot be read.
    """

    missing: int = 0
    out_of_range: int = 0
    malformed: int = 0


@dataclass(frozen=True, slots=True)
class Writing:
    """What a language model did for an answer: every sentence that it wrote, kept or dropped.

    ``tokens`` is an upper estimate of what the question used. ``trouble`` says in Chinese why the model
    stopped before its end, empty where it did not.
    """

    model: str
    drafted: tuple[Drafted, ...] = ()
    faults: MarkerFaults = field(default_factory=MarkerFaults)
    tokens: int = 0
    trouble: str = ""

    @property
    def dropped(self) -> int:
        """How many sentences failed the check, sent back or not, and were left out."""
        return sum(one.is_dropped for one in self.drafted)


class Status(StrEnum):
    """Whether a question was answered."""

    ANSWERED = "answered"
    REFUSED = "refused"


class Reason(StrEnum):
    """Why a question was refused."""

    NOT_IN_DOCUMENTS = "not_in_documents"
    TARGET_NOT_SET = "target_not_set"
    CITY_NOT_IN_LIBRARY = "city_not_in_library"
    YEAR_NOT_IN_DOCUMENTS = "year_not_in_documents"
    SOURCE_DAMAGED = "source_damaged"


@dataclass(frozen=True, slots=True)
class Timings:
    """Wall time of each stage in milliseconds."""

    understand: float = 0.0
    retrieve: float = 0.0
    answer: float = 0.0
    total: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What the reader gets: sentences with citations, or a refusal with its reason.

    ``model`` names the language model that wrote some of the sentences, empty where none did;
    ``writing`` is there whenever a model was asked.
    """

    question: Question
    status: Status
    reason: Reason | None
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    values: tuple[IndicatorValue, ...] = ()
    hits: tuple[Hit, ...] = ()
    model: str = ""
    writing: Writing | None = None
    timings: Timings = field(default_factory=Timings)

    @property
    def text(self) -> str:
        """The answer as one text, each sentence followed by its citation marks."""
        return "\n".join(
            sentence.text + "".join(f"[{number}]" for number in sentence.citations)
            for sentence in self.sentences
        )
