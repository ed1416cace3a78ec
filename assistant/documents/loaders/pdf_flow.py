"""The lines of PDF pages become paragraphs: running heads out, hard wraps joined."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from statistics import median

from assistant.documents.loaders.pdf_lines import Line

_PAGE_NUMBER = re.compile(
    r"[-—–―－·•_\s]*(?:第\s*)?(?:\d{1,4}|[ivxlcIVXLC]{1,7}|[一二三四五六七八九十百〇零]{1,5})"
    r"(?:\s*[/／]\s*\d{1,4}|\s*页)?(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?[-—–―－·•_\s]*"
)
_DIGITS = re.compile(r"\d+|[一二三四五六七八九十]+")
_SENTENCE_END = tuple("。！？；：!?;:")
_LABEL = re.compile(
    r"第[一二三四五六七八九十百零〇\d]+[章节条编]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]|附\s*[件表录]"
)
_MARGIN_SHARE = 0.12
_MIN_RUNNING_PAGES = 2
_FULL_EMS = 2.0
_INDENT_EMS = 1.2
_MIN_FULL_LINES = 3
_MIN_INDENTED_SHARE = 0.08
_MIN_EDGE_SHARE = 0.05
_MIN_PAGE_LINES = 8


@dataclass(frozen=True, slots=True)
class Frame:
    """Where text begins and ends on a page, in points."""

    left: float
    right: float


def without_running(pages: list[list[Line]], heights: list[float]) -> list[list[Line]]:
    """Take out page numbers, and lines that repeat at the same height on other pages.

    Only the first and last lines in the outer eighth of a page are looked at.
    """
    seen: Counter[tuple[str, int]] = Counter()
    for lines, height in zip(pages, heights, strict=True):
        seen.update({_running_key(line) for line in _outer(lines, height)})
    filled = sum(1 for lines in pages if lines)
    least = max(_MIN_RUNNING_PAGES, filled / 3)  # a third: odd and even pages may differ
    kept = []
    for lines, height in zip(pages, heights, strict=True):
        running = {
            id(line)
            for line in _outer(lines, height)
            if _PAGE_NUMBER.fullmatch(line.text) or seen[_running_key(line)] >= least
        }
        kept.append([line for line in lines if id(line) not in running])
    return kept


def _outer(lines: list[Line], height: float) -> list[Line]:
    """Return the lines in the outer parts of a page: at most two above and two below."""
    above = [line for line in lines[:2] if line.bottom < height * _MARGIN_SHARE]
    below = [line for line in lines[-2:] if line.top > height * (1 - _MARGIN_SHARE)]
    return above + below


def _running_key(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("0", "".join(line.text.split())), round(line.top / 6)


class Paragraphs:
    """Joins lines, knowing the frames and habits of the document that they come from."""

    def __init__(self, pages: list[list[Line]], width: float) -> None:
        """Learn from all lines of the text, page by page; ``width`` is a page's, in points."""
        lines = [line for page in pages for line in page]
        self._em = median(line.size for line in lines) if lines else 1.0
        self._whole = self._as_wide_as(width, _frame(lines), lines)
        self._frames = {
            page[0].page: self._settled(_frame(page))
            for page in pages
            if len(page) >= _MIN_PAGE_LINES
        }
        indented = sum(self._is_indented(line) for line in lines)
        self._indents = bool(lines) and indented >= _MIN_INDENTED_SHARE * len(lines)
        pitches = sorted(
            after.top - before.top
            for page in pages
            for before, after in zip(page, page[1:], strict=False)
            if after.top > before.bottom - before.size / 2
        )
        self._pitch = pitches[len(pitches) // 4] if pitches else 0.0

    def join(self, lines: list[Line]) -> list[str]:
        """Return the paragraphs of consecutive lines."""
        paragraphs: list[str] = []
        for at, line in enumerate(lines):
            if at and self._continues(lines[at - 1], line):
                paragraphs[-1] += _glue(lines[at - 1], line) + line.text
            else:
                paragraphs.append(line.text)
        return paragraphs

    def _as_wide_as(self, width: float, frame: Frame, lines: list[Line]) -> Frame:
        """Return the frame, its right edge as far in as the left one where too few lines show it."""
        full = sum(line.x1 >= frame.right - self._em for line in lines)
        if full >= _MIN_FULL_LINES:
            return frame
        return Frame(frame.left, max(frame.right, width - frame.left - _FULL_EMS * self._em))

    def _settled(self, own: Frame) -> Frame:
        """Return a page's frame: its own if it is wider or shifted, else the document's.

        A page of short or indented lines says nothing of its margins.
        """
        if own.right > self._whole.right + self._em / 2:
            return own
        if own.left < self._whole.left - self._em / 2:
            return Frame(own.left, own.left + self._whole.right - self._whole.left)
        return self._whole

    def _continues(self, before: Line, after: Line) -> bool:
        """Say whether a line goes on with the sentence of the line before it."""
        is_full = before.x1 >= self._frame(before).right - _FULL_EMS * self._em
        same_type = abs(before.size - after.size) <= 0.12 * before.size
        apart = before.page == after.page and after.top - before.top > 1.7 * self._pitch
        if not is_full or not same_type or apart or self._is_begun(after):
            return False
        ended = before.text.endswith(_SENTENCE_END)
        return not (ended and (not self._indents or _LABEL.match(after.text)))

    def _is_begun(self, line: Line) -> bool:
        return line.x0 > self._frame(line).left + _INDENT_EMS * self._em

    def _is_indented(self, line: Line) -> bool:
        indent = (line.x0 - self._frame(line).left) / self._em
        return _INDENT_EMS < indent < 3

    def _frame(self, line: Line) -> Frame:
        return self._frames.get(line.page, self._whole)


def _frame(lines: list[Line]) -> Frame:
    """Return the outermost edges that a fair share of the lines keep to."""
    if not lines:
        return Frame(0.0, 0.0)
    least = max(2.0, _MIN_EDGE_SHARE * len(lines)) if len(lines) >= _MIN_PAGE_LINES else 1.0
    lefts = Counter(round(line.x0 / 3) for line in lines)
    rights = Counter(round(line.x1 / 3) for line in lines)
    left = min((edge for edge, count in lefts.items() if count >= least), default=min(lefts))
    right = max((edge for edge, count in rights.items() if count >= least), default=max(rights))
    return Frame(left * 3.0, right * 3.0)


def _glue(before: Line, after: Line) -> str:
    """Return what stands between two joined lines: a space between Latin words, else nothing."""
    end, start = before.text[-1:], after.text[:1]
    if not (end.isascii() and start.isascii() and end.isalnum() and start.isalnum()):
        return ""
    return " " if before.spaced or (end.isalpha() and start.isalpha()) else ""
