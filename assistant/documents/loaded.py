"""What a loader hands on: the stored text of a file, and what its markup knew about it."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.types import Span, Table


@dataclass(frozen=True, slots=True)
class MarkedHeading:
    """A heading known from markup (docx style, html h1–h6, md #).

    ``level`` counts from 1. ``span`` covers the heading's own words in the text, without marks.
    """

    level: int
    span: Span


@dataclass(frozen=True, slots=True)
class Loaded:
    """The text of a file, and the tables, headings and apparatus known from its markup.

    ``text`` is stored as it is and never normalised, but for line ends: ``\\r\\n`` and a lone
    ``\\r`` are kept as ``\\n``. Text of txt and md is the file's own; that of html, docx, pdf and
    xlsx is built by the loader, blocks separated by ``\\n``. ``title`` is known from markup or
    empty. ``apparatus`` are spans known to be no content (navigation, a page's metadata head).
    """

    text: str
    tables: tuple[Table, ...] = ()
    headings: tuple[MarkedHeading, ...] = ()
    apparatus: tuple[Span, ...] = ()
    title: str = ""
