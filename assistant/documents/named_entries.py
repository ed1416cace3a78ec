"""Named entries: short lines that each name a thing, described below by lines of the form 标签：内容.

A list of subsidies, services or institutions often has no numbers:

    求职创业补贴
    政策内容：…
    申请渠道：…
    就业见习补贴
    政策内容：…

The names are headings of what describes them; a labelled line that only ever stands before a name
(服务对象：企业) heads those that follow it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from assistant.documents.labels import label_at
from assistant.documents.shape import Line

GROUP_MARK, NAME_MARK = 7, 8
"""Levels below any that markup has."""
_LABELLED = re.compile(r"[\u3400-\u9fff]{2,8}:(?=.)")
_LONGEST_NAME, _FEWEST = 30, 2
_NO_NAME = re.compile(r"[。,;:!?…、]|\d{4}年|^[-—(（\[【〔<《]")


def named_entries(lines: Sequence[Line], skipped: Collection[int]) -> dict[int, int]:
    """Return the marks of the lines that name entries, and of those that head groups of them."""
    labels = {at: label for at in range(len(lines)) if (label := _label(lines, at, skipped))}
    often = {label for label, count in Counter(labels.values()).items() if count >= _FEWEST}
    names = [
        at
        for at in range(len(lines))
        if labels.get(at + 1) in often and _is_name(lines, at, labels, skipped)
    ]
    if len(names) < _FEWEST:
        return {}
    before = Counter(labels[at - 1] for at in names if at - 1 in labels)
    counts = Counter(labels.values())
    heads = [at - 1 for at in names if at - 1 in labels]
    groups = [at for at in heads if before[labels[at]] == counts[labels[at]]]
    return dict.fromkeys(names, NAME_MARK) | dict.fromkeys(groups, GROUP_MARK)


def _label(lines: Sequence[Line], at: int, skipped: Collection[int]) -> str:
    found = None if at in skipped else _LABELLED.match(lines[at].words)
    return found.group() if found else ""


def _is_name(
    lines: Sequence[Line], at: int, labels: Collection[int], skipped: Collection[int]
) -> bool:
    """Say whether a line is short, no sentence, no item of a list and no labelled line."""
    words = lines[at].words
    if at in skipped or at in labels or len(words) > _LONGEST_NAME or label_at(words):
        return False
    return not _NO_NAME.search(words)
