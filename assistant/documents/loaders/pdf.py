"""PDF files with text: paragraphs joined over lines and pages, ruled tables, no running heads."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from statistics import median
from typing import Any

from assistant.documents.loaded import Loaded
from assistant.documents.loaders.build import TextBuilder
from assistant.documents.loaders.grid import write_table
from assistant.documents.loaders.pdf_flow import Paragraphs, without_running
from assistant.documents.loaders.pdf_lines import Char, Line, lines_of
from assistant.documents.loaders.pdf_tables import PageTable, is_inside, tables_of
from assistant.errors import UnreadableFileError

_MIN_PAGE_CHARS = 30
_IMAGE_SHARE = 0.5
_SCANNED_SHARE = 0.8
_MAX_SLOPE = 0.1
_MAX_UNKNOWN_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Page:
    """What is read of a page: its lines, its tables, and whether it is a picture."""

    number: int
    width: float
    height: float
    lines: list[Line]
    tables: list[PageTable]
    is_picture: bool


def load(path: Path, content: bytes, *, max_bytes: int) -> Loaded:
    """Load a PDF of any size that has text.

    Rotated words (watermarks) are left out. A page that is only a picture is named in a line of
    apparatus. Raises UnreadableFileError where it needs a password, is damaged, is all pictures, or
    has fonts that do not say which characters they draw.
    """
    pages = _read(path, content)
    _check(path, pages)
    bodies = without_running([page.lines for page in pages], [page.height for page in pages])
    builder = TextBuilder()
    paragraphs = Paragraphs(bodies, median(page.width for page in pages) if pages else 0.0)
    items = list(_joined(_items(pages, bodies)))
    for is_line, group in groupby(items, key=lambda item: isinstance(item, Line)):
        if is_line:
            for paragraph in paragraphs.join([item for item in group if isinstance(item, Line)]):
                builder.add(paragraph)
            continue
        for item in group:
            if isinstance(item, PageTable):
                write_table(builder, item.cells)
            elif isinstance(item, Page):
                builder.add_apparatus(f"（第 {item.number} 页是图片，没有文字）")
    return builder.loaded()


def _read(path: Path, content: bytes) -> list[Page]:
    import pdfplumber
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        with pdfplumber.open(io.BytesIO(content)) as document:
            pages: list[Page] = []
            for page in document.pages:
                pages.append(_page(page, pages[-1].tables if pages else []))
            return pages
    except PdfminerException as error:
        cause = error.args[0] if error.args else None
        if isinstance(cause, PDFEncryptionError | PDFPasswordIncorrect):
            raise UnreadableFileError(
                path, "文件已加密", "请用 PDF 软件输入密码打开后另存为无密码的文件，再重新放入"
            ) from error
        raise UnreadableFileError(
            path, "PDF 已损坏或不完整", "请重新下载，或用 PDF 软件打开后另存"
        ) from error


def _page(page: Any, tables_before: list[PageTable]) -> Page:
    chars = [char for char in page.chars if _is_level(char)]
    tables = tables_of(page, chars, tables_before)
    free = [char for char in chars if not any(is_inside(char, table.box) for table in tables)]
    area = max(1.0, float(page.width * page.height))
    largest = max((image["width"] * image["height"] for image in page.images), default=0.0)
    words = sum(not char["text"].isspace() for char in chars)
    read = Page(
        number=page.page_number,
        width=float(page.width),
        height=float(page.height),
        lines=lines_of(free, page.page_number),
        tables=tables,
        is_picture=words < _MIN_PAGE_CHARS and largest > _IMAGE_SHARE * area,
    )
    page.close()
    return read


def _is_level(char: Char) -> bool:
    """Say whether a character stands on a level line; watermarks slant or climb."""
    across, climb = char["matrix"][:2]
    return bool(char["upright"] and char["size"] > 0 and abs(climb) <= _MAX_SLOPE * abs(across))


def _check(path: Path, pages: list[Page]) -> None:
    """Refuse what has no text to read: scans, also those with a scanner's mark, and unknown fonts."""
    pictures = sum(page.is_picture for page in pages)
    has_text = any(page.lines or page.tables for page in pages)
    if (pictures and pictures >= _SCANNED_SHARE * len(pages)) or (pictures and not has_text):
        raise UnreadableFileError(
            path,
            "PDF 里只有图片，没有文字",
            "请先做文字识别（OCR），再放入带文字的 PDF 或 Word 文件",
        )
    text = "".join(line.text for page in pages for line in page.lines)
    if text.count("\ufffd") > _MAX_UNKNOWN_SHARE * max(1, len(text)):
        raise UnreadableFileError(
            path,
            "PDF 的字体缺少文字编码，读出来是乱码",
            "请放入原始的 Word 文件，或先做文字识别（OCR）",
        )


def _items(pages: list[Page], bodies: list[list[Line]]) -> Iterator[Line | PageTable | Page]:
    """Yield the lines and tables of all pages in reading order, and the pages that are pictures."""
    for page, lines in zip(pages, bodies, strict=True):
        if page.is_picture:
            yield page
        inside: list[Line | PageTable] = [*lines, *page.tables]
        yield from sorted(inside, key=lambda item: item.top)


def _joined(items: Iterator[Line | PageTable | Page]) -> Iterator[Line | PageTable | Page]:
    """Join the parts of a table that page breaks cut."""
    held: PageTable | None = None
    for item in items:
        if isinstance(item, PageTable) and held is not None and item.continues(held):
            held = held.joined(item)
            continue
        if held is not None:
            yield held
        held = item if isinstance(item, PageTable) else None
        if held is None:
            yield item
    if held is not None:
        yield held
