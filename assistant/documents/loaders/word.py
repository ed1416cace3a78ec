"""Word files: paragraphs and tables in document order, as they are shown with changes accepted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from assistant.documents.loaded import Loaded
from assistant.documents.loaders.build import TextBuilder
from assistant.documents.loaders.grid import (
    GridCell,
    is_data,
    is_form_head,
    join_lines,
    write_table,
)
from assistant.documents.loaders.package import Package, broken
from assistant.documents.loaders.word_numbering import Numbering
from assistant.documents.loaders.word_styles import Styles
from assistant.documents.loaders.word_words import Reading, mark_of
from assistant.documents.loaders.word_xml import (
    W,
    child,
    name_of,
    number,
    parts_of,
    switch,
    value,
)

Element = Any

_WRAPPERS = frozenset(("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
_MAX_HEADING_CHARS = 80
_CORE_TITLE = ".//{http://purl.org/dc/elements/1.1/}title"


def load(path: Path, content: bytes, *, max_bytes: int) -> Loaded:
    """Load a docx file.

    Kept: what Word numbers by itself, text boxes (after their paragraph), notes (at the end, marked
    [注1]). Left out: deleted and hidden words, comments, page heads and feet. A table of contents is
    apparatus. Raises UnreadableFileError; a package may unpack to 20 times ``max_bytes``.
    """
    package = Package(path, content, max_bytes=max_bytes)
    main = dict(parts_of(package, "")).get("officeDocument", "word/document.xml")
    root = package.xml(main)
    body = child(root, "body") if root is not None else None
    if body is None:
        raise broken(path)
    parts = dict(parts_of(package, main))
    writer = _Writer(
        Reading(Styles(_part(package, parts, "styles"))),
        Numbering(_part(package, parts, "numbering")),
    )
    writer.write(body)
    writer.write_notes(
        {kind: _part(package, parts, f"{kind}s") for kind in ("footnote", "endnote")}
    )
    return writer.builder.loaded(writer.title or _core_title(package, writer.builder))


def _part(package: Package, parts: dict[str, str], kind: str) -> Element:
    return package.xml(parts[kind]) if kind in parts else None


def _core_title(package: Package, builder: TextBuilder) -> str:
    """Return the title of the file's properties where it stands in the text; templates leave others."""
    root = package.xml("docProps/core.xml")
    found = None if root is None else root.find(_CORE_TITLE)
    title = "" if found is None else (found.text or "").strip()
    lines = {"".join(line.split()) for line in builder.loaded().text.splitlines()}
    return title if title and "".join(title.split()) in lines else ""


class _Writer:
    """Writes what it reads, in order."""

    def __init__(self, reading: Reading, numbering: Numbering) -> None:
        self.builder, self.title = TextBuilder(), ""
        self._reading, self._numbering = reading, numbering
        self._unended = ""  # words of a paragraph whose end was deleted

    def write(self, container: Element, *, contents: bool = False) -> None:
        """Write the paragraphs and tables of a body, a cell, a note or a text box."""
        for item in container:
            name = name_of(item)
            if name == "p":
                self._write_paragraph(item, contents=contents)
            elif name == "tbl":
                self._write_table(item)
            elif name in _WRAPPERS:
                gallery = value(item, "sdtPr", "docPartObj", "docPartGallery") or ""
                self.write(item, contents=contents or "contents" in gallery.lower())
            elif name == "AlternateContent" and len(item):
                self.write(item[0], contents=contents)

    def write_notes(self, roots: dict[str, Element]) -> None:
        """Write the notes that the text refers to, in the order of their marks."""
        notes = self._reading.notes
        for note in list(notes):
            kind, id_ = note
            root = roots.get(kind)
            found = [] if root is None else [e for e in root if e.get(f"{W}id") == id_]
            words = "\n".join(self._lines(element) for element in found).strip()
            if words:
                self.builder.add(f"{mark_of(note, notes)} {words}")

    def _write_paragraph(self, paragraph: Element, *, contents: bool) -> None:
        properties = child(paragraph, "pPr")
        in_contents = contents or self._reading.in_contents
        words = self._paragraph(paragraph)
        in_contents = in_contents or self._reading.in_contents
        styles = self._reading.styles
        if words and (in_contents or styles.is_contents(properties)):
            self.builder.add_apparatus(words)
        elif words and styles.is_title(properties) and not self.title:
            self.builder.add(words)
            self.title = " ".join(words.split())
        elif words:
            level = styles.heading_level(properties)
            if level and len(words) <= _MAX_HEADING_CHARS:
                self.builder.add_heading(words, level)
            else:
                self.builder.add(words)
        self._write_boxes()

    def _write_boxes(self) -> None:
        boxes, self._reading.boxes = self._reading.boxes, []
        for box in boxes:
            self.write(box)

    def _paragraph(self, paragraph: Element) -> str:
        """Return a paragraph with its number; empty where it has no words, or its end was deleted."""
        properties = child(paragraph, "pPr")
        words = self._unended + self._reading.words(paragraph)
        self._unended = ""
        if child(properties, "rPr", "del") is not None:
            self._unended = words
            return ""
        numbered = self._reading.styles.numbering(properties)
        words = _trimmed(words)
        return self._numbering.label(*numbered) + words if numbered and words else words

    def _lines(self, container: Element) -> str:
        """Return the words of a cell or a note, its paragraphs as lines, tables in it included."""
        lines = []
        for item in container:
            name = name_of(item)
            if name == "p":
                lines.append(self._paragraph(item))
                boxes, self._reading.boxes = self._reading.boxes, []
                lines += [self._lines(box) for box in boxes]
            elif name == "tbl":
                lines += [
                    " ".join(filter(None, map(self._lines, _cells(row)))) for row in _rows(item)
                ]
            elif name in _WRAPPERS:
                lines.append(self._lines(item))
        return join_lines([part for line in lines for part in line.split("\n")])

    def _write_table(self, table: Element) -> None:
        nests = next(table.iterdescendants(f"{W}tbl"), None) is not None
        shape = [(row, list(_cells(row))) for row in _rows(table)]
        if nests or max((len(cells) for _, cells in shape), default=0) < 2 or len(shape) < 2:
            if not nests and len(shape) == 1 and len(shape[0][1]) >= 3:
                self._write_grid(shape)
            else:
                self._write_cells(shape)
        else:
            self._write_grid(shape)

    def _write_cells(self, shape: list[tuple[Element, list[Element]]]) -> None:
        """Write a table that only lays out the page: each cell's blocks on their own."""
        for _, cells in shape:
            for cell in cells:
                self.write(cell)

    def _write_grid(self, shape: list[tuple[Element, list[Element]]]) -> None:
        cells = self._grid(shape)
        if is_data(cells) or is_form_head(cells):
            write_table(self.builder, cells)
        else:
            for cell in cells:
                if cell.text:
                    self.builder.add(cell.text)

    def _grid(self, shape: list[tuple[Element, list[Element]]]) -> list[GridCell]:
        """Place the cells; one merged downwards is placed once, where it begins."""
        grid: list[GridCell] = []
        open_at: dict[int, int] = {}
        for row, (line, cells) in enumerate(shape):
            column = number(line, "trPr", "gridBefore") or 0
            is_head = bool(switch(line, "trPr", "tblHeader"))
            for cell in cells:
                columns = max(1, number(cell, "tcPr", "gridSpan") or 1)
                merge = value(cell, "tcPr", "vMerge")
                above = open_at.get(column)
                if merge in ("", "continue") and above is not None:
                    old = grid[above]
                    grid[above] = GridCell(
                        old.row, column, old.text, row - old.row + 1, old.columns, old.head
                    )
                else:
                    open_at.pop(column, None)
                    if merge is not None:
                        open_at[column] = len(grid)
                    grid.append(GridCell(row, column, self._lines(cell), 1, columns, is_head))
                column += columns
        return grid


def _rows(table: Element) -> list[Element]:
    """Return the rows of a table that were not deleted, those inside content controls too."""
    rows: list[Element] = []
    for item in table:
        if name_of(item) == "tr" and child(item, "trPr", "del") is None:
            rows.append(item)
        elif name_of(item) in _WRAPPERS:
            rows += _rows(item)
    return rows


def _cells(row: Element) -> list[Element]:
    cells: list[Element] = []
    for item in row:
        if name_of(item) == "tc":
            cells.append(item)
        elif name_of(item) in _WRAPPERS:
            cells += _cells(item)
    return cells


def _trimmed(words: str) -> str:
    lines = (line.strip() for line in words.split("\n"))
    return "\n".join(line for line in lines if line)
