"""Annexes: the list that names them, and the heads under which they follow."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from assistant.documents.shape import Line, ends_sentence, mend, squeeze
from assistant.text.han_numbers import read_number

_ANNEX = re.compile(
    r"(附\s*(?:件|表|录|图)(?:\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:\s*[-—]\s*\d{1,2})?(?![\d年月日、]))?)"
    r"\s*([:.、)]?)\s*(.*)$"
)
_NUMBER = re.compile(r"\d{1,2}|[一二三四五六七八九十]{1,3}")
_ENTRY = re.compile(r"(?:附\s*(?:件|表))?\s*\d{1,2}\s*[.、:]?\s*\S")
_PROSE = re.compile(r"^(?:[所中的规列指是为和与及]|下载|[)】>])|[。;,]")
_TITLE_END = re.compile(
    r"(?:表|单|方案|办法|名单|目录|名册|规定|细则|标准|规范|指南|指引|清单|流程图?|图|要求|说明|书|计划|要点|指标|情况|分工|任务)"
    r"(?:[(（].{1,14}[)）])?$"
)
_UNIT_NOTE = re.compile(r"^\(?\s*(?:计量|金额)?单位\s*[:]")
_LONGEST_TITLE = 45


class Annex(NamedTuple):
    """An annex head, or (``is_list``) the list of annexes at a text's end.

    ``last`` is the index of its last line; ``title`` its words after the label, joined.
    """

    first: int
    last: int
    label: str
    number: int
    title: str
    is_list: bool


def find_annexes(lines: Sequence[Line], skipped: Collection[int]) -> list[Annex]:
    """Find annex heads and annex lists, in order; lines in ``skipped`` are no content."""
    starts = []
    for at, line in enumerate(lines):
        if line.words[0] == "附" and at not in skipped:
            found = _ANNEX.match(line.words)
            if found and not _PROSE.search(found.group(3)) and len(line.words) <= 60:
                starts.append((at, found))
    annexes: list[Annex] = []
    for order, (at, found) in enumerate(starts):
        if annexes and at <= annexes[-1].last:
            continue
        later = [each for each in starts[order + 1 :] if each[0] > at]
        annexes.append(_annex(lines, at, found, later))
    return annexes


def _annex(
    lines: Sequence[Line],
    at: int,
    found: re.Match[str],
    later: Sequence[tuple[int, re.Match[str]]],
) -> Annex:
    label, mark, rest = squeeze(found.group(1)), found.group(2), found.group(3).strip()
    number = _NUMBER.search(label[2:])
    value = read_number(number.group()) if number else 0
    if _is_list(lines, at, mark, rest, bool(number), later):
        return Annex(at, _list_end(lines, at), label, value, "", True)
    if rest:
        written = lines[at].raw[found.start(3) :].strip()
        return Annex(at, at, label, value, mend(written), False)
    last = _title_end(lines, at)
    title = mend("".join(_joined(line.raw) for line in lines[at + 1 : last + 1]))
    return Annex(at, last, label, value, title, False)


def _is_list(
    lines: Sequence[Line],
    at: int,
    mark: str,
    rest: str,
    numbered: bool,
    later: Sequence[tuple[int, re.Match[str]]],
) -> bool:
    """Say whether the line opens the list of annexes and not an annex."""
    following = lines[at + 1].words if at + 1 < len(lines) else ""
    if not rest:
        return mark == ":" and bool(re.match(r"1\s*[.、]", following)) and len(following) <= 60
    if numbered and later and later[0][0] == at + 1 and later[0][1].group(3).strip():
        return True
    if not numbered and re.match(r"1\s*[.、]", rest):
        return True
    wanted = squeeze(rest)
    again = any(_stands_alone(each) or squeeze(each.group(3)) == wanted for _, each in later)
    ending = len(lines) - at <= 6 and all(len(line.words) <= 40 for line in lines[at:])
    return (again or ending) and mark == ":"


def _stands_alone(found: re.Match[str]) -> bool:
    return not found.group(3).strip()


def _list_end(lines: Sequence[Line], at: int) -> int:
    while at + 1 < len(lines):
        words = lines[at + 1].words
        if len(words) > 60 or ends_sentence(words) or not _ENTRY.match(words):
            break
        if _ANNEX.match(words) and not _ANNEX.match(words).group(3).strip():  # type: ignore[union-attr]
            break
        at += 1
    return at


def _title_end(lines: Sequence[Line], at: int) -> int:
    """Return the index of the last line of the title that stands under an annex label."""
    last = at
    for next_at in range(at + 1, min(at + 4, len(lines))):
        words = lines[next_at].words
        if len(words) > _LONGEST_TITLE or ends_sentence(words) or _UNIT_NOTE.match(words):
            break
        if words[0] == "附" and _ANNEX.match(words):
            break
        if next_at > at + 1 and _TITLE_END.search(squeeze(lines[last].words)):
            break
        last = next_at
        if _TITLE_END.search(squeeze(words)):
            return last
    return min(last, at + 1)


def _joined(words: str) -> str:
    return squeeze(words) if re.fullmatch(r"\S(?:\s+\S)+", words) else words
