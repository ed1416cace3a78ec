"""A draft as the bytes of a file: Word, Markdown or plain text, by the name's ending."""

from __future__ import annotations

from assistant.app.exports.files import require_ending
from assistant.app.wording import title_of
from assistant.drafting import Draft
from assistant.library import Library


def letter_bytes(draft: Draft, library: Library, ending: str, *, sources: str = "list") -> bytes:
    """Write the draft; ``sources`` are ``endnotes``, ``list`` or ``none`` in Word.

    Raises AssistantError for an unknown ending.
    """
    known = require_ending(ending)
    titles = {card.id: title_of(card) for card in library.documents()}
    if known == ".docx":
        from assistant.drafting.word import letter_docx

        return letter_docx(draft, titles, sources=sources)
    from assistant.drafting.texts import markdown, plain_text

    written = markdown(draft, titles) if known == ".md" else plain_text(draft)
    return written.encode("utf-8", errors="replace")
