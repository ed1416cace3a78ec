"""Characters that files and terminals take as orders, or refuse: made visible."""

from __future__ import annotations

import re

from assistant.errors import QuestionError

_HALF = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")


def is_whole(text: str) -> bool:
    """Say whether ``text`` has no half of a character: no search and no file can hold one."""
    return text.isascii() or not _HALF.search(text)


def require_whole(*texts: str) -> None:
    """Raise QuestionError where one of ``texts`` has half a character."""
    for text in texts:
        if not is_whole(text):
            shown = text[:40].encode("utf-8", "replace").decode("utf-8")
            raise QuestionError(f"「{shown}」中有不完整的字符。请检查文字的编码（应为 UTF-8）。")


def visible(text: str) -> str:
    """Return ``text`` with U+FFFD for every character that XML or UTF-8 refuses; line ends stay."""
    return _CONTROL.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n")
