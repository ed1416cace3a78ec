"""Citation markers in what a model writes: [1] 【1】 ［1］ [1,2] [1][2], also split across chunks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_OPEN, _CLOSE = r"\[［【〔", r"\]］】〕"
MARKER = re.compile(
    rf"\s*[{_OPEN}]\s*(?:段落|来源|引用)?\s*([0-9０-９]{{1,3}}(?:\s*[,，、;；]\s*[0-9０-９]{{1,3}})*)\s*[{_CLOSE}]"
)
_NUMBER = re.compile(r"[0-9０-９]+")
_END = re.compile(r"[。！？!?\n]")
_MARKERS_AFTER = re.compile(rf"(?:{MARKER.pattern})+\s*[。！？]?")
_MAY_GO_ON = re.compile(rf"\s*(?:[{_OPEN}][^{_CLOSE}\n]{{0,24}})?$")
_NO_WORDS = re.compile(r"[\s。！？!?、，,;；:：\-*#>`]*")
_LABEL = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.．、](?!\d)|#+)\s*")


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence as a model wrote it, without its markers, and the numbers in them."""

    text: str
    numbers: tuple[int, ...]


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
    words = _LABEL.sub("", MARKER.sub("", text)).strip()
    words = re.sub(r"。{2,}", "。", words)
    if not _NO_WORDS.fullmatch(words):
        yield Marked(words, tuple(dict.fromkeys(found)))
