"""A citation's quote as HTML: running text, or a table row whose cells carry their columns."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.app.web.markup import escape, marked
from assistant.text.numbers import quantities
from assistant.types import Answer, Cell, Citation, Passage

_NUMBER = re.compile(r"\d+\.\d+[%％]?|\d+[%％]|\d{2,}")


def quoted(citation: Citation, passage: Passage | None, words: Iterable[str]) -> str:
    """Write the quote with the found words marked; a row is laid out cell by cell.

    ``passage`` is the citation's own, None when it is gone.
    """
    found = tuple(words)
    if passage is not None and passage.is_row:
        cells = "".join(_cell(cell, citation, found) for cell in passage.cells if cell.text.strip())
        return f'<blockquote class="row">{cells}</blockquote>'
    return f'<blockquote><span class="said">{marked(citation.quote, found)}</span></blockquote>'


def _cell(cell: Cell, citation: Citation, words: tuple[str, ...]) -> str:
    """Write a cell under its column; a cell that is not quoted stands back."""
    head = f"<small>{escape(' '.join(cell.header.split()))}</small>" if cell.header else ""
    if citation.span.overlaps(cell.span):
        return (
            f'<span class="cell">{head}<span class="said">{marked(cell.text, words)}</span></span>'
        )
    return f'<span class="cell aside">{head}<span>{marked(cell.text, ())}</span></span>'


def numbers_of(answer: Answer, citation: Citation) -> tuple[str, ...]:
    """Return the numbers, as written, of the sentences that rest on the citation."""
    texts = [s.text for s in answer.sentences if citation.number in s.citations]
    measured = [found.span.of(text) for text in texts for found in quantities(text)]
    return tuple(dict.fromkeys(measured + [n for text in texts for n in _NUMBER.findall(text)]))
