"""The characters of a PDF page become lines, as a reader sees them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

Char = dict[str, Any]  # as pdfplumber gives it: text, x0, x1, top, bottom, size; units are points

_SAME_LINE_EMS = 0.4
_SAME_PLACE_EMS = 0.12
_HAN_GAP_EMS = 0.6
_LATIN_GAP_EMS = 0.2
_MIXED_GAP_EMS = 0.8
_EVEN_EMS = 0.2
_UNKNOWN = re.compile(r"\(cid:\d+\)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: where it stands on its page (points, from the top left), its type size.

    ``spaced`` says that the line ended in a space of its own.
    """

    text: str
    page: int
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    spaced: bool = False


def lines_of(chars: Iterable[Char], page: int) -> list[Line]:
    """Return the lines of a page from top to bottom; characters without a meaning as U+FFFD."""
    lines: list[list[Char]] = []
    for char in sorted(chars, key=_middle):
        near = lines and _middle(char) - _middle(lines[-1][0]) <= _SAME_LINE_EMS * min(
            char["size"], lines[-1][0]["size"]
        )
        if near:
            lines[-1].append(char)
        else:
            lines.append([char])
    return [line for group in lines if (line := _line(group, page)) is not None]


def _middle(char: Char) -> float:
    return float(char["top"] + char["bottom"]) / 2


def _line(chars: list[Char], page: int) -> Line | None:
    ordered = _once(sorted(chars, key=lambda char: char["x0"]))
    seen = [char for char in ordered if not char["text"].isspace()]
    if not seen:
        return None
    text = "".join(_pieces(ordered))
    sizes = sorted(char["size"] for char in seen)
    return Line(
        text=text.strip(),
        page=page,
        x0=seen[0]["x0"],
        x1=max(char["x1"] for char in seen),
        top=min(char["top"] for char in seen),
        bottom=max(char["bottom"] for char in seen),
        size=sizes[len(sizes) // 2],
        spaced=text != text.rstrip(),
    )


def _once(chars: list[Char]) -> list[Char]:
    """Drop a character printed again on itself, which is how some programs make bold type."""
    kept: list[Char] = []
    for char in chars:
        near = (other for other in reversed(kept[-3:]) if other["text"] == char["text"])
        if not any(char["x0"] - other["x0"] <= _SAME_PLACE_EMS * char["size"] for other in near):
            kept.append(char)
    return kept


def _pieces(chars: list[Char]) -> Iterator[str]:
    """Yield the characters with a space in each gap that a reader takes for one."""
    spaces = _gaps(chars)
    for char, space in zip(chars, spaces, strict=True):
        yield (" " if space else "") + _CONTROL.sub("", _UNKNOWN.sub("\ufffd", char["text"]))


def _gaps(chars: list[Char]) -> list[bool]:
    """Say of each character whether a space stands before it.

    Gaps of one width in a row are a letter-spaced word, not several words.
    """
    widths = [0.0]
    for before, char in zip(chars, chars[1:], strict=False):
        beside_space = before["text"].isspace() or char["text"].isspace()
        em = max(1.0, min(before["size"], char["size"]))
        widths.append(0.0 if beside_space else (char["x0"] - before["x1"]) / em)
    han = [bool(_HAN.match(char["text"])) for char in chars]
    gaps = [False]
    for at in range(1, len(chars)):
        wide = widths[at] > _least_gap(han[at - 1], han[at])
        gaps.append(wide and not (han[at - 1] and han[at] and _is_letter_spaced(widths, han, at)))
    return gaps


def _least_gap(before_is_han: bool, after_is_han: bool) -> float:
    if before_is_han and after_is_han:
        return _HAN_GAP_EMS
    return _MIXED_GAP_EMS if before_is_han or after_is_han else _LATIN_GAP_EMS


def _is_letter_spaced(widths: list[float], han: list[bool], at: int) -> bool:
    """Say whether the gap before a character is as wide as the gap next to it in the same word."""
    beside = [near for near in (at - 1, at + 1) if 0 < near < len(widths)]
    return any(
        han[near - 1] and han[near] and abs(widths[near] - widths[at]) <= _EVEN_EMS
        for near in beside
    )
