"""The words of a Word paragraph as a reader sees them on paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from assistant.documents.loaders.word_styles import Styles
from assistant.documents.loaders.word_xml import W, child, name_of

Element = Any

_INLINE = frozenset(
    ("hyperlink", "smartTag", "sdt", "sdtContent", "ins", "moveTo", "fldSimple", "customXml", "dir",
     "bdo", "oMath", "oMathPara", "ruby", "rubyBase")
)  # fmt: skip
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MATH_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/math}"
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_BOXES = {("Wingdings 2", "F052"): "☑", ("Wingdings 2", "F0A3"): "□", ("Wingdings", "F0FE"): "☑",
          ("Wingdings", "F0A8"): "□", ("Wingdings", "F06F"): "□", ("Wingdings", "F0FC"): "✓",
          ("Symbol", "F0B3"): "≥", ("Symbol", "F0A3"): "≤", ("Symbol", "F0B1"): "±",
          ("Symbol", "F0B4"): "×"}  # fmt: skip


@dataclass
class Reading:
    """What is carried from run to run: open fields, notes referred to, text boxes met.

    ``notes`` are (kind, id) of foot- and endnotes in the order of their marks. ``boxes`` are the
    contents of text boxes that wait to be written after their paragraph.
    """

    styles: Styles
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    _fields: list[list[str]] = field(default_factory=list)
    _showing: list[bool] = field(default_factory=list)

    def words(self, paragraph: Element) -> str:
        """Return a paragraph's words; deleted and hidden ones are left out, notes marked [注1]."""
        properties = child(paragraph, "pPr")
        return "".join(self._pieces(paragraph, properties))

    @property
    def in_contents(self) -> bool:
        """Say whether a table of contents is open, which spans paragraphs."""
        return any("".join(words).split()[:1] == ["TOC"] for words in self._fields)

    def _pieces(self, element: Element, properties: Element) -> Iterator[str]:
        for item in element:
            name = name_of(item)
            if name == "r":
                if item.tag.startswith((_MATH, _MATH_STRICT)):
                    yield from (text.text or "" for text in item if name_of(text) == "t")
                elif not self.styles.hides(item, properties):
                    yield from self._run(item, properties)
            elif name in _INLINE or item.tag.startswith((_MATH, _MATH_STRICT)):
                yield from self._pieces(item, properties)
            elif name == "AlternateContent":
                yield from self._pieces(_choice(item), properties)

    def _run(self, run: Element, properties: Element) -> Iterator[str]:
        for item in run:
            name = name_of(item)
            if name == "fldChar":
                self._turn_field(item.get(f"{W}fldCharType"))
            elif name == "instrText":
                if self._fields:
                    self._fields[-1].append(item.text or "")
            elif not all(self._showing):
                continue
            elif name == "t":
                yield item.text or ""
            elif name in _SIGNS:
                yield _SIGNS[name]
            elif name == "sym":
                yield _sign(item)
            elif name in ("footnoteReference", "endnoteReference"):
                yield self._note(item, name.removesuffix("Reference"))
            elif name in ("drawing", "pict", "object", "AlternateContent"):
                self._keep_boxes(_choice(item) if name == "AlternateContent" else item)
            elif name == "ruby":
                yield from self._pieces(item, properties)

    def _turn_field(self, kind: str | None) -> None:
        """Follow a field: its instruction is not shown, its outcome is."""
        if kind == "begin":
            self._fields.append([])
            self._showing.append(False)
        elif kind == "separate" and self._showing:
            self._showing[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()
            self._showing.pop()

    def _note(self, item: Element, kind: str) -> str:
        note = (kind, item.get(f"{W}id", ""))
        if item.get(f"{W}customMarkFollows") in ("1", "true"):
            return ""
        if note not in self.notes:
            self.notes.append(note)
        return mark_of(note, self.notes)

    def _keep_boxes(self, element: Element) -> None:
        if name_of(element) == "txbxContent":
            self.boxes.append(element)
            return
        for item in element:
            self._keep_boxes(_choice(item) if name_of(item) == "AlternateContent" else item)


def mark_of(note: tuple[str, str], notes: list[tuple[str, str]]) -> str:
    """Return the mark of a note: [注1], [尾注1], counted by kind in the order met."""
    same = [other for other in notes if other[0] == note[0]]
    return f"[{'尾注' if note[0] == 'endnote' else '注'}{same.index(note) + 1}]"


def _choice(alternatives: Element) -> Element:
    """Return the one of several drawings of the same thing that is read: the first."""
    return alternatives[0] if len(alternatives) else alternatives


def _sign(item: Element) -> str:
    """Return a symbol font's sign where its meaning is known, else its private character."""
    code = (item.get(f"{W}char") or "").upper()
    known = _BOXES.get((item.get(f"{W}font") or "", code))
    try:
        return known or chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
