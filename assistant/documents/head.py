"""The head of a document: its title, the letter that carries a plan, where the body begins.

A notice that prints a plan (印发…方案的通知) is known by the plan: ``Head.title`` is the plan's own
title, ``Head.letter_title`` that of the notice.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant.documents.head_lines import (
    TITLE_END,
    can_be_title,
    ends_with_organ,
    goes_with_title,
    is_addressee,
    is_date_line,
    is_organ_line,
    is_prose,
    join_title,
    number_in,
)
from assistant.documents.labels import label_at
from assistant.documents.named_entries import named_entries
from assistant.documents.shape import Line, fold, squeeze
from assistant.documents.table_heads import is_head

_PRINTS = re.compile(
    r"(?:印发|发布|公布|转发|下发)\s*[《〈“]?(.{4,80}?)[》〉”]?\s*的?\s*(?:通知|决定|公告|函)"
)
_NAMED = re.compile(r"《([^《》]{4,80})》")
_PASSED = re.compile(r"^\(.{4,120}(?:通过|修正|修订|公布|施行|批准)[^()]{0,20}\)$")
_ANNEX_LABEL = re.compile(r"附\s*(?:件|表|录)\s*[\d一二三四五六七八九十]{0,3}\s*:?")
_PRINTING = re.compile(r"关于.{0,4}(?:印发|转发|发布|公布|下发)|^(?:印发|转发)")
_LETTER_END = re.compile(r"(?:通知|决定|公告|通告|函|意见|批复|令)[^\u4e00-\u9fff]*$|[)）]$")
_LOOK, _LONGEST_ORGAN = 60, 24


@dataclass(frozen=True, slots=True)
class Head:
    """What stands before the body.

    Indices count lines. ``first`` is the first line of the head, ``body`` the first line after it;
    ``title_lines`` are the lines of titles; ``signature`` the lines of issuer and date, of the
    letter or at the text's end. ``title`` is empty when no line looks like one.
    """

    title: str
    letter_title: str
    first: int
    body: int
    title_lines: frozenset[int]
    signature: tuple[int, ...]
    addressee: int | None = None


def read_head(lines: Sequence[Line], skipped: Collection[int]) -> Head:
    """Find title, letter and body among ``lines``; lines in ``skipped`` are no content."""
    content = [at for at in range(len(lines)) if at not in skipped]
    titles, at = _titles(lines, content)
    addressee = next((i for i in content[:_LOOK] if is_addressee(lines[i].words)), None)
    title = titles[-1][0] if titles else ""
    used = {i for _, taken in titles for i in taken}
    first = min(used, default=content[0] if content else 0)
    first = next((i for i in content if i < first and number_in(lines[i].words)), first)
    plan = _carried_plan(lines, content, title, at, addressee)
    if plan:
        signature = tuple(i for i in content if first <= i < plan[1][0] and _signs(lines, i))
        body = plan[1][-1] + 1
        return Head(
            plan[0], title, first, body, frozenset(used | set(plan[1])), signature, addressee
        )
    named = named_entries(lines, {*skipped, *used})
    body = min((_body_start(lines, content, at, addressee), *named))
    signature = _closing_signature(lines, content, body)
    return Head(title, "", min(first, body), body, frozenset(used), signature, addressee)


def _titles(
    lines: Sequence[Line], content: Sequence[int]
) -> tuple[list[tuple[str, list[int]]], int]:
    """Return the titles at the top (a page can repeat its title), and where reading went on."""
    titles: list[tuple[str, list[int]]] = []
    at = 0
    while at < min(len(content), _LOOK):
        words = lines[content[at]].words
        if is_addressee(words) or is_prose(words) or (titles and label_at(words)):
            break
        taken = _title_at(lines, content, at)
        if taken:
            titles.append((join_title([lines[i].raw for i in taken]), taken))
            at += len(taken)
        else:
            at += 1
    if not titles:
        return _first_short_lines(lines, content)
    return titles, at


def _first_short_lines(
    lines: Sequence[Line], content: Sequence[int]
) -> tuple[list[tuple[str, list[int]]], int]:
    """Take a first line that stands before other text as the title, though no kind word ends it.

    Where the text begins with an annex, that is the line under its label.
    """
    for place, index in enumerate(content[:2]):
        words = lines[index].words
        if _ANNEX_LABEL.fullmatch(words):
            continue
        short = len(words) <= 40 and len(content) > place + 1
        if short and can_be_title(words) and not ends_with_organ(words):
            return [(join_title([lines[index].raw]), [index])], place + 1
        break
    return [], 0


def _title_at(lines: Sequence[Line], content: Sequence[int], at: int) -> list[int]:
    """Return the lines of the title that begins at ``content[at]``; none where none does."""
    taken: list[int] = []
    for index in content[at : at + 6]:
        words = lines[index].words
        if not can_be_title(words) or (taken and index - taken[-1] > 1):
            break
        if len(taken) == 1 and _begins_anew(lines[taken[0]].words, words):
            return []
        taken.append(index)
        if _are_heads([lines[i].words for i in taken]):
            return []
        if _is_whole(join_title([lines[i].raw for i in taken])):
            return _extended(lines, content, at, taken)
    return taken if taken and _is_named(join_title([lines[i].raw for i in taken])) else []


def _begins_anew(first: str, second: str) -> bool:
    """Say whether a title begins in the second line only: 政务公开 / 关于……的通知."""
    return second.startswith("关于") and _is_whole(second) and not ends_with_organ(squeeze(first))


def _are_heads(words: Sequence[str]) -> bool:
    """Say whether all lines head columns: a table that was flattened."""
    return all(is_head(squeeze(each)) for each in words)


def _is_whole(title: str) -> bool:
    """Say whether a title is at its end: a kind word, all brackets closed, a notice's last word."""
    if not _is_named(title):
        return False
    return not _PRINTING.search(title) or bool(_LETTER_END.search(title))


def _is_named(title: str) -> bool:
    return bool(TITLE_END.search(title)) and title.count("《") <= title.count("》")


def _extended(
    lines: Sequence[Line], content: Sequence[int], at: int, taken: list[int]
) -> list[int]:
    """Add a further line that goes on with the title (实施方案 under …行动) or ends it （试行）."""
    following = content[at + len(taken)] if at + len(taken) < len(content) else -1
    if following < 0 or following - taken[-1] > 1:
        return taken
    words = squeeze(lines[following].words)
    title = join_title([lines[i].raw for i in taken])
    goes_on = can_be_title(words) and len(words) <= 24 and TITLE_END.search(words)
    if goes_with_title(words) or (goes_on and "关于" not in words and words[:4] not in title):
        return [*taken, following]
    return taken


def _signs(lines: Sequence[Line], at: int) -> bool:
    """Say whether a line is the date of a signature or an organ right above one."""
    if is_date_line(lines[at].words):
        return True
    below = [line.words for line in lines[at + 1 : at + 6]]
    return is_organ_line(lines[at].words) and any(
        is_date_line(words) and all(is_organ_line(each) for each in below[:place])
        for place, words in enumerate(below)
    )


def _carried_plan(
    lines: Sequence[Line], content: Sequence[int], title: str, at: int, addressee: int | None
) -> tuple[str, list[int]] | None:
    """Find the title of the plan that a notice carries: after its signature, or as it is named."""
    printed = _PRINTS.search(title)
    named = {fold(squeeze(each)) for each in _NAMED.findall(title)}
    if printed:
        named.add(fold(squeeze(printed.group(1))).strip("《》〈〉“”"))
    signed = False
    for place in range(at, min(len(content), at + _LOOK)):
        words = lines[content[place]].words
        taken = _title_at(lines, content, place) if not is_prose(words) else []
        plan = join_title([lines[i].raw for i in taken]) if taken else ""
        if plan and (fold(squeeze(plan)) in named or (signed and _carries(title, plan))):
            return plan, taken
        signed = signed or is_date_line(words)
        if label_at(words) and not signed and addressee is None:
            return None
    return None


def _carries(title: str, plan: str) -> bool:
    return bool(re.search(r"通知|决定|公告|函|意见", title)) and len(plan) >= 6


def _body_start(
    lines: Sequence[Line], content: Sequence[int], at: int, addressee: int | None
) -> int:
    """Return the first line after title, number, dates, organs and addressee."""
    for place in range(at, len(content)):
        index = content[place]
        words = lines[index].words
        if addressee is not None and index <= addressee and not label_at(words):
            continue
        small = number_in(words) or is_date_line(words) or _PASSED.match(words)
        dated = re.match(r"(?:发布日期|发布时间|日期|来源|时间)\s*:", words) and len(words) < 60
        if (
            small
            or dated
            or (place - at < 4 and is_organ_line(words) and not _ends_text(content, place))
        ):
            continue
        return index
    return content[-1] + 1 if content else 0


def _ends_text(content: Sequence[int], place: int) -> bool:
    return place >= len(content) - 2


def _closing_signature(lines: Sequence[Line], content: Sequence[int], body: int) -> tuple[int, ...]:
    """Return the lines of issuer and date at the text's end or before its annexes.

    Without a date it is the very last line, where that names an organ.
    """
    for place in range(len(content) - 1, -1, -1):
        index = content[place]
        if index <= body:
            break
        if is_date_line(lines[index].words):
            first = place
            while (
                first > 0
                and content[first - 1] > body
                and is_organ_line(lines[content[first - 1]].words)
            ):
                first -= 1
            if first < place:
                return tuple(content[first : place + 1])
    last = content[-1] if content else 0
    undated = last > body and is_organ_line(lines[last].words)
    return (last,) if undated and len(lines[last].words) <= _LONGEST_ORGAN else ()
