"""Citation markers in what a model writes: [1] 【1】 ［1］ [1,2] [1][2], also split across chunks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_OPEN, _CLOSE = r"\[［【〔", r"\]］】〕"
_DIGIT = "[0-9０-９]"
MARKER = re.compile(
    rf"\s*[{_OPEN}]\s*(?:段落|来源|引用)?\s*({_DIGIT}{{1,3}}(?:\s*[,，、;；]\s*{_DIGIT}{{1,3}})*)\s*[{_CLOSE}]"
)
# Meant as a marker and none: [n] [段落一] [1-3] [^1] [], or [1 where the text ends. 〔2023〕54号 is not.
_IN_BAD = (
    rf"(?:段落|来源|引用|编号|第|段|{_DIGIT}|[nNxX^#*?一二三四五六七八九十\s,，、;；.\-–—~～至])*"
)
_BAD_CLOSED = rf"\s*[{_OPEN}]{_IN_BAD}[{_CLOSE}](?!\s*第?\s*{_DIGIT}+\s*号)"
MALFORMED = re.compile(rf"{_BAD_CLOSED}|\s*[{_OPEN}]{_IN_BAD}$")
_NUMBER = re.compile(rf"{_DIGIT}+")
_END = re.compile(r"[。！？!?\n]")
_MARKERS_AFTER = re.compile(rf"(?:{MARKER.pattern}|{_BAD_CLOSED})+\s*[。！？]?")
_MAY_GO_ON = re.compile(rf"\s*(?:[{_OPEN}][^{_CLOSE}\n]{{0,24}})?$")
_NO_WORDS = re.compile(r"[\s。！？!?、，,;；:：\-*#>`]*")
_LABEL = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.．、](?!\d)|#+)\s*")


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence as a model wrote it, without its markers, and the numbers in them.

    ``malformed`` counts what was meant as a marker and cannot be read. Where only that was left at the
    end, ``text`` is empty.
    """

    text: str
    numbers: tuple[int, ...]
    malformed: int = 0


def marked_sentences(chunks: Iterable[str]) -> Iterator[Marked]:
    """Cut a stream into sentences, each as soon as it and its markers are complete."""
    held = ""
    for chunk in chunks:
        held += chunk
        while (end := _complete(held)) >= 0:
            yield from _marked(held[:end])
            held = held[end:]
    yield from _marked(held)


def _complete(text: str) -> int:
    """Return where the first sentence and its markers end; -1 while more may belong to it."""
    for match in _END.finditer(text):
        if _NO_WORDS.fullmatch(text[: match.start()]):
            continue
        after = _MARKERS_AFTER.match(text, match.end())
        end = after.end() if after else match.end()
        return -1 if _MAY_GO_ON.fullmatch(text, end) else end
    return -1


def _marked(text: str) -> Iterator[Marked]:
    found = [int(number) for m in MARKER.finditer(text) for number in _NUMBER.findall(m[1])]
    words, malformed = MALFORMED.subn("", MARKER.sub("", text).rstrip())
    words = re.sub(r"。{2,}", "。", _LABEL.sub("", words).strip())
    if _NO_WORDS.fullmatch(words):
        words = ""
    if words or malformed:
        yield Marked(words, tuple(dict.fromkeys(found)), malformed)
