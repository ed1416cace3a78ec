"""A web page as the blocks that a reader sees, in document order: paragraphs, headings, tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from assistant.documents.loaders.grid import (
    MAX_COLUMNS,
    GridCell,
    is_data,
    is_form_head,
    join_lines,
)
from assistant.documents.loaders.web_head import is_page_head

Element = Any

BLOCK_TAGS = frozenset(
    ("html", "body", "address", "article", "aside", "blockquote", "caption", "center", "dd",
     "details", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
     "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend", "li", "main", "menu", "nav",
     "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
     "ul")
)  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LINE_END = "\x00"  # stands for <br> until white space is collapsed; no decoded page contains it
_WHITE = re.compile(r"[ \t\r\n\f]+")
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]"
_WRAP = re.compile(rf"(?<={_WIDE})[ \t\r\f]*\n[ \t\r\n\f]*(?={_WIDE})")
_NUMBERED = re.compile(r"[（(]?[\d一二三四五六七八九十]+[)）.．、]|第.{1,4}[条章]|[①-⑳]")
_MAX_LAYOUT_CELL_CHARS = 2_000
_MAX_LAYOUT_ROWS = 3


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading (``level`` from 1) or a table (``cells``), and where it comes from.

    ``owner`` is the element that holds it; ``link_chars`` counts its characters inside links.
    ``path`` are the owner and its ancestors, innermost first.
    """

    text: str
    path: tuple[Element, ...]
    level: int = 0
    link_chars: int = 0
    cells: tuple[GridCell, ...] = ()
    caption: str = ""

    @property
    def link_share(self) -> float:
        """The share of the words that are links, 0 to 1."""
        return self.link_chars / max(1, len(self.text))


def blocks_of(root: Element) -> list[Block]:
    """Return the blocks under an element whose hidden parts were taken out before."""
    from lxml import etree

    walk = _Walk()
    walker = etree.iterwalk(root, events=("start", "end"))
    inside: Element = None
    for event, element in walker:
        if inside is not None:
            if event == "end" and element is inside:
                inside = None
                walk.close(element, within=element is not root)
        elif event == "start":
            cells = _data_cells(element) if element.tag == "table" else []
            if cells:
                walk.table(element, cells)
                inside = element
            else:
                walk.open(element)
        else:
            walk.close(element, within=element is not root)
    walk.flush()
    return walk.blocks


@dataclass
class _Walk:
    """The blocks so far, and the one being read."""

    blocks: list[Block] = field(default_factory=list)
    _pieces: list[tuple[str, bool]] = field(default_factory=list)
    _path: list[Element] = field(default_factory=list)
    _links: int = 0
    _label: str = ""
    _counted: dict[Element, int] = field(default_factory=dict)

    def open(self, element: Element) -> None:
        """Begin an element: a block of its own, a line end, or words in the line."""
        tag = element.tag
        self._links += tag == "a"
        if tag in BLOCK_TAGS:
            self.flush()
            self._path.append(element)
            if tag == "li":
                self._label = self._count(element)
        self._add(_LINE_END if tag == "br" else _text_of(element))

    def close(self, element: Element, *, within: bool) -> None:
        """End an element; the words after it belong to what holds it."""
        if element.tag in BLOCK_TAGS:
            self.flush()
            if self._path and self._path[-1] is element:
                self._path.pop()
        self._links -= element.tag == "a"
        if within and element.tail:
            self._add(_WRAP.sub("", element.tail))

    def table(self, element: Element, cells: list[GridCell]) -> None:
        """Add a table of data as one block."""
        self.flush()
        captions = [_words(child) for child in element if child.tag == "caption"]
        linked = sum(len(_collapse(_all_text(link))) for link in element.iter("a"))
        self.blocks.append(
            Block(
                text="\n".join(cell.text for cell in cells if cell.text),
                path=(element, *reversed(self._path)),
                link_chars=linked,
                cells=tuple(cells),
                caption=captions[0] if captions else "",
            )
        )

    def flush(self) -> None:
        """End the block being read; white space alone is no block."""
        raw = "".join(text for text, _ in self._pieces)
        text = _collapse(raw)
        if text:
            label = "" if _NUMBERED.match(text) else self._label
            linked = sum(len(_collapse(text)) for text, is_link in self._pieces if is_link)
            levels = [_HEADINGS[e.tag] for e in self._path if e.tag in _HEADINGS]
            self.blocks.append(
                Block(
                    text=label + text,
                    path=tuple(reversed(self._path)),
                    level=levels[-1] if levels else 0,
                    link_chars=linked,
                )
            )
            self._label = ""
        self._pieces.clear()

    def _count(self, item: Element) -> str:
        """Return the number that a browser writes before an item of a numbered list."""
        parent = item.getparent()
        bare = parent is None or "none" in (parent.get("style") or "")
        if bare or parent.tag != "ol" or (parent.get("type") or "1") != "1":
            return ""
        first = parent.get("start") or "1"
        before = int(first) - 1 if first.isascii() and first.isdigit() else 0
        self._counted[parent] = self._counted.get(parent, before) + 1
        return f"{self._counted[parent]}. "

    def _add(self, text: str) -> None:
        if text:
            self._pieces.append((text, self._links > 0))


def _text_of(element: Element) -> str:
    text: str = element.text or ""
    return text.replace("\n", _LINE_END) if element.tag == "pre" else _WRAP.sub("", text)


def _all_text(element: Element) -> str:
    return "".join(element.itertext())


def _words(element: Element) -> str:
    return "\n".join(block.text for block in blocks_of(element))


def _collapse(raw: str) -> str:
    """Collapse white space as a browser shows it; a source line's end between Han is nothing."""
    text = _WHITE.sub(" ", _WRAP.sub("", raw))
    lines = (line.strip() for line in text.split(_LINE_END))
    return "\n".join(line for line in lines if line)


# --- Tables --------------------------------------------------------------------------------------


def _data_cells(table: Element) -> list[GridCell]:
    """Return the grid of a table of data; nothing for one that only lays out the page."""
    if (
        table.get("role") == "presentation"
        or next(table.iterdescendants("table"), None) is not None
    ):
        return []
    cells = list(_grid(table))
    if is_page_head(cells) or is_form_head(cells):
        return cells
    if not is_data(cells):
        return []
    rows = {cell.row for cell in cells}
    longest = max(len(cell.text) for cell in cells)
    return [] if len(rows) <= _MAX_LAYOUT_ROWS and longest > _MAX_LAYOUT_CELL_CHARS else cells


def _grid(table: Element) -> Iterator[GridCell]:
    """Place each td and th, past the columns that cells from above still take."""
    taken: dict[int, int] = {}
    lines = list(table.iterdescendants("tr"))
    for row, line in enumerate(lines):
        column = 0
        for element in line.iterchildren("td", "th"):
            while taken.get(column, 0) > row:
                column += 1
            if column >= MAX_COLUMNS:
                break
            rows = _count(element.get("rowspan"), len(lines) - row)
            columns = _count(element.get("colspan"), MAX_COLUMNS - column)
            is_head = element.tag == "th" or line.getparent().tag == "thead"
            words = join_lines(_words(element).split("\n"))
            yield GridCell(row, column, words, rows, columns, is_head)
            for covered in range(column, column + columns):
                taken[covered] = row + rows
            column += columns


def _count(written: str | None, most: int) -> int:
    """Read a rowspan or colspan; 0 means to the end."""
    digits = (written or "1").strip()
    number = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 6 else 1
    return max(1, min(number or most, most))
