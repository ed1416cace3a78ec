"""Text and Markdown files: the stored text is the file's own.

Headings are lines marked with ``#`` (their number of marks is all that is known of the level; in
converted files it is unreliable), tables are pipe tables. Both are looked for in txt files too,
because converters write Markdown under that suffix.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from assistant.documents.loaded import Loaded, MarkedHeading
from assistant.documents.loaders.decode import decode
from assistant.types import Cell, Row, Span, Table

_LINE = re.compile(r"^.*$", re.MULTILINE)
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t\u3000]+(?P<words>.*?)[ \t]*#*[ \t]*$")
_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_MAX_HEADING_CHARS = 300
_CELL = re.compile(r"(?:\\.|[^|\\])*")
_EMPHASIS = re.compile(r"(\*\*|__|\*|_)(?P<words>.+)\1")
_FRONT_MATTER = re.compile(
    r"---[ \t]*\n(?P<lines>(?:[A-Za-z_][\w-]*[ \t]*:[^\n]*\n|[ \t]+[^\n]*\n|- [^\n]*\n)+)---[ \t]*(?:\n|$)"
)
_TITLE = re.compile(r"^title\s*:\s*[\"']?(?P<title>.*?)[\"']?\s*$", re.MULTILINE)


def load(path: Path, content: bytes, *, max_bytes: int) -> Loaded:
    """Load a txt or md file of any size. Raises UnreadableFileError where it cannot be decoded."""
    text = decode(path, content)
    front = _FRONT_MATTER.match(text)
    start = front.end() if front else 0
    lines = [span for span in _lines(text) if span.start >= start]
    named = _TITLE.search(front["lines"]) if front else None
    return Loaded(
        text=text,
        tables=tuple(_tables(text, lines)),
        headings=tuple(_headings(text, lines)),
        apparatus=(Span(0, front.end()),) if front and front.end() else (),
        title=named["title"] if named else "",
    )


def _lines(text: str) -> list[Span]:
    """Return the lines outside of fenced code, without their line ends."""
    lines, fence = [], ""
    for match in _LINE.finditer(text):
        mark = _FENCE.match(match.group())
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1].startswith(fence):
            fence = ""
        elif not fence:
            lines.append(Span(*match.span()))
    return lines


def _headings(text: str, lines: list[Span]) -> Iterator[MarkedHeading]:
    for line in lines:
        match = _HEADING.match(line.of(text)) if len(line) <= _MAX_HEADING_CHARS else None
        if match and match["words"]:
            start, end = match.span("words")
            span = Span(line.start + start, line.start + end)
            yield MarkedHeading(len(match[1]), _without_emphasis(text, span))


def _tables(text: str, lines: list[Span]) -> Iterator[Table]:
    """Find pipe tables: a head line, a line of dashes, rows until a line without a pipe."""
    place = 0
    while place + 1 < len(lines):
        head, rule = lines[place].of(text), lines[place + 1].of(text)
        if "|" in head and "|" in rule and _RULE.fullmatch(rule):
            end = place + 2
            while end < len(lines) and "|" in lines[end].of(text):
                end += 1
            table = _table(text, lines[:place], lines[place], lines[place + 2 : end])
            if table:
                yield table
            place = end
        else:
            place += 1


def _table(text: str, above: list[Span], head: Span, rows: list[Span]) -> Table | None:
    header = tuple(span.of(text) for span in _cells(text, head))
    if len(header) < 2 or not rows:
        return None
    return Table(
        title=_caption(text, above),
        span=Span(head.start, rows[-1].end),
        header=header,
        rows=tuple(_row(text, row, header) for row in rows),
    )


def _row(text: str, line: Span, header: tuple[str, ...]) -> Row:
    spans = _cells(text, line)
    heads = (*header, *[""] * len(spans))
    cells = tuple(Cell(span.of(text), span, head) for span, head in zip(spans, heads, strict=False))
    return Row(Span(cells[0].span.start, cells[-1].span.end), cells)


def _cells(text: str, line: Span) -> list[Span]:
    """Return the trimmed cells of a pipe row, without the outer pipes and emphasis marks."""
    whole = _trimmed(text, line)
    start = whole.start + text.startswith("|", whole.start)
    closed = whole.end > start and text[whole.end - 1] == "|" and text[whole.end - 2] != "\\"
    end = whole.end - closed
    spans = []
    while start <= end:
        match = _CELL.match(text, start, end)
        stop = match.end() if match else end
        spans.append(_without_emphasis(text, _trimmed(text, Span(start, stop))))
        start = stop + 1
    return spans


def _caption(text: str, above: list[Span]) -> str:
    """Return the short line before a table that names it, without its marks."""
    for line in reversed(above):
        words = line.of(text).strip()
        if words:
            heading = _HEADING.match(words) if len(words) <= _MAX_HEADING_CHARS else None
            words = heading["words"] if heading else words
            return (
                words if len(words) <= 50 and not words.endswith(("。", "；", "：", "，")) else ""
            )
    return ""


def _trimmed(text: str, span: Span) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))


def _without_emphasis(text: str, span: Span) -> Span:
    match = _EMPHASIS.fullmatch(span.of(text))
    if not match:
        return span
    start, end = match.span("words")
    return Span(span.start + start, span.start + end)
