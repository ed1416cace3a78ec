"""Questions and replies in a text (问：…答：…, 1、…的要求不合理。答：…): what was asked answers nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.types import Span

_REPLY = re.compile(r"^[ \t　]*(?:答|[答回]复(?:内容|意见)?)\s*[:：]", re.MULTILINE)
_ASKS = re.compile(
    r"^[ \t　]*(?:问(?:题)?[一二三四五六七八九十\d]{0,3}|提问|来信|留言|咨询|诉求|反映)(?:内容|问题)?\s*[:：]",
    re.MULTILINE,
)
_LINE_END = re.compile(r"\n|\Z")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question in a text and the reply to it, as spans of the text; the reply may stand elsewhere."""

    question: Span
    reply: Span | None


def exchanges(text: str) -> tuple[Exchange, ...]:
    """Find the questions of ``text`` with their replies, in order.

    A reply begins with its label and ends with its line; what stands before it, from the reply before
    or from a label of its own, is the question. One that no reply follows ends with the text.
    """
    found: list[Exchange] = []
    begin = 0
    for reply in _REPLY.finditer(text):
        end = _end_of_line(text, reply.end())
        asked = _question(text, begin, reply.start())
        if asked:
            found.append(Exchange(asked, Span(reply.start(), end)))
        begin = end
    if last := _ASKS.search(text, begin):
        found.append(Exchange(Span(last.start(), len(text)), None))
    return tuple(found)


def _question(text: str, begin: int, end: int) -> Span | None:
    labels = [match.start() for match in _ASKS.finditer(text, begin, end)]
    start = labels[-1] if labels else begin
    return Span(start, end) if text[start:end].strip() else None


def _end_of_line(text: str, start: int) -> int:
    found = _LINE_END.search(text, start)
    return found.start() if found else len(text)
