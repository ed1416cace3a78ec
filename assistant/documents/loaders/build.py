"""Write a stored text block by block and remember where everything stands."""

from __future__ import annotations

from assistant.documents.loaded import Loaded, MarkedHeading
from assistant.types import Span, Table


class TextBuilder:
    """A text in the making: blocks separated by ``\\n``, with headings, tables and apparatus."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._headings: list[MarkedHeading] = []
        self._tables: list[Table] = []
        self._apparatus: list[Span] = []

    def add(self, block: str) -> Span:
        """Append a block as a line (or lines) of its own; its span in the text."""
        if self._parts:
            self._write("\n")
        start = self._length
        self._write(block)
        return Span(start, self._length)

    def add_heading(self, words: str, level: int) -> Span:
        """Append a heading that markup knows; ``level`` counts from 1."""
        span = self.add(words)
        self._headings.append(MarkedHeading(level, span))
        return span

    def add_apparatus(self, block: str) -> Span:
        """Append a block that is stored and shown but is no content."""
        span = self.add(block)
        self._apparatus.append(span)
        return span

    def add_table(self, table: Table) -> None:
        """Remember a table whose cells were already appended."""
        self._tables.append(table)

    def before(self, count: int) -> list[str]:
        """Return the last ``count`` blocks, nearest first: where a table's caption may stand."""
        blocks = [part for part in self._parts if part != "\n"]
        return blocks[: -count - 1 : -1]

    def loaded(self, title: str = "") -> Loaded:
        """Return what was built."""
        return Loaded(
            text="".join(self._parts),
            tables=tuple(self._tables),
            headings=tuple(self._headings),
            apparatus=tuple(self._apparatus),
            title=title,
        )

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
