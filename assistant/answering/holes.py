"""Holes: text that the source lost, and whether what was asked for was in it."""

from __future__ import annotations

import re

from assistant.answering.expectation import Expectation
from assistant.answering.numbers import measured
from assistant.answering.ranking import Candidate
from assistant.answering.relevance import Query, coverage
from assistant.answering.valuing import choose
from assistant.library import Library
from assistant.text.match import match_key
from assistant.text.numbers import Quantity
from assistant.text.sentences import clauses
from assistant.types import DamageKind, Intent, Question, Span

_NAMING_CHARS = 7
_CLEARLY = 1.5  # how much better the words at a hole must cover the question than any other clause
_PLAINLY = 2.0  # how much more of the question must name the hole than anything else
_STARTS_FROM = re.compile(r"[由从]\s*$")  # 由 400 元提高至…: where it starts, not where it ends
_HOLES = (DamageKind.STRAY_LINES, DamageKind.CUT_SHORT)


class Holes:
    """Find what of a unit is lost; holds no state but its library."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def is_in(self, candidate: Candidate) -> bool:
        """Say whether the source lost text inside of the unit."""
        return any(hole.overlaps(candidate.unit.span) for hole in self._holes(candidate))

    def _holes(self, candidate: Candidate) -> list[Span]:
        damage = self._library.document(candidate.document_id).damage
        return [each.span for each in damage if each.kind in _HOLES]

    def is_lost(
        self, question: Question, query: Query, expected: Expectation, best: Candidate
    ) -> bool:
        """Say whether what was asked for fell into a hole of the source.

        What is no number did where the words before the hole, and no other clause, say what is asked.
        """
        if question.intent is Intent.VALUE:
            return self._value_is_lost(query, expected, best)
        broken = self._broken_words(best)
        if not broken:
            return False
        whole = [match_key(span.of(best.unit.text)) for span in clauses(best.unit.text)]
        rest = [key for key in whole if key not in broken and broken not in key]
        at_hole = coverage(query, key=broken)
        return at_hole > _CLEARLY * max((coverage(query, key=key) for key in rest), default=0.0)

    def _value_is_lost(self, query: Query, expected: Expectation, best: Candidate) -> bool:
        """Say whether the value that was asked for fell into a hole of the source.

        It did where the question names what stands before the hole and nothing that stands right
        before another number; failing that, where the clause that covers the question best has no
        number left.
        """
        broken = self._broken_words(best)
        if not broken:
            return False
        elsewhere = _words_before_numbers(expected, best.unit.text)
        of_hole = _weight_in(query, broken, but_not_in=elsewhere)
        of_others = _weight_in(query, elsewhere, but_not_in=broken)
        if of_hole > _PLAINLY * of_others:
            return True
        if of_others:
            return False
        parts = [part for part in re.split(r"[，,；;。]|\n\n", best.unit.text) if part.strip()]
        nearest = max(parts, key=lambda part: coverage(query, key=match_key(part)))
        return not _results(expected, nearest)

    def _broken_words(self, candidate: Candidate) -> str:
        """Return the match key of what stands before the holes of the unit, empty without one.

        What began before the unit, or lost its beginning and goes on whole (一深圳罗湖模式”，由…),
        takes nothing from it.
        """
        text, unit = self._library.document(candidate.document_id).text, candidate.unit.span
        holes = (hole for hole in self._holes(candidate) if unit.start <= hole.start < unit.end)
        ends = (hole for hole in holes if "\n" in hole.of(text).strip() or hole.end >= unit.end)
        return match_key(" ".join(hole.of(text).split("\n", 1)[0] for hole in ends))

    def is_garbled(self, query: Query, expected: Expectation, best: Candidate) -> bool:
        """Say whether the number itself lost a sign inside (9092以上), so that nobody can read it."""
        document, chosen = self._library.document(best.document_id), choose(query, expected, best)
        said = " ".join(value.quote for value in chosen.values) or chosen.clause
        garbled = (
            damage.span.of(document.text)
            for damage in document.damage
            if damage.kind is DamageKind.LOST_SYMBOL and best.unit.span.contains(damage.span)
        )
        return any(words in said and measured(expected, words) for words in garbled)


def _weight_in(query: Query, text: str, *, but_not_in: str) -> float:
    """Return the weight of the question's own words that stand in one text and not in another."""
    return sum(
        one.weight
        for one in query.wanted
        if one.in_focus
        and len(one.keyword.word) > 1
        and any(form in text for form in one.keyword.forms)
        and not any(form in but_not_in for form in one.keyword.forms)
    )


def _words_before_numbers(expected: Expectation, text: str) -> str:
    """Return the few words right before each number that could be an answer."""
    key = match_key(text)
    return " ".join(
        key[max(0, quantity.span.start - _NAMING_CHARS) : quantity.span.start]
        for quantity in _results(expected, key)
    )


def _results(expected: Expectation, text: str) -> list[Quantity]:
    """Return the numbers that could be the answer, less those that something rose or fell from."""
    return [
        quantity
        for quantity in measured(expected, text)
        if not _STARTS_FROM.search(text[: quantity.span.start])
    ]
