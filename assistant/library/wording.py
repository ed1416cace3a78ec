"""What is indexed for a passage: its place, its document's title and city, and its text."""

from __future__ import annotations

from assistant.types import Document, Passage


def indexed_text(document: Document, passage: Passage) -> str:
    """Word a passage for both legs: title, city, heading path, column heads, then the text."""
    parts = (document.title, document.city, *passage.heading_path, *passage.header, passage.text)
    return "\n".join(part for part in parts if part)
