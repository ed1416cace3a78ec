"""A report as Markdown and as plain text."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.app.exports.report import Cell, Grid, Line, Report, Source
from assistant.text.controls import visible
from assistant.text.markdown import escape_markdown

_BREAK = "  \n"


def report_markdown(report: Report) -> str:
    """Return the report as Markdown; whatever its words hold, they are read as words."""
    parts = [f"# {_safe(report.title)}", *(f"> {_safe(note)}" for note in report.notes)]
    parts += [_table(part) if isinstance(part, Grid) else _paragraph(part) for part in report.body]
    if report.sources:
        parts += [f"## {_safe(report.sources_head)}", *map(_markdown_source, report.sources)]
    return "\n\n".join(parts) + "\n"


def _safe(text: str) -> str:
    return escape_markdown(visible(text).replace("\n", " "))


def _paragraph(line: Line) -> str:
    lines = [_safe(part.strip()) for part in visible(line.text).splitlines() if part.strip()]
    return f"{_BREAK.join(lines)}{_marks(line)}{_safe(line.remark)}"


def _marks(line: Line) -> str:
    return "".join(f"[{number}]" for number in line.citations)


def _table(grid: Grid) -> str:
    rows = ["| " + " | ".join(map(_safe, grid.heads)) + " |", "|" + " --- |" * len(grid.heads)]
    rows += ["| " + " | ".join(map(_markdown_cell, row)) + " |" for row in grid.rows]
    return "\n".join(rows)


def _markdown_cell(cell: Cell) -> str:
    return "<br>".join(f"{_safe(x.text)}{_marks(x)}{_safe(x.remark)}" for x in cell)


def _markdown_source(source: Source) -> str:
    return _BREAK.join([f"[{source.number}] {_safe(source.named)}", *map(_safe, source.lines)])


def report_plain(report: Report) -> str:
    """Return the report as it would be typed, with its marks."""
    parts = ["\n".join([report.title, *report.notes])]
    for part in report.body:
        parts += list(_rows(part)) if isinstance(part, Grid) else [_typed(part)]
    if report.sources:
        parts.append("\n".join([f"{report.sources_head}：", *map(_plain_source, report.sources)]))
    return visible("\n\n".join(parts)) + "\n"


def _typed(line: Line) -> str:
    return f"{line.text}{_marks(line)}{line.remark}"


def _rows(grid: Grid) -> Iterator[str]:
    """Write each row as a block: its first cell, then a line for each other column."""
    for first, *others in grid.rows:
        named = zip(grid.heads[1:], others, strict=True)
        lines = [f"  {head}：{'；'.join(map(_typed, cell)) or '—'}" for head, cell in named]
        yield "\n".join(["；".join(map(_typed, first)), *lines])


def _plain_source(source: Source) -> str:
    below = (f"    {line}" for line in source.lines)
    return "\n".join([f"[{source.number}] {source.named}", *below])
