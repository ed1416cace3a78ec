"""Characters that files and terminals take as orders, or refuse: made visible."""

from __future__ import annotations

import re

_HALF = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")


def is_whole(text: str) -> bool:
    """Say whether ``text`` has no half of a character: no search and no file can hold one."""
    return text.isascii() or not _HALF.search(text)


def visible(text: str) -> str:
    """Return ``text`` with U+FFFD for every character that XML or UTF-8 refuses; line ends stay."""
    return _CONTROL.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n")
