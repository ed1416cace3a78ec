"""The outline: headings by their labels, nested by how the labels are written.

A heading may run in: in 「1.推进城市医联体建设。有序整合…」 the first sentence is the title and the section
goes on in the same line. Where that first sentence is longer than ``LONGEST_TITLE`` characters, the
item has no title of its own and gets its first clause. An article (第X条) has a title only where
one is set apart (【目的】 or a short line).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from assistant.documents.annexes import Annex
from assistant.documents.labels import MARKS, Label, Style, label_at
from assistant.documents.named_entries import GROUP_MARK
from assistant.documents.shape import Line, ends_sentence, squeeze
from assistant.types import Heading, Span

LONGEST_TITLE = 40
_LONGEST_STANDALONE = 60
_STOP = re.compile(r"[。!?;](?![”’」』])")
_CLAUSE = re.compile(r"[,:;。](?![”’」』])")
_BREAK = re.compile(r"\s*\n\s*")
_ASIDE = re.compile(r"[【\[(]\s*([^】\])]{2,24})\s*[】\])]\s*")
_LETTER_SPACED = re.compile(r"\S(?:\s+\S)+")
_LONGEST_LEAD = 16


class _Open(NamedTuple):
    """A heading whose section is still open: its rank, its mark from markup (0 none), level."""

    style: Style | None
    mark: int
    level: int


class Entry(NamedTuple):
    """A heading as found, before its section's end is known.

    ``end`` is where its section ends at the latest: an item of an article ends with its paragraph,
    for what follows without a label belongs to the article again. 0 for all others.
    """

    line: int
    level: int
    label: str
    title: str
    span: Span
    end: int = 0


def find_headings(
    text: str,
    folded: str,
    lines: Sequence[Line],
    ranges: Sequence[tuple[int, int]],
    *,
    annexes: Sequence[Annex],
    marks: Mapping[int, int],
    titles: Collection[int],
) -> list[Entry]:
    """Find the headings of ``text``.

    ``ranges`` are its paragraphs as index ranges of ``lines``; ``marks`` levels known from markup
    by line; lines in ``titles`` belong to the document's own title.
    """
    by_line = {annex.first: annex for annex in annexes}
    inside = {at for annex in annexes for at in range(annex.first + 1, annex.last + 1)}
    stack: list[_Open] = []
    entries: list[Entry] = []
    for first, last in ranges:
        if first in titles or first in inside:
            continue
        if annex := by_line.get(first):
            stack = [_Open(Style.ANNEX, 0, 1)]
            entries.append(_annex_entry(lines, annex))
            continue
        start = _words_start(lines[first])
        label = label_at(lines[first].words, start)
        if not label and first not in marks:
            continue
        level = _enter(stack, label.style if label else None, marks.get(first, 0))
        place = Span(lines[first].start, lines[last].end)
        entry = _entry(text, folded, place, label, (first, start, level))
        in_article = label is not None and any(each.style is Style.ARTICLE for each in stack[:-1])
        entries.append(entry._replace(end=place.end) if in_article else entry)
    return entries


def close_sections(entries: Sequence[Entry], end: int) -> tuple[Heading, ...]:
    """Give each heading its section: to the next heading of its level or above, or ``end``."""
    headings: list[Heading] = []
    ends: list[int] = [end] * (max((entry.level for entry in entries), default=0) + 2)
    for entry in reversed(entries):
        stop = min(ends[entry.level], entry.end or end)
        section = Span(entry.span.start, max(stop, entry.span.end))
        headings.append(Heading(entry.level, entry.label, entry.title, entry.span, section))
        for level in range(entry.level, len(ends)):
            ends[level] = entry.span.start
    return tuple(reversed(headings))


def heading_words(heading: Heading) -> str:
    """Return label and title of a heading as one: 二、重点任务, 第一章 总则, 附件1 目标表."""
    if not heading.title or not heading.label:
        return heading.label or heading.title
    spaced = heading.label[-1] in "编章节条" or heading.label.startswith("附")
    return f"{heading.label}{' ' if spaced else ''}{heading.title}"


def _words_start(line: Line) -> int:
    found = MARKS.match(line.words)
    return found.end() if found else 0


def _enter(stack: list[_Open], style: Style | None, mark: int) -> int:
    """Close what the heading closes, open it, and return its level."""
    while style is not None and stack and stack[-1].mark >= GROUP_MARK:
        stack.pop()
    if style is None:
        while stack and not _stands_over_mark(stack[-1], mark):
            stack.pop()
    elif any(each.style == style for each in stack):
        while stack[-1].style != style:
            stack.pop()
        stack.pop()
    else:
        while stack and stack[-1].style is not None and stack[-1].style > style:
            stack.pop()
        while stack and stack[-1].style is None and mark and stack[-1].mark >= mark:
            stack.pop()
    level = stack[-1].level + 1 if stack else 1
    stack.append(_Open(style, mark, level))
    return level


def _stands_over_mark(open_heading: _Open, mark: int) -> bool:
    if mark >= GROUP_MARK:  # under anything but its own kind
        return open_heading.mark < mark
    return open_heading.style is Style.ANNEX or 0 < open_heading.mark < mark


def _annex_entry(lines: Sequence[Line], annex: Annex) -> Entry:
    if annex.is_list:
        line = lines[annex.first]
        end = line.start + len(line.words) - len(line.words.lstrip("附件表录 "))
        return Entry(annex.first, 1, annex.label, "", Span(line.start, max(end, line.start + 1)))
    span = Span(lines[annex.first].start, lines[annex.last].end)
    return Entry(annex.first, 1, annex.label, annex.title, span)


def _entry(
    text: str, folded: str, place: Span, label: Label | None, at: tuple[int, int, int]
) -> Entry:
    """Build the entry of the paragraph at ``place``; ``at`` is line, words' start and level."""
    line, start, level = at
    after = place.start + (label.end if label else start)
    length, lead = _title_length(folded[after : place.end], label.style if label else None)
    first, last = after + lead, after + lead + length
    title = _BREAK.sub("", text[first:last]).strip(" \u3000:：*_")
    title = squeeze(title) if _LETTER_SPACED.fullmatch(title) else title
    begin = place.start + start
    written = text[begin : begin + len(label.written)] if label else ""
    return Entry(line, level, written, title, Span(begin, last if length else begin + len(written)))


def _title_length(words: str, style: Style | None) -> tuple[int, int]:
    """Return the length of the title at the start of ``words``, and what to leave out before it."""
    if style is Style.ARTICLE:
        return _article_title(words)
    stop = _STOP.search(words)
    if not stop:
        if len(words) <= _LONGEST_STANDALONE:
            return len(words.rstrip(":")), 0
        return _first_clause(words), 0
    colon = words.find(":", 0, min(stop.start(), _LONGEST_LEAD))
    if colon > 0:
        return colon, 0
    if stop.start() <= LONGEST_TITLE:
        return stop.start(), 0
    return _first_clause(words), 0


def _first_clause(words: str) -> int:
    for clause in _CLAUSE.finditer(words, 0, LONGEST_TITLE + 1):
        before = words[: clause.start()]
        if before.count("“") == before.count("”") and before.count("(") == before.count(")"):
            return clause.start()
    cut = words.rfind("、", 0, LONGEST_TITLE + 1)
    return cut if cut > LONGEST_TITLE // 2 else min(LONGEST_TITLE, len(words))


def _article_title(words: str) -> tuple[int, int]:
    aside = _ASIDE.match(words)
    if aside:
        return aside.end(1) - aside.start(1), aside.start(1)
    if words and len(words) <= 30 and not ends_sentence(words):
        return len(words), 0
    return 0, 0
