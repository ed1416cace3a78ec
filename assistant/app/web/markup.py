"""Text from documents and questions as safe HTML; every other module builds on these.

Nothing here trusts its input: what is not wrapped by us comes out escaped. ASCII punctuation is
escaped as well, so that the same string shows as text where Markdown is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.text.match import find_all
from assistant.types import Span

_SPECIAL = re.compile(r"[!-/:-@\[-`{-~]")
# Around a boundary: the character before it, then what follows.
_INSIDE = re.compile(r"\d[\d]|\d[.．]\d|[.．]\d")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def escape(text: str) -> str:
    """Escape every ASCII punctuation mark, so that neither HTML nor Markdown nor ``${}`` is read."""
    shown = _CONTROL.sub("�", text)
    return _SPECIAL.sub(lambda mark: f"&#{ord(mark[0])};", shown)


def escape_lines(text: str) -> str:
    """Escape ``text`` on one source line, its own line ends as ``<br>``."""
    return "<br>".join(escape(line) for line in text.strip().splitlines() if line.strip())


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Join spans that overlap or touch, in order."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        elif len(span):
            merged.append(span)
    return tuple(merged)


def spans_of(text: str, words: Iterable[str]) -> tuple[Span, ...]:
    """Find every word in ``text``, compared by match key, as merged spans."""
    found = (span for word in dict.fromkeys(words) if word for span in find_all(text, word))
    return merge(span for span in found if not _cuts_a_number(text, span))


def _cuts_a_number(text: str, span: Span) -> bool:
    """Say whether ``span`` begins or ends inside a longer number: 1.1 in 1.15 or in 21.1."""
    return any(_INSIDE.match(text[max(0, at - 1) : at + 2]) for at in (span.start, span.end) if at)


def marked(text: str, words: Iterable[str]) -> str:
    """Escape ``text`` with the words in ``<mark>``; line ends become single spaces."""
    pieces: list[str] = []
    at = 0
    for span in spans_of(text, words):
        pieces += [_flat(text[at : span.start]), f"<mark>{_flat(span.of(text))}</mark>"]
        at = span.end
    return "".join([*pieces, _flat(text[at:])])


def _flat(text: str) -> str:
    return escape(re.sub(r"\s+", " ", text))
