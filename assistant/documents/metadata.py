"""Metadata read from the text: kind, issuer, city, number, index number, dates.

Dates are kept apart. ``signed`` (成文) is the date under the signature; where that one lost its
separators, or where there is none, it is the date that the page's index head names. ``printed``
(印发) is the imprint's, ``published`` (发布) the page's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.documents.apparatus import PRINTED, Apparatus
from assistant.documents.head import Head
from assistant.documents.head_lines import (
    NUMBER,
    date_of_line,
    is_date_line,
    number_in,
)
from assistant.documents.issuing import area_named, read_city, read_issuer, read_publisher
from assistant.documents.shape import Line, squeeze
from assistant.text.dates import find_dates
from assistant.types import DocumentKind

_NUMBER_FIELDS = ("发文字号", "文号", "发文文号", "文件编号", "文件字号", "文件文号")
_SIGNED_FIELDS = ("成文日期", "成文时间", "发文日期", "发文时间")
_PRINTED_FIELDS = ("印发日期",)
_PUBLISHED_FIELDS = ("发布日期", "发布时间", "公开日期", "公开时间", "公布日期")
_PUBLISHED = re.compile(r"^(?:发布日期|发布时间|日期|时间|公开日期)\s*:|浏览|来源\s*:")
_KINDS = (
    (
        r"(?:答复|复函)(?:意见)?的?函?$|(?:提案|建议|议案).{0,12}(?:答复|复函|函)",
        DocumentKind.REPLY,
    ),
    (r"(?:方案|行动计划|计划|要点|行动)$", DocumentKind.PLAN),
    (r"(?:规划|纲要)$", DocumentKind.PROGRAMME),
    (r"意见$", DocumentKind.OPINION),
    (r"(?:办法|规定|细则|规则)$", DocumentKind.MEASURES),
    (r"(?:条例|法)$", DocumentKind.LAW),
    (r"(?:报告|总结|公报)$", DocumentKind.REPORT),
    (r"通知$", DocumentKind.NOTICE),
)
_BRACKETS = re.compile(r"\s*[(（〔\[][^)）〕\]]{1,18}[)）〕\]]$")
_SELF_NAMING = 3000
_PASSED = re.compile(r"(?:通过|公布|批准|发布)")
_REPORTED = re.compile(
    r"(?:报告|填报|填表|编制|制表|报送|落款)(?:日期|时间)\s*:(?P<value>.{6,24})$"
)
_LAST_LINES = 12


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the text says of itself; a field is empty or None where it does not."""

    title: str
    kind: DocumentKind
    issuer: str
    city: str
    number: str
    index_number: str
    signed: date | None
    printed: date | None
    published: date | None


def read_metadata(
    lines: Sequence[Line], head: Head, apparatus: Apparatus, title_from_markup: str
) -> Metadata:
    """Read the metadata of a document from its head, its index head and its imprint."""
    title = head.title or apparatus.field(("标题", "名称", "文件名称")) or title_from_markup
    issuer, publisher = read_issuer(lines, head, apparatus), read_publisher(apparatus)
    titles = (title, head.letter_title, area_named(lines))
    return Metadata(
        title=title,
        kind=kind_of(title),
        issuer=issuer or publisher,
        city=read_city(issuer, *titles, publisher=publisher, text=_beginning(lines, head)),
        number=_read_number(lines, head, apparatus),
        index_number=squeeze(apparatus.field(("索引号",))),
        signed=_read_signed(lines, head, apparatus),
        printed=_read_printed(lines, apparatus),
        published=_read_published(lines, head, apparatus),
    )


def _beginning(lines: Sequence[Line], head: Head) -> str:
    """Return the first words of the body."""
    return "\n".join(line.raw for line in lines[head.body : head.body + 60])[:_SELF_NAMING]


def kind_of(title: str) -> DocumentKind:
    """Return the kind that a title's last words name."""
    plain = _BRACKETS.sub("", squeeze(title)).rstrip("》”")
    for pattern, kind in _KINDS:
        if re.search(pattern, plain):
            return kind
    return DocumentKind.OTHER


def _date_field(apparatus: Apparatus, names: Sequence[str]) -> date | None:
    for name in names:
        written = apparatus.field((name,))
        found = find_dates(written) or find_dates(squeeze(written))
        if found:
            return found[0].date
    return None


def _read_number(lines: Sequence[Line], head: Head, apparatus: Apparatus) -> str:
    for line in lines[: head.body]:
        if number := number_in(line.words):
            start = line.words.index(number)
            return squeeze(line.raw[start : start + len(number)])
    found = NUMBER.search(apparatus.field(_NUMBER_FIELDS))
    return squeeze(found.group()) if found else ""


def _read_signed(lines: Sequence[Line], head: Head, apparatus: Apparatus) -> date | None:
    written = [found for at in head.signature if (found := date_of_line(lines[at].words))]
    whole = [found.date for found in written if not found.damaged]
    named = _date_field(apparatus, _SIGNED_FIELDS)
    if whole:
        return whole[-1]
    if named:
        return named
    if written:
        return written[-1].date
    return _passed(lines, head) or _reported(lines)


def _passed(lines: Sequence[Line], head: Head) -> date | None:
    """Return the date of （2019年12月28日…通过） under a law's title."""
    for line in lines[head.first : head.body]:
        words = squeeze(line.words)
        found = find_dates(words)
        begins = bool(found) and not words[: found[0].span.start].strip("(")
        if begins and _PASSED.search(words):
            return found[0].date
    return None


def _reported(lines: Sequence[Line]) -> date | None:
    """Return the date of 报告日期：2025年2月20日 at a report's end."""
    for line in reversed(lines[-_LAST_LINES:]):
        if match := _REPORTED.match(line.words):
            found = find_dates(squeeze(match["value"]))
            return found[0].date if found else None
    return None


def _read_printed(lines: Sequence[Line], apparatus: Apparatus) -> date | None:
    for at in sorted(apparatus.lines, reverse=True):
        if PRINTED.search(lines[at].words) and len(lines[at].words) < 60:
            found = find_dates(squeeze(lines[at].words))
            if found:
                return found[-1].date
    return _date_field(apparatus, _PRINTED_FIELDS)


def _read_published(lines: Sequence[Line], head: Head, apparatus: Apparatus) -> date | None:
    named = _date_field(apparatus, _PUBLISHED_FIELDS)
    if named:
        return named
    signed = set(head.signature)
    for at, line in enumerate(lines[: head.body]):
        if at in signed or len(line.words) > 90:
            continue
        if _PUBLISHED.search(line.words) or (at > head.first and is_date_line(line.words)):
            found = find_dates(line.words) or find_dates(squeeze(line.words))
            if found:
                return found[0].date
    return None
