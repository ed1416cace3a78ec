"""Match keys: what two ways of writing the same words have in common.

Stored text is never normalised (it would move every offset). Text is compared by its match key:
compatibility forms folded (NFKC), lower case, simplified characters, radicals as the characters
that they stand for, one dash, one quote, one kind of bracket, one kind of space.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from itertools import accumulate

from assistant.types import Span

# Radicals that NFKC leaves alone (CJK Radicals Supplement); PDF fonts put them for the character.
_RADICALS = dict(
    zip(
        "⺟⺠⻄⻅⻆⻉⻋⻌⻓⻔⻘⻚⻛⻜⻝⻢⻤⻥⻦⻨⻩⻬⻮⻰⻳⺝⺩⺫⺬⺮⻊",
        "母民西见角贝车辶长门青页风飞食马鬼鱼鸟麦黄齐齿龙龟月王目示竹足",
        strict=True,
    )
)
_FOLDED = {
    **dict.fromkeys("‐‑‒–—―−－~～〜﹣", "-"),
    **dict.fromkeys("“”„‟〝〞＂「」『』", '"'),
    **dict.fromkeys("‘’‚‛＇", "'"),
    **dict.fromkeys("〔［【〖", "["),
    **dict.fromkeys("〕］】〗", "]"),
    **dict.fromkeys("﻿​‌‍⁠­", ""),
    "…": "…",
    "•": "·",
    "。": "。",
}


@cache
def _simplified() -> dict[str, str]:
    """Map each traditional character to its simplified form."""
    import opencc

    convert = opencc.OpenCC("t2s").convert
    traditional = (chr(point) for point in range(0x3400, 0xA000))
    return {char: plain for char in traditional if (plain := convert(char)) != char}


class _Folding(dict[int, str]):
    """A translation table that works out each character once."""

    def __missing__(self, point: int) -> str:
        char = chr(point)
        key = _FOLDED.get(char)
        if key is None:
            key = unicodedata.normalize("NFKC", _RADICALS.get(char, char)).lower()
            key = "".join(_FOLDED.get(c, _simplified().get(c, c)) for c in key)
            key = " " if key and key.isspace() else key
        self[point] = key
        return key


_folding = _Folding()


def match_key(text: str) -> str:
    """Fold ``text`` for comparing; the length may differ from that of ``text``."""
    return text.translate(_folding)


def _dense_key(text: str) -> tuple[str, list[int]]:
    """Return the match key without spaces and, for each of its characters, the offset in ``text``."""
    keys = [_folding[ord(char)].replace(" ", "") for char in text]
    offsets = [offset for offset, key in enumerate(keys) for _ in key]
    return "".join(keys), offsets


def find_all(text: str, quote: str) -> tuple[Span, ...]:
    """Find where ``quote`` stands in ``text``, compared by match key and without white space.

    The spans are in offsets of ``text``, in order, not overlapping. Exact places are found first
    and alone, so that a verbatim quote never costs a scan.
    """
    if not quote.strip():
        return ()
    exact = _find(text, quote)
    if exact:
        return tuple(Span(start, start + len(quote)) for start in exact)
    key, offsets = _dense_key(text)
    wanted = match_key(quote).replace(" ", "")
    return tuple(
        Span(offsets[start], offsets[start + len(wanted) - 1] + 1) for start in _find(key, wanted)
    )


def _find(text: str, wanted: str) -> list[int]:
    pieces = text.split(wanted) if wanted else [text]
    starts = accumulate((len(piece) + len(wanted) for piece in pieces[:-1]), initial=0)
    return [start + len(piece) for start, piece in zip(starts, pieces[:-1], strict=False)]
