"""A whole document as a page of its own, opened at the quoted words.

The page needs no script and loads nothing; its Content-Security-Policy allows neither.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import chain, pairwise
from pathlib import Path

from assistant.app.web.markup import escape
from assistant.app.wording import chinese_date, title_of
from assistant.library import DocumentCard
from assistant.types import Document, Heading, Span

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_CSS = (Path(__file__).parent / "document.css").read_text(encoding="utf-8")


def document_page(card: DocumentCard, document: Document, quoted: Span | None, theme: str) -> str:
    """Write the page: metadata, outline, the verbatim text with the quoted span highlighted.

    ``theme`` is ``dark``, ``light`` or empty for what the system prefers.
    """
    title = escape(title_of(card))
    dark = f' data-theme="{theme}"' if theme in ("dark", "light") else ""
    return (
        f'<!doctype html><html lang="zh-CN"{dark}><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{_CSS}</style></head><body>"
        f"<header><h1>{title}</h1>{_facts(card)}{_outline(document.outline)}</header>"
        f'<main class="text">{body(document, quoted)}</main></body></html>'
    )


def missing_page(document_id: str) -> str:
    """Say that the library has no such document."""
    return (
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>没有这份文件</title>'
        f"<style>{_CSS}</style><body><p>文件库中没有这份文件（{escape(document_id)}）。"
        "它可能已被移除。</p></body></html>"
    )


def body(document: Document, quoted: Span | None) -> str:
    """Write the text, escaped and complete, with headings, damage and the quote marked."""
    layers = _Layers(document, quoted)
    edges = sorted(layers.edges(len(document.text)))
    return "".join(
        _piece(document.text, Span(start, end), layers) for start, end in pairwise(edges)
    )


class _Layers:
    """What covers each stretch of the text, found by bisection: a document can have thousands."""

    def __init__(self, document: Document, quoted: Span | None) -> None:
        self.quoted = quoted
        self.headings = {h.span: i for i, h in reversed([*enumerate(document.outline)])}
        self.damage = {d.span: d for d in document.damage}
        self._sorted = [
            sorted(spans) for spans in (self.headings, self.damage, set(document.apparatus))
        ]

    def edges(self, length: int) -> set[int]:
        """Return where a stretch begins or ends, within the text."""
        spans = [*chain(*self._sorted), *([self.quoted] if self.quoted else [])]
        return {0, length} | {min(edge, length) for s in spans for edge in (s.start, s.end)}

    def at(self, place: Span) -> tuple[Span | None, Span | None, Span | None]:
        """Return the heading, the damage and the apparatus over ``place``."""
        heading, damage, apparatus = (_covering(spans, place) for spans in self._sorted)
        return heading, damage, apparatus


def _covering(spans: list[Span], place: Span) -> Span | None:
    at = bisect_right(spans, place.start, key=lambda span: span.start) - 1
    return spans[at] if at >= 0 and spans[at].overlaps(place) else None


def _piece(text: str, place: Span, layers: _Layers) -> str:
    shown = escape(place.of(text))
    heading, damage, apparatus = layers.at(place)
    if damage is not None:
        kind = layers.damage[damage].kind.value
        shown = f'<span class="damage" title="原文此处残缺：{kind}">{shown}</span>'
    if apparatus is not None:
        shown = f'<span class="apparatus">{shown}</span>'
    if layers.quoted is not None and layers.quoted.overlaps(place):
        here = ' id="here"' if place.start == layers.quoted.start else ""
        shown = f"<mark{here}>{shown}</mark>"
    if heading is not None:
        name = f' id="h{layers.headings[heading]}"' if heading.start == place.start else ""
        shown = f"<b{name}>{shown}</b>"
    return shown


def _facts(card: DocumentCard) -> str:
    facts = (
        ("种类", card.kind.value),
        ("发文机关", card.issuer),
        ("文号", card.number),
        ("成文", chinese_date(card.signed)),
        ("印发", chinese_date(card.printed)),
        ("发布", chinese_date(card.published)),
        ("来源文件", card.source),
        ("残缺", f"{card.damage} 处（下划波浪线标出）" if card.damage else ""),
    )
    shown = "".join(f"<dt>{name}</dt><dd>{escape(fact)}</dd>" for name, fact in facts if fact)
    return f"<dl>{shown}</dl>"


def _outline(outline: tuple[Heading, ...]) -> str:
    if not outline:
        return ""
    items = "".join(
        f'<li class="l{min(h.level, 4)}"><a href="#h{i}">{escape(h.label + h.title)}</a></li>'
        for i, h in enumerate(outline)
    )
    return f"<details><summary>目录（{len(outline)}）</summary><ul>{items}</ul></details>"
