"""What is exported beside letters: lines with their marks, tables, and the numbered sources.

A report is made of an answer or of a comparison, and written as Word, Markdown or plain text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.app.terminal import one_line
from assistant.app.wording import source_line, title_of
from assistant.library import Library
from assistant.types import Passage


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, or a line of a cell: its words, the numbers that it cites, a remark on it."""

    text: str
    citations: tuple[int, ...] = ()
    remark: str = ""


Cell = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: a head for each column; every row has a cell for each."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A numbered source: document, whose and when (city, 文号, date), heading path, what it says."""

    number: int
    title: str
    about: str
    path: str
    said: str

    @property
    def named(self) -> str:
        """The document with whose and when it is."""
        return f"{self.title}{f'（{self.about}）' if self.about else ''}"

    @property
    def lines(self) -> tuple[str, ...]:
        """What stands under the name."""
        return tuple(line for line in (self.path, self.said) if line)


@dataclass(frozen=True, slots=True)
class Report:
    """A page to take away; ``notes`` stand under the title, ``is_wide`` lays the page on its side."""

    title: str
    notes: tuple[str, ...]
    body: tuple[Line | Grid, ...]
    sources_head: str
    sources: tuple[Source, ...]
    is_wide: bool = False


class Sources:
    """Describe places of one library as sources; what the places have in common is read once."""

    def __init__(self, library: Library, passage_ids: Sequence[str]) -> None:
        self._cards = {card.id: card for card in library.documents()}
        self._passages = {passage.id: passage for passage in library.passages(passage_ids)}

    def row(self, passage_id: str) -> Passage | None:
        """Return the passage if it is a table row."""
        passage = self._passages.get(passage_id)
        return passage if passage and passage.is_row else None

    def source(
        self, number: int, document_id: str, path: Sequence[str], quote: str, passage_id: str
    ) -> Source:
        """Describe a quoted place; a row is given with its columns, a lost document by its id."""
        card, row = self._cards.get(document_id), self.row(passage_id)
        title = f"《{one_line(title_of(card))}》" if card else document_id
        about = source_line(card) if card else ""
        said = f"表格行：{row_words(row)}" if row else f"“{one_line(quote)}”"
        return Source(number, title, about, " › ".join(map(one_line, path)), said)


def row_words(row: Passage) -> str:
    """Write a table row cell by cell, each under the head of its column."""
    cells = ((one_line(cell.header), one_line(cell.text)) for cell in row.cells)
    return "｜".join(f"{head}：{text}" if head else text for head, text in cells if text)
