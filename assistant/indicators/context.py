"""Where in a document a value stands: its headings, the departments responsible, what is damaged."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from assistant.indicators.kinds import Stance, stance, written_in
from assistant.indicators.times import NO_TIME, Time
from assistant.text.dates import find_years
from assistant.types import Document, DocumentKind, Heading, Span, ValueKind

_BRACKET = re.compile(
    r"[〔\[（(【](?P<said>(?:责任|牵头|主办|实施|配合)(?:单位|部门|主体)\s*[:：])"
    r"(?P<names>(?:[^()（）〔〕【】\[\]\n]|[（(〔][^（）()〔〕\n]{1,20}[)）〕]){3,400})[〕\]）)】]"
    r"|〔(?P<plain>[^〔〕\n]{3,400})〕|[（(](?P<round>(?:[^()（）\n]|（[^（）\n]{1,6}）){3,400})[)）](?=[。；;\s]|$)"
)
_LINE = re.compile(
    r"^[ \t\u3000]*(?:责任单位|牵头单位|责任部门|责任主体)\s*[:：](?P<names>[^\n]{2,300})$", re.M
)
_DEPARTMENT = re.compile(
    r"(?:局|委|办|部|政府|厅|院|会|中心|部门|单位|银行|公司|党委|学校|集团|工委|市委|署|处|社)$"
)
_DUTY = re.compile(
    r"(?:按(?:照)?职责分工)?(?:分别)?(?:共同)?(?:牵头负责|负责落实|具体负责|负责|牵头|配合|落实|参与)$"
)
_OF_A_YEAR = re.compile(r"20\d\d\s*年度|20\d\d\s*年.*公报$")
_SPLIT = re.compile(r"[、，,；;]|和(?=各|市|县|省|区|有关|相关)")


@dataclass(frozen=True, slots=True)
class Departments:
    """The departments named at the end of a stretch, and where their bracket stands."""

    names: tuple[str, ...]
    span: Span


class Surroundings:
    """Answers, for a place in a document, what its surroundings say."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._headings = sorted(document.outline, key=lambda heading: heading.span.start)
        self._starts = [heading.span.start for heading in self._headings]
        self._brackets = find_departments(document.text)
        self._ends = [bracket.span.start for bracket in self._brackets]
        self._written = written_in(document)
        self._above: dict[int, list[Heading]] = {}
        self._times: dict[tuple[str, ...], Time] = {}
        self._stances: dict[tuple[str, ...], Stance] = {}

    def heading_path(self, position: int) -> tuple[str, ...]:
        """Return the headings over ``position``, outermost first, as label and title."""
        index = bisect_right(self._starts, position)
        if index not in self._above:
            above = [h for h in self._headings[:index] if h.section.end > self._starts[index - 1]]
            self._above[index] = sorted(above, key=lambda h: h.level)
        inside = self._above[index]
        return tuple(f"{h.label}{h.title}" for h in inside if position < h.section.end)

    def departments(self, position: int) -> tuple[str, ...]:
        """Return the departments of the bracket that ends the stretch, none over a heading."""
        index = bisect_right(self._ends, position)
        if index == len(self._brackets):
            return ()
        bracket = self._brackets[index]
        following = bisect_right(self._starts, position)
        if following < len(self._starts) and self._starts[following] < bracket.span.start:
            return ()
        return bracket.names

    def is_heading(self, span: Span) -> bool:
        """Say whether ``span`` lies in the words of a heading."""
        index = bisect_right(self._starts, span.start) - 1
        return index >= 0 and self._headings[index].span.contains(span)

    @property
    def rules(self) -> bool:
        """Say whether the document lays down rules (办法, 法律): most of its numbers are conditions."""
        return self.document.kind in (DocumentKind.MEASURES, DocumentKind.LAW)

    def heading_time(self, position: int) -> Time:
        """Return the one year that the innermost dated heading names (一、2023年工作情况).

        Without one, what a report on a year says of the past is of that year (2024年度自评报告).
        """
        path = self.heading_path(position)
        if path not in self._times:
            looks_back = self.stance(position).usual is ValueKind.ACHIEVED
            reported = (self.document.title,) if looks_back and self._reports_on_a_year else ()
            self._times[path] = _one_year((*reported, *path))
        return self._times[path]

    @property
    def _reports_on_a_year(self) -> bool:
        document = self.document
        return document.kind is DocumentKind.REPORT and bool(_OF_A_YEAR.search(document.title))

    def stance(self, position: int) -> Stance:
        """Return from where the section at ``position`` looks (back, or ahead)."""
        path = self.heading_path(position)
        if path not in self._stances:
            self._stances[path] = stance(self.document, path, self._written)
        return self._stances[path]

    def damaged(self, span: Span) -> bool:
        """Say whether text is lost at ``span``."""
        return any(span.overlaps(damage.span) for damage in self.document.damage)


def _one_year(path: tuple[str, ...]) -> Time:
    for heading in reversed(path):
        years = {found.year for found in find_years(heading)}
        if years:
            return Time(years.pop()) if len(years) == 1 else NO_TIME
    return NO_TIME


def find_departments(text: str) -> tuple[Departments, ...]:
    """Return the responsible departments that ``text`` names in brackets or lines of their own."""
    found = []
    for pattern in (_BRACKET, _LINE):
        for match in pattern.finditer(text):
            groups = match.groupdict()
            written = groups["names"] or groups.get("plain") or groups.get("round") or ""
            listed = split_departments(written)
            said = pattern is _LINE or groups.get("said") or _DUTY.search(written.strip())
            if listed and (said or (groups.get("plain") and len(listed) > 1)):
                found.append(Departments(listed, Span(*match.span())))
    return tuple(sorted(found, key=lambda one: one.span.start))


def split_departments(words: str) -> tuple[str, ...]:
    """Split a list of departments; empty when the words are no such list."""
    listed = words.split("。")[0]
    parts = [_DUTY.sub("", part.strip()).strip() for part in _SPLIT.split(listed)]
    parts = [part for part in parts if part]
    named = [part for part in parts if _DEPARTMENT.search(part) or part.startswith("各")]
    return tuple(parts) if parts and len(named) * 4 >= len(parts) * 3 else ()
