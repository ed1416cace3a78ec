"""Paragraphs: lines that belong together, joined across hard wraps and page breaks."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from assistant.documents.labels import MARKS, label_at
from assistant.documents.shape import Line, ends_sentence, width

_SHORTEST_BROKEN = 20
_OPENS = re.compile(r"^(?:附\s*件|抄送|注\s*[:]|\||[-*+] |#)")


def joins(line: Line, following: Line, wrapped: float) -> bool:
    """Say whether ``following`` goes on with the sentence that ``line`` leaves unfinished.

    ``wrapped`` is the width at which the text is hard-wrapped, 0.0 where it is not.
    """
    if ends_sentence(line.words) or _OPENS.match(following.words) or line.words[0] == "#":
        return False
    long_enough = (wrapped - 4) if wrapped else _SHORTEST_BROKEN
    if width(line.words) < long_enough:
        return False
    if label_at(following.words) and not wrapped:
        return False
    labelled = label_at(line.words, _past_marks(line.words))
    if labelled and not wrapped and len(line.words) < 60 and "。" not in line.words:
        return False
    return not _is_date(following.words)


def _past_marks(words: str) -> int:
    found = MARKS.match(words)
    return found.end() if found else 0


def _is_date(words: str) -> bool:
    return len(words) < 16 and bool(
        re.match(r"(?:(?:19|20)\d\d|[二一][〇○零九])\S*(?:日|\d)$", words)
    )


def paragraphs(
    lines: Sequence[Line], wrapped: float, *, breaks: Collection[int], skipped: Collection[int]
) -> list[tuple[int, int]]:
    """Return paragraphs as index ranges [first, last] of ``lines``.

    A line in ``breaks`` begins a paragraph. Lines in ``skipped`` (apparatus, tables) are in none;
    a paragraph may run on over a skipped line (a page number between two halves of a sentence),
    and then comes back as two ranges, for spans do not reach over what is no content.
    """
    found: list[tuple[int, int]] = []
    for at, line in enumerate(lines):
        if at in skipped:
            continue
        previous = at - 1
        if (
            found
            and found[-1][1] == previous
            and at not in breaks
            and joins(lines[previous], line, wrapped)
        ):
            found[-1] = (found[-1][0], at)
        else:
            found.append((at, at))
    return found
