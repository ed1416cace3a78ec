"""Words that are not ours, written into Markdown so that they are read as words."""

from __future__ import annotations

import re

_ANYWHERE = re.compile(r"[\\`*_<>#|\[\]~&]")
_BULLET = re.compile(r"^(\s*)([-+=])")
_NUMBERED = re.compile(r"^(\s*\d{1,9})([.)])(?=\s|$)")


def escape_markdown(text: str) -> str:
    """Escape ``text``, one line, so that no sign in it is markup: no link, HTML, list or heading."""
    shown = _ANYWHERE.sub(lambda sign: f"\\{sign[0]}", text)
    return _NUMBERED.sub(r"\1\\\2", _BULLET.sub(r"\1\\\2", shown))
