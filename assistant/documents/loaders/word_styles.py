"""What Word's styles say of a paragraph: heading level, title, hidden words, numbering."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assistant.documents.loaders.word_xml import W, child, number, switch, value

Element = Any

_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_TITLE_NAMES = ("title", "标题")
_CONTENTS_NAME = re.compile(r"(?:toc|目录)\s*(?:\d|heading|标题)", re.IGNORECASE)
_BODY_LEVEL = 9


@dataclass(frozen=True, slots=True)
class Style:
    """One style as written, before inheritance."""

    id: str
    name: str
    parent: str
    outline: int | None
    list_id: int | None
    list_level: int | None
    hidden: bool | None


class Styles:
    """The styles of a document; a missing styles part is no style at all."""

    def __init__(self, root: Element) -> None:
        elements = [] if root is None else root.findall(f"{W}style")
        self._styles = {style.id: style for style in map(_style, elements)}
        self._default = next(
            (
                element.get(f"{W}styleId", "")
                for element in elements
                if element.get(f"{W}type") == "paragraph"
                and element.get(f"{W}default") in ("1", "true")
            ),
            "",
        )

    def heading_level(self, properties: Element) -> int:
        """Return a paragraph's heading level from 1, or 0 for body text."""
        direct = number(properties, "outlineLvl")
        if direct is not None:
            return direct + 1 if 0 <= direct < _BODY_LEVEL else 0
        for style in self.chain(properties):
            named = _HEADING_NAME.fullmatch(style.name)
            if named:
                return int(named[1])
            if style.outline is not None:
                return style.outline + 1 if 0 <= style.outline < _BODY_LEVEL else 0
        return 0

    def is_title(self, properties: Element) -> bool:
        """Say whether a paragraph has the style of a document's title."""
        return any(style.name.lower() in _TITLE_NAMES for style in self.chain(properties))

    def is_contents(self, properties: Element) -> bool:
        """Say whether a paragraph is a line of a table of contents."""
        return any(_CONTENTS_NAME.match(style.name) for style in self.chain(properties))

    def numbering(self, properties: Element) -> tuple[int, int, str] | None:
        """Return the list, its level and the style that a paragraph's number comes from."""
        list_id = number(properties, "numPr", "numId")
        level = number(properties, "numPr", "ilvl")
        if list_id is not None:
            return list_id, level or 0, ""
        for style in self.chain(properties):
            if style.list_id is not None:
                return (
                    style.list_id,
                    level if level is not None else style.list_level or 0,
                    style.id,
                )
        return None

    def hides(self, run: Element, properties: Element) -> bool:
        """Say whether a run's words are hidden, by itself or by its styles."""
        direct = switch(run, "rPr", "vanish")
        if direct is not None:
            return direct
        named = value(run, "rPr", "rStyle")
        chains = [*self._up(named or ""), *self.chain(properties)]
        return next((style.hidden for style in chains if style.hidden is not None), False)

    def chain(self, properties: Element) -> Iterator[Style]:
        """Yield a paragraph's style and what it is based on, nearest first."""
        return self._up(value(properties, "pStyle") or self._default)

    def _up(self, style_id: str) -> Iterator[Style]:
        seen: set[str] = set()
        while style_id in self._styles and style_id not in seen:
            seen.add(style_id)
            yield self._styles[style_id]
            style_id = self._styles[style_id].parent


def _style(element: Element) -> Style:
    return Style(
        id=element.get(f"{W}styleId", ""),
        name=value(element, "name") or "",
        parent=value(element, "basedOn") or "",
        outline=number(element, "pPr", "outlineLvl"),
        list_id=number(child(element, "pPr"), "numPr", "numId"),
        list_level=number(child(element, "pPr"), "numPr", "ilvl"),
        hidden=switch(element, "rPr", "vanish"),
    )
