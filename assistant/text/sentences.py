"""Sentences and clauses of a text, as spans, so that what is quoted stays verbatim."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.types import Span

_ENDS = "。！？!?"
_CLOSERS = "”’」』）)〕】］]\"'"
_OPENING = {"（": "）", "(": ")", "〔": "〕", "【": "】", "[": "]", "［": "］"}
_MAX_BRACKET_CHARS = 400
_LABEL = re.compile(
    r"\s*(?:#|第[一二三四五六七八九十百零\d]+[章节条]|[一二三四五六七八九十]+[、是]|[（(][一二三四五六七八九十\d]+[)）]"
    r"|\d+[.．、]|[①-⑳]|附件|[（(〔]责任单位)"
)
# A line at least this long that ends without a stop was wrapped by a page, not ended by its author.
_WRAPPED_LINE_CHARS = 25


def sentences(text: str, span: Span | None = None) -> tuple[Span, ...]:
    """Split into whole sentences, trimmed of white space.

    A sentence ends at 。！？ outside of brackets (with the quotes that close after it) and at the end
    of a paragraph; a line break inside a sentence (a page break of a scan) does not end it.
    """
    area = span or Span(0, len(text))
    return tuple(_split(text, area, _sentence_ends(text, area)))


def clauses(text: str, span: Span | None = None) -> tuple[Span, ...]:
    """Split sentences further at ；， and half-width commas, outside of brackets and numbers."""
    return tuple(
        clause
        for sentence in sentences(text, span)
        for clause in _split(text, sentence, _clause_ends(text, sentence))
    )


def _split(text: str, area: Span, ends: Iterator[int]) -> Iterator[Span]:
    start = area.start
    for end in (*ends, area.end):
        piece = text[start:end]
        trimmed = piece.strip()
        if trimmed:
            begin = start + len(piece) - len(piece.lstrip())
            yield Span(begin, begin + len(trimmed))
        start = end


def _sentence_ends(text: str, area: Span) -> Iterator[int]:
    position = line_start = area.start
    while position < area.end:
        char = text[position]
        if char in _OPENING:
            position = _after_bracket(text, position, area.end)
            continue
        position += 1
        if char == "\n":
            line_end, position = position - 1, _skip_space(text, position, area.end)
            if not _continues(text, line_start, line_end, area.end):
                yield position
            line_start = position
        elif char in _ENDS:
            while position < area.end and text[position] in _CLOSERS:
                position += 1
            yield position


def _clause_ends(text: str, area: Span) -> Iterator[int]:
    position = area.start
    while position < area.end:
        char = text[position]
        if char in _OPENING:
            position = _after_bracket(text, position, area.end)
            continue
        position += 1
        if char in "；;，" or (char == "," and not _in_number(text, position - 1)):
            yield position


def _skip_space(text: str, position: int, limit: int) -> int:
    while position < limit and text[position].isspace():
        position += 1
    return position


def _after_bracket(text: str, opening: int, limit: int) -> int:
    """Return the position after the bracket closes; right after its opening if it does not."""
    closing = _OPENING[text[opening]]
    end = text.find(closing, opening + 1, min(limit, opening + _MAX_BRACKET_CHARS))
    if end < 0 or "\n\n" in text[opening:end]:
        return opening + 1
    return end + 1


def _in_number(text: str, comma: int) -> bool:
    return text[comma - 1 : comma].isdigit() and text[comma + 1 : comma + 4].isdigit()


def _continues(text: str, line_start: int, line_end: int, limit: int) -> bool:
    """Say whether a sentence runs on over the line break at ``line_end``."""
    line = text[line_start:line_end].strip()
    if len(line) < _WRAPPED_LINE_CHARS or line[-1] in _ENDS + "：:；;" + _CLOSERS:
        return False
    following = _skip_space(text, line_end, limit)
    return following < limit and not _LABEL.match(text, following, limit)
