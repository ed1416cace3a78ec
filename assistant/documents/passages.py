"""Passages: a document is cut into stretches that are searched and cited as one.

Text is cut by section: a titled section is never put together with the next one, the items of a
list are, and a heading without text of its own goes in front of the first passage under it. Each
row of a table is a passage. Titles, number, issuer and date are passages under ``HEAD_PATH``.
Apparatus is in no passage; passages neither overlap nor are empty.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.documents.head import read_head
from assistant.documents.labels import MARKS
from assistant.documents.outline import heading_words
from assistant.documents.packing import pack
from assistant.documents.paragraphs import paragraphs
from assistant.documents.sections import Chunk, SectionWalk, Stretch
from assistant.documents.shape import Line, fold, lines_of, wrap_width
from assistant.types import Document, Heading, Passage, Row, Span, Table

HEAD_PATH = ("文件信息",)


def split(document: Document, *, max_chars: int) -> tuple[Passage, ...]:
    """Cut a document into passages, in order, of at most ``max_chars`` code points each.

    Only a table row can be longer. For every passage ``document.text`` at its span is its text.
    """
    splitter = _Splitter(document, max_chars)
    found = [*splitter.text_passages(), *splitter.row_passages()]
    return tuple(sorted(found, key=lambda passage: passage.span))


class _Splitter:
    """The parts of one document, and how they become passages."""

    def __init__(self, document: Document, max_chars: int) -> None:
        self.document = document
        self.max_chars = max_chars
        self.folded = fold(document.text)
        self.lines = lines_of(document.text, self.folded)
        self.starts = [heading.span.start for heading in document.outline]
        self.skipped = _lines_in(self.lines, document.apparatus)
        self.in_tables = _lines_in(self.lines, [table.span for table in document.tables])
        self.head = read_head(self.lines, self.skipped | self.in_tables)
        self.paths = _paths(document.outline)

    def row_passages(self) -> Iterator[Passage]:
        """Return one passage for each row of each table."""
        for table in self.document.tables:
            reached = table.span.start
            for row in table.rows:
                if row.span.start < reached or not row.span.of(self.folded).strip():
                    continue
                reached = row.span.end
                yield self._row_passage(table, row)

    def _row_passage(self, table: Table, row: Row) -> Passage:
        path = self._path(self._heading_of(row.span.start))
        if table.title and not any(table.title in step for step in path):
            path = (*path, table.title)
        return self._passage(_trimmed(self.folded, row.span), path, table.header, row)

    def _passage(
        self,
        span: Span,
        path: tuple[str, ...],
        header: tuple[str, ...] = (),
        row: Row | None = None,
    ) -> Passage:
        return Passage(
            id=f"{self.document.id}:{span.start}-{span.end}",
            document_id=self.document.id,
            span=span,
            heading_path=path,
            text=span.of(self.document.text),
            header=header,
            cells=row.cells if row else (),
        )

    def _path(self, heading: int) -> tuple[str, ...]:
        return self.paths[heading] if heading >= 0 else ()

    def text_passages(self) -> Iterator[Passage]:
        """Return the passages of text: head, body and signature."""
        for span, path in self._stretches():
            if len(span):
                yield self._passage(span, path)

    def _stretches(self) -> Iterator[Stretch]:
        head, body, tail = self._ranges()
        for spans in _by_part(head):
            for span in pack(self.folded, spans, self.max_chars):
                yield span, HEAD_PATH
        chunks = self._chunks(body)
        walk = SectionWalk(self.document, self.folded, self.paths, chunks, self.max_chars)
        yield from walk.stretches()
        for spans in _by_part(tail):
            for span in pack(self.folded, spans, self.max_chars):
                yield span, HEAD_PATH

    def _ranges(self) -> tuple[list[_Ranged], list[_Ranged], list[_Ranged]]:
        """Return the paragraphs of the head, of the body and of the signature."""
        skipped = self.skipped | self.in_tables
        heads = self._heading_lines()
        breaks = {*heads, *(at + 1 for at in self.head.title_lines), self.head.body}
        breaks |= set(self.head.signature)
        ranges = paragraphs(self.lines, wrap_width(self.lines), breaks=breaks, skipped=skipped)
        signature = {at for at in self.head.signature if at >= self.head.body}
        head: list[_Ranged] = []
        body: list[_Ranged] = []
        tail: list[_Ranged] = []
        part, previous = 0, -1
        for first, last in ranges:
            breaks_off = any(at in skipped for at in range(previous + 1, first))
            if breaks_off or (first in signature) != (previous in signature):
                part += 1
            previous = last
            span = Span(self._start(first, heads), self.lines[last].end)
            group = head if last < self.head.body else tail if first in signature else body
            if not (group is head and first < self.head.first):
                group.append(_Ranged(span, part))
        return head, body, tail

    def _heading_lines(self) -> dict[int, int]:
        """Return where the heading that begins in a line begins, by line."""
        found: dict[int, int] = {}
        firsts = [line.start for line in self.lines]
        for start in self.starts:
            found[bisect_right(firsts, start) - 1] = start
        return found

    def _start(self, line: int, heads: dict[int, int]) -> int:
        """Return where a paragraph begins, behind marks that are no words."""
        start = heads.get(line, self.lines[line].start)
        if marks := MARKS.match(self.folded, start, self.lines[line].end - 1):
            start = marks.end()
        for span in self.document.apparatus:
            if span.start <= start < span.end <= self.lines[line].end:
                start = min(span.end, self.lines[line].end - 1)
        return start

    def _chunks(self, ranged: Sequence[_Ranged]) -> list[Chunk]:
        """Group the paragraphs of the body by heading, and close the sections."""
        chunks: list[Chunk] = []
        for each in ranged:
            heading = self._heading_of(each.span.start)
            if chunks and (chunks[-1].heading, chunks[-1].part) == (heading, each.part):
                chunks[-1].parts.append(each.span)
            else:
                chunks.append(Chunk(heading, [each.span], each.part))
        for at, chunk in enumerate(chunks):
            chunk.stop = next(
                (
                    other
                    for other in range(at + 1, len(chunks))
                    if not self._is_under(chunks[other].heading, chunk.heading)
                ),
                len(chunks),
            )
        return chunks

    def _heading_of(self, place: int) -> int:
        """Return the index of the deepest heading whose section holds ``place``; -1 for none."""
        outline = self.document.outline
        at = bisect_right(self.starts, place) - 1
        level = 99
        while at >= 0:
            heading = outline[at]
            if heading.level < level and heading.section.start <= place < heading.section.end:
                return at
            level = min(level, heading.level)
            at = -1 if level == 1 else at - 1
        return -1

    def _is_under(self, heading: int, other: int) -> bool:
        if heading < 0 or other < 0:
            return heading == other
        outline = self.document.outline
        return outline[other].section.contains(outline[heading].span)


@dataclass(frozen=True, slots=True)
class _Ranged:
    """A paragraph and the stretch of uninterrupted text that it stands in."""

    span: Span
    part: int


def _trimmed(text: str, span: Span) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, span.start + len(words.rstrip()))


def _by_part(ranged: Sequence[_Ranged]) -> Iterator[list[Span]]:
    """Return the spans of each uninterrupted stretch."""
    group: list[Span] = []
    part = -1
    for each in ranged:
        if group and each.part != part:
            yield group
            group = []
        part = each.part
        group.append(each.span)
    if group:
        yield group


def _lines_in(lines: Sequence[Line], spans: Sequence[Span]) -> frozenset[int]:
    """Return the lines that lie wholly in one of ``spans``."""
    found: set[int] = set()
    starts = [line.start for line in lines]
    for span in spans:
        at = max(0, bisect_right(starts, span.start) - 1)
        while at < len(lines) and lines[at].start < span.end:
            if span.start <= lines[at].start and lines[at].end <= span.end:
                found.add(at)
            at += 1
    return frozenset(found)


def _paths(outline: Sequence[Heading]) -> list[tuple[str, ...]]:
    """Return the path of each heading: the headings that it stands under, and itself."""
    paths: list[tuple[str, ...]] = []
    above: list[tuple[int, str]] = []
    for heading in outline:
        while above and above[-1][0] >= heading.level:
            above.pop()
        above.append((heading.level, heading_words(heading)))
        paths.append(tuple(words for _, words in above))
    return paths
