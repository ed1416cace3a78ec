"""What a passage stands under, as the verifier and a language model read it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.table_wording import KIND_WORDS, plain, written
from assistant.types import Document, IndicatorValue, Passage


def about(document: Document) -> str:
    """Say what a document is about: title, issuer, city."""
    return f"{document.title}\n{document.issuer}\n{document.city}"


def around(passage: Passage, values: Sequence[IndicatorValue] = ()) -> str:
    """Write a passage as it reads by itself: heading path, column heads, cells with heads, text.

    Of ``values`` those that stand in the passage are said with their year and kind.
    """
    said = (_said(value) for value in values if passage.span.contains(value.span))
    cells = (" ".join(f"{cell.header} {cell.text}".split()) for cell in passage.cells)
    return "\n".join(
        (*passage.heading_path, *passage.header, *cells, *filter(None, said), passage.text)
    )


def _said(value: IndicatorValue) -> str:
    if value.value is None:
        return ""
    year = f"{value.year}年" if value.year is not None else ""
    return f"{plain(value.name_as_written)} {year}{KIND_WORDS[value.kind]}为{written(value)}"


def context_of(
    held: Sequence[tuple[Document, Passage]], values: Sequence[IndicatorValue] = ()
) -> list[str]:
    """Return the verifier's context for quotes of these passages, in the same order."""
    abouts = (about(document) for document, _ in held)
    return [*abouts, *(around(passage, values) for _, passage in held)]
