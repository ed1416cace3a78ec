"""Which blocks of a web page are its document: trafilatura says where the main text is."""

from __future__ import annotations

import logging
import re
from collections import Counter
from typing import Any

from assistant.documents.loaders.web_blocks import Block
from assistant.documents.loaders.web_head import label_of, labels_of

Element = Any

_SPACE = re.compile(r"\s+")
_MIN_MATCH_CHARS = 8
_MIN_PROSE_CHARS = 30
_MAX_SEARCHED = 500_000  # characters; searching is quadratic
_MAIN_SHARE = 0.9
_MAX_LINK_SHARE = 0.5
_SENTENCE = re.compile(r"[。；！？]")
_MAX_MENU_CHARS = 15
_PAGE_TAGS = frozenset(("html", "body"))
_ASIDE_TAGS = frozenset(("nav", "footer", "aside"))


class MainText:
    """The part of a page that is the document; built once a page."""

    def __init__(self, root: Element, blocks: list[Block]) -> None:
        """Find the smallest element that holds nine tenths of the main text of ``blocks``."""
        lines = _extracted(root)
        self._lines = frozenset(lines)
        self._whole = "".join(lines)
        weights: Counter[Element] = Counter()
        total = 0
        for block in blocks:
            if self._weighs(block):
                total += len(block.text)
                for element in block.path:
                    weights[element] += len(block.text)
        self.element: Element = _smallest(root, weights, total) if total else root

    def holds(self, block: Block) -> bool:
        """Say whether a block is part of the document."""
        above = block.path[: block.path.index(self.element)] if self.element in block.path else None
        if above is not None:
            is_menu = self.element.tag in _PAGE_TAGS and _is_menu_item(block)
            return not is_menu and not any(element.tag in _ASIDE_TAGS for element in above)
        is_prose = bool(block.cells) or (
            len(block.text) >= _MIN_PROSE_CHARS and bool(_SENTENCE.search(block.text))
        )
        return is_prose and block.link_share < _MAX_LINK_SHARE / 2 and self._is_extracted(block)

    def _weighs(self, block: Block) -> bool:
        """Say whether a block tells where the main text is: found, no links, no page head."""
        is_head = bool(label_of(block.text)) or len(labels_of(block.cells)) >= 2
        return not is_head and block.link_share < _MAX_LINK_SHARE and self._is_extracted(block)

    def _is_extracted(self, block: Block) -> bool:
        if block.cells:
            words = [_key(cell.text) for cell in block.cells if cell.text]
            found = sum(len(word) for word in words if self._has(word))
            return found > 0.7 * sum(map(len, words))
        key = _key(block.text)
        return len(key) >= _MIN_MATCH_CHARS and self._has(key)

    def _has(self, key: str) -> bool:
        """Say whether words are a line of the main text or, where it is not huge, part of it."""
        return key in self._lines or (len(self._whole) <= _MAX_SEARCHED and key in self._whole)


def _is_menu_item(block: Block) -> bool:
    """Say whether a block is a short link and nothing else; a link to an annex is content."""
    short = len(block.text) <= _MAX_MENU_CHARS and not block.text.startswith("附")
    return short and block.link_share > 0.9


def _extracted(root: Element) -> list[str]:
    """Return the lines that trafilatura takes for the main text, without white space; or none."""
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    text = trafilatura.extract(
        root, include_comments=False, include_tables=True, output_format="txt", fast=True
    )
    return [_key(line) for line in (text or "").splitlines()]


def _smallest(root: Element, weights: Counter[Element], total: int) -> Element:
    element = root
    while True:
        inner = next((e for e in element if weights[e] >= _MAIN_SHARE * total), None)
        if inner is None:
            return element
        element = inner


def _key(text: str) -> str:
    return _SPACE.sub("", text)
