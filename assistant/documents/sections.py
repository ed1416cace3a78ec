"""Sections: how the chunks of a document's body become passages.

A titled section stands alone; the items of a list go together as far as they fit; a heading without
text of its own, and a short lead-in (应当具备以下条件：), go in front of the first passage under them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.documents.packing import pack
from assistant.types import Document, Heading, Span

Stretch = tuple[Span, tuple[str, ...]]  # a passage's place and its heading path
_LONGEST_LEAD = 80
_END = '。;!?:,、.…"”’』」)》〕】] '


@dataclass(slots=True)
class Chunk:
    """The paragraphs between a heading and the next one; ``heading`` is its index, -1 for none.

    ``stop`` is the index of the first chunk after its section; ``part`` tells apart stretches of
    text between which something stands that is in no passage of text.
    """

    heading: int
    parts: list[Span]
    part: int
    stop: int = 0

    @property
    def span(self) -> Span:
        """From the first paragraph to the last."""
        return Span(self.parts[0].start, self.parts[-1].end)


class SectionWalk:
    """The chunks of a body, walked section by section.

    ``paths`` are the heading paths of the document's outline, in its order.
    """

    def __init__(
        self,
        document: Document,
        folded: str,
        paths: Sequence[tuple[str, ...]],
        chunks: Sequence[Chunk],
        max_chars: int,
    ) -> None:
        self.document = document
        self.folded = folded
        self.paths = paths
        self.chunks = chunks
        self.max_chars = max_chars
        self.waiting: Chunk | None = None

    def stretches(self) -> Iterator[Stretch]:
        """Return the spans of the passages with their paths, in order."""
        at = 0
        while at < len(self.chunks):
            stop = self._whole_list(at) or self._item_group(at)
            chunk = self.chunks[at]
            if stop:
                parts = [part for each in self.chunks[at:stop] for part in each.parts]
                yield from self._emit(parts, chunk.part, self._group_path(at, stop))
                at = stop
            elif self._is_heading_only(at):
                yield from self._hold(chunk)
                at += 1
            else:
                yield from self._emit(chunk.parts, chunk.part, self._path(chunk))
                at += 1
        yield from self._release()

    def _path(self, chunk: Chunk) -> tuple[str, ...]:
        return self.paths[chunk.heading] if chunk.heading >= 0 else ()

    def _emit(self, parts: Sequence[Span], part: int, path: tuple[str, ...]) -> Iterator[Stretch]:
        """Return the passages of some paragraphs, a waiting heading in front of the first."""
        if self.waiting and self.waiting.part == part:
            parts = [*self.waiting.parts, *parts]
            self.waiting = None
        yield from self._release()
        for span in pack(self.folded, parts, self.max_chars):
            yield span, path

    def _hold(self, chunk: Chunk) -> Iterator[Stretch]:
        """Keep a heading for the next passage, together with one that waits already."""
        if self.waiting and self.waiting.part == chunk.part:
            self.waiting = Chunk(chunk.heading, [*self.waiting.parts, *chunk.parts], chunk.part)
            return
        yield from self._release()
        self.waiting = chunk

    def _release(self) -> Iterator[Stretch]:
        """Return a waiting heading that no passage took, unless it only heads a table."""
        waiting, self.waiting = self.waiting, None
        if waiting and not self._heads_table(waiting):
            for span in pack(self.folded, waiting.parts, self.max_chars):
                yield span, self._path(waiting)

    def _heads_table(self, chunk: Chunk) -> bool:
        heading = self._heading(chunk)
        return heading is not None and any(
            heading.section.contains(table.span) for table in self.document.tables
        )

    def _heading(self, chunk: Chunk) -> Heading | None:
        outline = self.document.outline
        return outline[chunk.heading] if 0 <= chunk.heading < len(outline) else None

    def _rest(self, at: int) -> str | None:
        """Return what a chunk says behind its title; None where it has no heading."""
        chunk = self.chunks[at]
        heading = self._heading(chunk)
        if heading is None or chunk.span.start != heading.span.start:
            return None
        return self.folded[heading.span.end : chunk.span.end].strip()

    def _is_heading_only(self, at: int) -> bool:
        rest = self._rest(at)
        if rest is None or len(self.chunks[at].parts) > 2:
            return False
        if rest.strip(_END):
            leads = rest.endswith(":") and len(rest) <= _LONGEST_LEAD
            return leads and self.chunks[at].stop > at + 1
        return (
            self.chunks[at].stop > at + 1
            or rest[:1] not in ("。", ";")
            or self._heads_table(self.chunks[at])
        )

    def _is_item(self, at: int) -> bool:
        """Say whether a chunk is an item of a list: one sentence under a label, no section."""
        chunk = self.chunks[at]
        heading = self._heading(chunk)
        if heading is None or chunk.stop > at + 1 or len(chunk.parts) > 1:
            return False
        if not heading.label or heading.label[0] in "第附" or self._rest(at) is None:
            return False
        return not re.search(r"[。!?](?=.)", self.folded[chunk.span.start : chunk.span.end])

    def _whole_list(self, at: int) -> int:
        """Return where a section ends that is a short list and fits one passage; 0 otherwise."""
        chunk = self.chunks[at]
        inside = range(at + 1, chunk.stop)
        if chunk.heading < 0 or not inside:
            return 0
        same = all(self.chunks[each].part == chunk.part for each in inside)
        if not same or self.chunks[inside[-1]].span.end - chunk.span.start > self.max_chars:
            return 0
        items = sum(1 for each in inside if self._is_item(each))
        leaves = all(self.chunks[each].stop == each + 1 for each in inside)
        return chunk.stop if leaves and items * 2 >= len(inside) else 0

    def _item_group(self, at: int) -> int:
        """Return where a run of list items that fits one passage ends; 0 for less than two."""
        if not self._is_item(at):
            return 0
        first = self.chunks[at]
        stop = at + 1
        while (
            stop < len(self.chunks)
            and self._is_item(stop)
            and self.chunks[stop].part == first.part
            and self._level(stop) == self._level(at)
            and self.chunks[stop].span.end - first.span.start <= self.max_chars
        ):
            stop += 1
        return stop if stop > at + 1 else 0

    def _level(self, at: int) -> int:
        heading = self._heading(self.chunks[at])
        return heading.level if heading else 0

    def _group_path(self, at: int, stop: int) -> tuple[str, ...]:
        """Return the path of a whole section, or of what a run of items stands in."""
        path = self._path(self.chunks[at])
        return path if self.chunks[at].stop == stop and stop > at + 1 else path[:-1]
