"""The shape of a text: lines with their offsets, and a folding that keeps every offset.

Rules of the other modules are written for folded text: full-width forms, Kangxi radicals and odd
spaces become their plain form one code point for one, so that spans are those of the stored text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from assistant.types import Span

_RADICALS = dict(
    zip(
        "⺠⻔⻛⻘⻝⻆⻓⻋⻅⻉⻚⻢⻥⻦⻩⻬⻰⻄⻤⻙",
        "民门风青食角长车见贝页马鱼鸟黄齐龙西鬼韦",
        strict=True,
    )
)
_BLANKS = "\ufeff\u200b\u200c\u200d\u2060\xa0\u3000\u2002\u2003\u2009\t\x0b\x0c\x85\u2028\u2029"
_MENDED = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)} | {
    ord(radical): plain for radical, plain in _RADICALS.items()
}
_PLAIN = (
    {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFF01, 0xFF5F)}
    | _MENDED
    | {ord(blank): " " for blank in _BLANKS}
)
_LINE = re.compile(r"\S(?:[^\n]*\S)?")
_SPACE = re.compile(r"\s+")
_ENDS = re.compile(r"[。!?;:…][\"”’')》」』】〕\]]*$")
_CLOSED = re.compile(r"[)〕】\]]$")


class Line(NamedTuple):
    """A line that is not blank: its span without outer white space, its words.

    ``words`` are folded, ``raw`` as written.
    """

    start: int
    end: int
    words: str
    raw: str

    @property
    def span(self) -> Span:
        """The line's place in the stored text."""
        return Span(self.start, self.end)


def fold(text: str) -> str:
    """Return ``text`` in plain forms, of the same length, code point for code point."""
    return text.translate(_PLAIN)


def lines_of(text: str, folded: str) -> list[Line]:
    """Return the lines of ``text`` that are not blank, in order; ``folded`` is its folded form."""
    return [
        Line(found.start(), found.end(), found.group(), text[found.start() : found.end()])
        for found in _LINE.finditer(folded)
    ]


def mend(words: str) -> str:
    """Return ``words`` with radicals as the characters that they stand for."""
    return words.translate(_MENDED)


def squeeze(words: str) -> str:
    """Return ``words`` without any white space."""
    return _SPACE.sub("", words)


def ends_sentence(words: str) -> bool:
    """Say whether a line's words end a sentence, a clause with ；, or an opening with ：."""
    if _ENDS.search(words[-6:]):
        return True
    return bool(_CLOSED.search(words)) and "。" in words


def width(words: str) -> float:
    """Return how wide a line is printed, in Han characters; ASCII counts half."""
    narrow = sum(1 for sign in words if sign < "\u0100") if not words.isalpha() else 0
    return len(words) - narrow / 2


def wrap_width(lines: Sequence[Line]) -> float:
    """Return the width at which the text was wrapped by its layout; 0.0 where it was not."""
    widths = sorted(width(line.words) for line in lines)
    if len(widths) < 12:
        return 0.0
    full = widths[int(len(widths) * 0.9)]
    if not 15 <= full <= 70:
        return 0.0
    at_edge = sum(1 for each in widths if full - 4 <= each <= full + 3)
    return full if at_edge >= 0.35 * len(widths) else 0.0
