"""A draft as the bytes of a file: Word, Markdown or plain text, by the name's ending."""

from __future__ import annotations

from assistant.app.wording import title_of
from assistant.drafting import Draft
from assistant.errors import AssistantError
from assistant.library import Library

ENDINGS = (".docx", ".md", ".txt")


def letter_bytes(draft: Draft, library: Library, ending: str, *, sources: str = "list") -> bytes:
    """Write the draft; ``sources`` are ``endnotes``, ``list`` or ``none`` in Word.

    Raises AssistantError for an unknown ending.
    """
    titles = {card.id: title_of(card) for card in library.documents()}
    if ending == ".docx":
        from assistant.drafting.word import letter_docx

        return letter_docx(draft, titles, sources=sources)
    from assistant.drafting.texts import markdown, plain_text

    if ending == ".md":
        return markdown(draft, titles).encode("utf-8")
    if ending == ".txt":
        return plain_text(draft).encode("utf-8")
    raise AssistantError(
        f"不能写成「{ending or '没有扩展名的文件'}」。可用：{'、'.join(ENDINGS)}。"
    )
