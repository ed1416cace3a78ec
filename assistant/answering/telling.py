"""Telling: the best units become statements, as few as answer; several where each is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.choosing import (
    below_heading,
    below_topic,
    choose_units,
    dated_by,
    enumerating_heading,
    who_follows,
    with_following,
    with_level,
)
from assistant.answering.doubts import Doubts
from assistant.answering.expectation import Expectation
from assistant.answering.fitness import is_asked_entry, tells_time
from assistant.answering.holes import Holes
from assistant.answering.ranking import Candidate
from assistant.answering.relevance import Query
from assistant.answering.statements import Statement
from assistant.answering.valuing import choose
from assistant.answering.wording import damage_note, say_clause, say_unit, say_values
from assistant.library import Library
from assistant.types import Intent, Question, Span


class Teller:
    """Say what ranked units answer; holds no state but its library."""

    def __init__(self, library: Library, doubts: Doubts) -> None:
        self._library, self._doubts, self._holes = library, doubts, Holes(library)

    def tell(
        self, question: Question, query: Query, expected: Expectation, ranked: Sequence[Candidate]
    ) -> list[Statement]:
        """Say what the best of ``ranked`` answers, with a note where its source lost text."""
        best = ranked[0]
        if question.intent is Intent.VALUE:
            each = self._best_of_each(query, expected, ranked)
            said = [self.value(question, query, asked, unit) for asked, unit in each]
        elif (
            question.intent is Intent.WHEN
            and not tells_time(expected, best.unit)
            and (dating := dated_by(expected, best))
        ):
            document = self._library.document(best.document_id)
            said = [say_unit(dating, document), self._say(best)]
        elif naming := who_follows(expected, best):
            said = [say_unit(naming, self._library.document(best.document_id))]
        elif is_asked_entry(expected, best.unit):
            said = [self._say(best)]
        elif (question.intent is Intent.HOW and (below := below_topic(query, ranked))) or (
            question.intent in (Intent.HOW, Intent.LIST) and (below := below_heading(ranked))
        ):
            said = [self._say(c) for c in below]
        elif question.intent is Intent.LIST and (heading := enumerating_heading(expected, ranked)):
            said = [self._say(heading)]
        else:
            said = [self._say(c) for c in self._chosen(query, expected, ranked)]
        return [*said, *([damage_note()] if self._holes.is_in(best) else [])]

    def _chosen(
        self, query: Query, expected: Expectation, ranked: Sequence[Candidate]
    ) -> list[Candidate]:
        chosen = choose_units(query, [c for c in ranked if c.is_beside(ranked[0])])
        if expected.intent not in (Intent.HOW, Intent.LIST):
            return chosen
        return with_following(expected, with_level(chosen, ranked), ranked)

    def _best_of_each(
        self, query: Query, expected: Expectation, ranked: Sequence[Candidate]
    ) -> list[tuple[Expectation, Candidate]]:
        """Return the best unit; of several years or subjects that are asked for, the best for each."""
        found: dict[Span, tuple[Expectation, Candidate]] = {}
        for year in expected.years if len(expected.years) > 1 else ():
            asked = replace(expected, years=(year,), hoped_years=(year,))
            fitting = (c for c in ranked if self._doubts.is_for_year(query, asked, c))
            if best := next(fitting, None):
                found.setdefault(best.unit.span, (asked, best))
        if len(found) < 2 and expected.asks_each:
            units = choose_units(query, ranked)
            fitting = (c for c in units if self._doubts.could_answer(query, expected, c))
            found = {c.unit.span: (expected, c) for c in fitting}
        return list(found.values()) if len(found) > 1 else [(expected, ranked[0])]

    def _say(self, candidate: Candidate) -> Statement:
        return say_unit(candidate.unit, self._library.document(candidate.document_id))

    def value(
        self, question: Question, query: Query, expected: Expectation, candidate: Candidate
    ) -> Statement:
        """Say the value of ``candidate`` that was asked for, or its clause, or all of it."""
        document = self._library.document(candidate.document_id)
        unit, with_city = candidate.unit, document.city not in question.cities
        if not expected.wants_number:
            return say_unit(unit, document, with_city=with_city)
        chosen = choose(query, expected, candidate)
        if chosen.values:
            return say_values(unit, chosen.values, document, with_city=with_city)
        if not chosen.clause:
            return say_unit(unit, document, with_city=with_city)
        return say_clause(unit, chosen.clause, document, with_city=with_city)
