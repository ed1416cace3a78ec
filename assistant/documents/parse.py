"""Parse: what a loader read becomes a Document."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.documents.annexes import Annex, find_annexes
from assistant.documents.apparatus import Apparatus, find_apparatus
from assistant.documents.damage import find_damage
from assistant.documents.head import Head, read_head
from assistant.documents.issuing import place_in, read_city
from assistant.documents.labels import MARKS, Style, label_at
from assistant.documents.loaded import Loaded
from assistant.documents.metadata import Metadata, kind_of, read_metadata
from assistant.documents.named_entries import named_entries
from assistant.documents.outline import Entry, close_sections, find_headings
from assistant.documents.paragraphs import paragraphs
from assistant.documents.shape import Line, ends_sentence, fold, lines_of, wrap_width
from assistant.documents.tables import FlatTable, find_tables
from assistant.types import Document, DocumentKind, Span, Table

if TYPE_CHECKING:
    from assistant.documents.catalog import CatalogEntry

PARSER_VERSION = "1"
CLOSING = re.compile(
    r"(?:最后,?|再次|衷心)?(?:衷心|诚挚)?感谢(?:您|你|贵|各位)"
    r"|(?:专|特|谨)此(?:答复|函复|函告|回复|报告|通知)|此复|以上(?:答复|意见|报告)"
)


@dataclass(frozen=True, slots=True)
class Layout:
    """What the parts of the parser share about one text."""

    text: str
    folded: str
    lines: tuple[Line, ...]
    wrapped: float
    apparatus: Apparatus
    annexes: tuple[Annex, ...]
    head: Head


def parse(loaded: Loaded, *, source: str, known: CatalogEntry | None = None) -> Document:
    """Read metadata, outline, tables, damage and apparatus of a loaded text.

    ``source`` is the file's name. What ``known`` (the catalogue's entry) says of the document
    counts before what the text says. The id is a hash of the stored text.
    """
    layout = lay_out(loaded)
    tables, in_tables = _tables(loaded, layout)
    entries = _entries(loaded, layout, in_tables)
    metadata = read_metadata(layout.lines, layout.head, layout.apparatus, loaded.title)
    damage = find_damage(
        layout.folded,
        layout.lines,
        wrapped=layout.wrapped,
        skipped=_not_running(layout, in_tables),
        passed_over=layout.apparatus.lines,
        headings={entry.line for entry in entries},
    )
    outline = close_sections(entries, _content_end(layout, entries))
    return Document(
        id=document_id(loaded.text),
        source=source,
        text=loaded.text,
        outline=outline,
        tables=tables,
        damage=damage,
        apparatus=_apparatus_spans(layout),
        **_described(metadata, known, source),  # type: ignore[arg-type]
    )


def document_id(text: str) -> str:
    """Return the id of a document with this stored text."""
    return "d" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def lay_out(loaded: Loaded) -> Layout:
    """Find the lines, the apparatus, the annexes and the head of a text."""
    folded = fold(loaded.text)
    lines = tuple(lines_of(loaded.text, folded))
    apparatus = find_apparatus(lines, folded, loaded.apparatus)
    in_tables = _covered(lines, [table.span for table in loaded.tables])
    annexes = tuple(find_annexes(lines, apparatus.lines | in_tables))
    head = read_head(lines, apparatus.lines | in_tables)
    return Layout(loaded.text, folded, lines, wrap_width(lines), apparatus, annexes, head)


def _tables(loaded: Loaded, layout: Layout) -> tuple[tuple[Table, ...], frozenset[int]]:
    """Return the loader's tables and those found flattened, in order, and their lines."""
    known = _covered(layout.lines, [table.span for table in loaded.tables])
    skipped = layout.apparatus.lines | known | layout.head.title_lines
    titles = {at for annex in layout.annexes for at in range(annex.first, annex.last + 1)}
    flat = find_tables(
        layout.text, layout.lines, skipped=skipped | titles, borders=_borders(layout)
    )
    tables = sorted((*loaded.tables, *(each.table for each in flat)), key=lambda t: t.span)
    return tuple(tables), known | _lines_of(flat)


def _lines_of(flat: Iterable[FlatTable]) -> frozenset[int]:
    return frozenset(at for each in flat for at in range(each.first, each.last + 1))


def _borders(layout: Layout) -> list[tuple[int, str]]:
    """Return the lines that no flattened table reaches over: annexes, chapters, articles."""
    borders = {annex.first: annex.title for annex in layout.annexes}
    if not any(annex.first < layout.head.body <= annex.last + 1 for annex in layout.annexes):
        borders.setdefault(layout.head.body, "")
    last = 0
    for at, line in enumerate(layout.lines):
        label = label_at(line.words)
        if not label or at in layout.apparatus.lines:
            continue
        if label.style in (Style.CHAPTER, Style.ARTICLE, Style.PART):
            borders.setdefault(at, "")
        elif label.style is Style.HAN and label.number in (1, last + 1):
            last = label.number
            if not _is_group_line(layout.lines, at):
                borders.setdefault(at, "")
    return sorted(borders.items())


def _is_group_line(lines: Sequence[Line], at: int) -> bool:
    """Say whether a labelled line is followed by short lines only, as in a table that was flattened."""
    following = [line.words for line in lines[at + 1 : at + 5]]
    if len(following) < 3 or ends_sentence(lines[at].words):
        return False
    return all(len(words) <= 25 and words[-1] not in "。;:" for words in following) and not any(
        label_at(words) and label_at(words).style is Style.BRACKET_HAN  # type: ignore[union-attr]
        for words in following
    )


def _entries(loaded: Loaded, layout: Layout, in_tables: frozenset[int]) -> list[Entry]:
    skipped = layout.apparatus.lines | in_tables | frozenset(layout.head.signature)
    entries = named_entries(layout.lines, skipped | layout.head.title_lines)
    marks = entries | _marks(loaded, layout.lines)
    ranges = paragraphs(
        layout.lines, layout.wrapped, breaks=_breaks(layout, marks), skipped=skipped
    )
    return find_headings(
        layout.text,
        layout.folded,
        layout.lines,
        ranges,
        annexes=layout.annexes,
        marks=marks,
        titles=layout.head.title_lines,
    )


def _breaks(layout: Layout, marks: Iterable[int]) -> frozenset[int]:
    """Return the lines that begin a paragraph whatever stands before them."""
    starts = {annex.first for annex in layout.annexes} | {
        annex.last + 1 for annex in layout.annexes
    }
    after_titles = {at + 1 for at in layout.head.title_lines}
    after_marks = {at + 1 for at in marks}
    return frozenset({*starts, *marks, *after_marks, *after_titles, layout.head.body})


def _marks(loaded: Loaded, lines: Sequence[Line]) -> dict[int, int]:
    """Return the levels of headings known from markup, by line."""
    marks: dict[int, int] = {}
    for at, line in enumerate(lines):
        found = MARKS.match(line.words) if line.words[0] == "#" else None
        if found:
            marks[at] = found.group().count("#")
    at = 0
    for heading in sorted(loaded.headings, key=lambda each: each.span):
        while at < len(lines) and lines[at].end <= heading.span.start:
            at += 1
        if at < len(lines) and lines[at].start < heading.span.end:
            marks[at] = heading.level
    return marks


def _covered(lines: Sequence[Line], spans: Sequence[Span]) -> frozenset[int]:
    """Return the lines that lie in ``spans``."""
    found: set[int] = set()
    at = 0
    for span in sorted(spans):
        while at < len(lines) and lines[at].end <= span.start:
            at += 1
        place = at
        while place < len(lines) and lines[place].start < span.end:
            found.add(place)
            place += 1
    return frozenset(found)


def _not_running(layout: Layout, in_tables: frozenset[int]) -> frozenset[int]:
    """Return the lines that are no running text: apparatus, tables, titles, signatures."""
    annexes = {at for annex in layout.annexes for at in range(annex.first, annex.last + 1)}
    head = set(range(layout.head.body))
    return frozenset({*layout.apparatus.lines, *in_tables, *annexes, *head, *layout.head.signature})


def _content_end(layout: Layout, entries: Sequence[Entry]) -> int:
    """Return where the last section ends: before closing words, signature and imprint."""
    out = layout.apparatus.lines | frozenset(layout.head.signature)
    last = next((at for at in range(len(layout.lines) - 1, -1, -1) if at not in out), -1)
    first = entries[-1].line + 1 if entries else last + 1
    for at in range(first, last + 1):
        if CLOSING.match(layout.lines[at].words):
            return layout.lines[at - 1].end
    return layout.lines[last].end if last >= 0 else 0


def _apparatus_spans(layout: Layout) -> tuple[Span, ...]:
    """Return the apparatus as spans, neighbouring lines joined.

    What stands before the title (the rest of a page's navigation) is apparatus too.
    """
    before_title = range(layout.head.first) if layout.head.title else range(0)
    spans: list[Span] = []
    previous = -2
    for at in sorted({*layout.apparatus.lines, *before_title}):
        line = layout.lines[at]
        if at == previous + 1:
            spans[-1] = Span(spans[-1].start, line.end)
        else:
            spans.append(line.span)
        previous = at
    inside = [each for each in layout.apparatus.inline if not any(s.contains(each) for s in spans)]
    return tuple(sorted([*spans, *inside]))


def _described(metadata: Metadata, known: CatalogEntry | None, source: str) -> dict[str, object]:
    """Return the metadata as fields, what is known before what was read."""
    title = (known and known.title) or metadata.title
    issuer = (known and known.issuer) or metadata.issuer
    changed = known is not None and bool(known.title or known.issuer)
    kind = kind_of(title) if changed else metadata.kind
    city = metadata.city or (read_city(issuer, title) if changed else "") or place_in(source)
    return {
        "title": title,
        "kind": DocumentKind(known.kind) if known and known.kind else kind,
        "issuer": issuer,
        "city": (known and known.city) or city,
        "number": (known and known.number) or metadata.number,
        "index_number": metadata.index_number,
        "signed": (known and known.signed) or metadata.signed,
        "printed": (known and known.printed) or metadata.printed,
        "published": (known and known.published) or metadata.published,
    }
