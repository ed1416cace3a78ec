"""Units in the order in which they answer a question."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from assistant.answering.expectation import Expectation
from assistant.answering.fitness import is_asked_entry, tells_time, type_fit
from assistant.answering.grounds import Ground
from assistant.answering.relevance import Query, relevance
from assistant.answering.units import Unit, announces, units_of
from assistant.documents import HEAD_PATH
from assistant.text.match import match_key
from assistant.text.numbers import quantities
from assistant.types import Document, Hit, IndicatorValue, Intent, Span

_RETRIEVAL_WEIGHT, _GROUND_WEIGHT = 0.06, 0.15
_ECHO_MALUS, _LEAST_NEW_CHARS, _ANNOUNCING_CHARS = 0.4, 4, 36
_HEADING_MALUS, _HEAD_MALUS, _DUTY_MALUS = 0.08, 0.2, 0.2
_DUTY = re.compile(r"[（(〔\[【]\s*(?:责任|牵头|配合|负责)(?:单位|部门)\s*[:：]")
# Reading numbers and dates costs; only units that cover enough of the question are worth it.
_LOOKED_AT = 48


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit with how much of the question it covers, its final score, and the values in it."""

    unit: Unit
    relevance: float
    score: float
    values: tuple[IndicatorValue, ...]

    @property
    def document_id(self) -> str:
        """The document that the unit stands in."""
        return self.unit.passage.document_id

    def is_beside(self, other: Candidate) -> bool:
        """Say whether both stand in one passage."""
        return self.unit.passage.id == other.unit.passage.id


class Shelved:
    """A document with its indicator values by where they stand, for looking them up by span."""

    def __init__(self, document: Document, values: Sequence[IndicatorValue]) -> None:
        self.document = document
        places = ((span, value) for value in values for span in (value.span, *value.also_at))
        self._placed = sorted(places, key=lambda placed: placed[0].start)
        self._starts = [span.start for span, _ in self._placed]

    @cached_property
    def about(self) -> str:
        """The match key of what the document is about."""
        return match_key(f"{self.document.title} {self.document.city}")

    @cached_property
    def _headings(self) -> dict[int, int]:
        return {heading.span.start: heading.span.end for heading in self.document.outline}

    def values_in(self, span: Span) -> tuple[IndicatorValue, ...]:
        """Return the values that stand wholly inside of ``span``, in order, each once."""
        placed = self._placed[
            bisect_left(self._starts, span.start) : bisect_right(self._starts, span.end)
        ]
        return tuple({id(value): value for at, value in placed if at.end <= span.end}.values())

    def is_heading(self, span: Span) -> bool:
        """Say whether ``span`` is a heading's own words (run-in headings end with a stop)."""
        return span.end <= self._headings.get(span.start, -1) + 1


def rank(
    query: Query,
    expected: Expectation,
    hits: Sequence[Hit],
    shelved: Callable[[str], Shelved],
    ground: Ground,
) -> list[Candidate]:
    """Score the units of ``hits``, best first.

    A heading answers less well than what follows it; what stands near the ``ground`` answers better.
    """
    covered = [
        (relevance(query, unit, title=shelved(unit.passage.document_id).about), unit)
        for unit in units_of(hits, whole_sentences=not expected.wants_number)
        if expected.asks_of_asker or not unit.is_asked
    ]
    covered.sort(key=lambda pair: -pair[0])
    candidates = [
        _candidate(query, expected, unit, share, shelved(unit.passage.document_id), ground)
        for share, unit in covered[:_LOOKED_AT]
    ]
    return sorted(candidates, key=lambda c: (-c.score, c.unit.hit.rank, c.unit.span.start))


def _candidate(
    query: Query,
    expected: Expectation,
    unit: Unit,
    share: float,
    shelved: Shelved,
    ground: Ground,
) -> Candidate:
    values = shelved.values_in(unit.span)
    score = share + type_fit(expected, unit, values) + _RETRIEVAL_WEIGHT * unit.hit.score
    score += _GROUND_WEIGHT * ground.nearness(unit)
    only_announces = announces(unit.text) and len(unit.text) <= _ANNOUNCING_CHARS
    if not unit.is_row and (only_announces or _echoes(query, expected, unit)):
        score -= _ECHO_MALUS
    if expected.intent is not Intent.WHO and _DUTY.match(unit.text):
        score -= _DUTY_MALUS
    if expected.intent is not Intent.WHEN:
        score -= _HEAD_MALUS if unit.passage.heading_path == HEAD_PATH else 0.0
        score -= _HEADING_MALUS if shelved.is_heading(unit.span) else 0.0
    return Candidate(unit, share, score, values)


def _echoes(query: Query, expected: Expectation, unit: Unit) -> bool:
    """Say whether the unit only repeats the question's own words; a number of its own is no echo.

    每年 is news to one who asks when. Whoever asks how it is put, asks for those words.
    """
    if expected.asks_wording or is_asked_entry(expected, unit):
        return False
    tells = expected.intent is Intent.WHEN and tells_time(expected, unit)
    least = 2 if tells else _LEAST_NEW_CHARS
    return len(list(islice(query.new_in(unit.key), least))) < least and not quantities(unit.text)
