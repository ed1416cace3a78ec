"""Characters that files and terminals take as orders, or refuse: made visible."""

from __future__ import annotations

import re

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")


def visible(text: str) -> str:
    """Return ``text`` with U+FFFD for every character that XML or UTF-8 refuses; line ends stay."""
    return _CONTROL.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n")
