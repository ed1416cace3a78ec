"""Years: for which of them a unit speaks, and whether that is what was asked."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.expectation import Expectation
from assistant.answering.numbers import fits
from assistant.answering.ranking import Candidate
from assistant.library import Library
from assistant.text.dates import find_years
from assistant.types import Intent, Question, ValueKind

_SURE_SHARE = 0.9  # of the best relevance, of units that are as good as the best


class Years:
    """Read the years that units speak for; holds no state but its library."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def is_missing(
        self, question: Question, expected: Expectation, ranked: Sequence[Candidate]
    ) -> bool:
        """Say whether a year that this turn itself names is supported by no good unit."""
        asked = set(expected.years)
        if not asked:
            return False
        good = as_good(ranked)
        if question.intent is not Intent.VALUE:
            return not any(asked & self._of_document(c) for c in good)
        return (
            not any(asked & self.near(c) for c in good)
            or is_for_others(asked, expected, good[0])
            or self._is_past(asked, expected, good[0])
        )

    def _is_past(self, asked: set[int], expected: Expectation, best: Candidate) -> bool:
        """Say whether years to come are asked for and the unit has but what was reached by its day."""
        document = self._library.document(best.document_id)
        if not document.issued or min(asked) <= document.issued.year:
            return False
        fitting = [v for v in best.values if v.value is not None and fits(expected, v.unit)]
        named = [v for v in fitting if v.indicator in expected.indicators] or fitting
        return bool(named) and all(v.kind is not ValueKind.TARGET for v in named)

    def _of_document(self, candidate: Candidate) -> set[int]:
        document = self._library.document(candidate.document_id)
        dated = {document.issued.year} if document.issued else set()
        return dated | _years_in(document.text)

    def near(self, candidate: Candidate) -> set[int]:
        """Return the years that a unit can speak for: its own, those before it, its document's."""
        unit, document = candidate.unit, self._library.document(candidate.document_id)
        inside = [h.section for h in document.outline if h.section.contains(unit.span)]
        start = max((section.start for section in inside), default=unit.passage.span.start)
        before = document.text[min(start, unit.passage.span.start) : unit.span.end]
        near = f"{before} {unit.column} {' '.join(unit.passage.heading_path)} {' '.join(unit.passage.header)}"
        years = _years_in(f"{near} {document.title}")
        years |= {value.year for value in candidate.values if value.year}
        dated = document.issued
        return years | ({dated.year} if dated else set())


def as_good(ranked: Sequence[Candidate]) -> list[Candidate]:
    """Return the units that cover about as much of the question as the first does."""
    return [c for c in ranked if c.relevance >= _SURE_SHARE * ranked[0].relevance]


def sum_not_split(expected: Expectation, ranked: Sequence[Candidate]) -> str:
    """Say that no good unit tells a year of several that are asked for one by one; else empty.

    The sum of three years is not what each of them gets.
    """
    if not (expected.wants_number and expected.asks_each and len(expected.years) > 1):
        return ""
    told = {year for c in as_good(ranked) for year in (*years_of(c), *_years_in(c.unit.column))}
    return "" if told.intersection(expected.years) else "分年度的数值"


def years_of(candidate: Candidate) -> list[int]:
    """Return the years of a unit's values, else those that its text names, in order."""
    named = {value.year for value in candidate.values if value.year}
    return sorted(named or _years_in(candidate.unit.text))


def _years_in(text: str) -> set[int]:
    return {found.year for found in find_years(text)}


def is_for_others(asked: set[int], expected: Expectation, best: Candidate) -> bool:
    """Say whether every number of the unit that could answer is plainly for another year."""
    fitting = [v for v in best.values if v.value is not None and fits(expected, v.unit)]
    return bool(fitting) and all(v.year and v.year not in asked for v in fitting)
