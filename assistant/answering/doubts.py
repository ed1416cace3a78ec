"""Doubts: whether the best that was found answers at all, and if not, which refusal is due."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.answering import refusing
from assistant.answering.beside import (
    describes_others,
    is_beside,
    is_superlative,
    names_asked_end,
    only_counts,
    tells_other_end,
)
from assistant.answering.cases import beside_scale
from assistant.answering.choosing import dated_by
from assistant.answering.expectation import Expectation
from assistant.answering.fitness import tells_time
from assistant.answering.holes import Holes
from assistant.answering.lacks import lacks_a_meaning, lacks_a_person
from assistant.answering.numbers import measured
from assistant.answering.ranking import Candidate
from assistant.answering.relevance import Query, missing
from assistant.answering.scopes import names_what_is_asked
from assistant.answering.statements import Outcome
from assistant.answering.support import (
    SHARED_THING,
    Presence,
    asks_of_unknown_name,
    asks_of_unknown_thing,
    is_of_another_county,
    is_of_another_region,
    lacking_share,
    restricting_share,
)
from assistant.answering.units import Unit
from assistant.answering.valuing import (
    choose,
    holds_number,
    is_about_it,
    is_of_another_kind,
    is_of_others,
)
from assistant.answering.years import Years, as_good, is_for_others, sum_not_split, years_of
from assistant.library import Library
from assistant.text.match import match_key
from assistant.types import Document, IndicatorValue, Intent, Question, ValueKind

_LEAST_RELEVANCE, _LEAST_FOR_A_NUMBER = 0.30, 0.41  # of a unit that answers
_NEAR = 0.42  # the least relevance of a unit worth pointing to in a refusal
_SURE_RELEVANCE = 0.55  # of a unit that would answer, had it not lost its value
_MOST_LACKING, _MOST_FOR_A_NUMBER = 0.62, 0.5  # of the weight of the question
_STILL_ABOUT_IT, _OF_THE_SAME, _LOOKED_AT = (
    0.5,
    0.8,
    12,
)  # of the best relevance; of the ranked units
_LEVEL_UNITS, _LEVEL = 3, 0.05  # units that fit about as well as the best
_RESTRICTS = 0.28  # of the weight of a question for a number: a thing that the number must be of
_ASKS_TARGET = re.compile(
    r"目标|要.{0,3}到|最[多少高低]|不超过|控制|几成|几个?点|程度|水平|要(?:达|做|提|降|求|到|[建设配有][^，。？?]{0,2}(?:几|多少))|(?:打算|计划|准备|拟)[^，。？?]{0,6}(?:几|多少)|力争|定(?:了|到|在|的|为)|占比|比例|比重|率|指标|标准"
)


class Doubts:
    """Decide on refusals; holds no state but its library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._holes, self._years = Holes(library), Years(library)
        self._key_of = lru_cache(maxsize=64)(self._read_key)

    def refusal(
        self, question: Question, query: Query, expected: Expectation, ranked: Sequence[Candidate]
    ) -> Outcome | None:
        """Return the refusal that is due, None where the best unit answers."""
        if not ranked:
            return refusing.not_in_documents(question, ())
        best = ranked[0]
        document = self._library.document(best.document_id)
        is_near = best.relevance >= _NEAR
        if expected.wants_number and not _has_chief_word(query, best.unit):
            is_near = False  # numbers of other things would only mislead
        near = [(best.unit, document)] if is_near else []
        if self.is_unsupported(query, expected, best) or lacks_a_person(expected, best):
            return self._not_said(question, near)
        if lacks_a_meaning(expected, best):
            return self._not_said(question, near)
        is_dated = tells_time(expected, best.unit) or dated_by(expected, best)
        if question.intent is Intent.WHEN and not is_dated:
            return self._not_said(question, near)
        if only_counts(expected, [c.unit for c in ranked]):
            return self._not_said(question, near)
        if best.relevance >= _SURE_RELEVANCE and self._holes.is_lost(
            question, query, expected, best
        ):
            return refusing.source_damaged(best.unit, document)
        if lack := self._lack(query, expected, best) or sum_not_split(expected, ranked):
            return self._not_said(question, [(best.unit, document)], lack)
        if expected.wants_number and self._holes.is_garbled(query, expected, best):
            return refusing.source_damaged(best.unit, document)
        if self._years.is_missing(question, expected, ranked):
            widest = max(as_good(ranked), key=lambda candidate: len(years_of(candidate)))
            where = (widest.unit, self._library.document(widest.document_id))
            return refusing.year_not_in_documents(question, years_of(widest), [where])
        if expected.wants_number and not self.has_value(query, expected, best):
            return self._not_said(question, near)
        return None

    def is_for_year(self, query: Query, expected: Expectation, candidate: Candidate) -> bool:
        """Say whether a unit is supported and has a number for the one year that is expected."""
        years = set(expected.years)
        return (
            not self.is_unsupported(query, expected, candidate)
            and self.has_value(query, expected, candidate)
            and bool(years & self._years.near(candidate))
            and not is_for_others(years, expected, candidate)
        )

    def supported_first(
        self, question: Question, query: Query, expected: Expectation, ranked: Sequence[Candidate]
    ) -> list[Candidate]:
        """Put a unit that answers first where the best does not and one that does fits about as well."""
        if ranked and self._lack(query, expected, ranked[0]):
            ranked = self._without_lack_first(query, expected, ranked)
        level = [c for c in ranked[:_LEVEL_UNITS] if c.score > ranked[0].score - _LEVEL]
        whole = (c for c in level if not self._holes.is_lost(question, query, expected, c))
        first = next((c for c in whole if self.could_answer(query, expected, c)), None)
        return [first, *(c for c in ranked if c is not first)] if first else list(ranked)

    def _without_lack_first(
        self, query: Query, expected: Expectation, ranked: Sequence[Candidate]
    ) -> Sequence[Candidate]:
        """Put the first unit that answers for those, and with the kind of value, that are asked for."""
        still = _STILL_ABOUT_IT if expected.wants_number else _OF_THE_SAME
        least = still * ranked[0].relevance
        own = (
            c
            for c in ranked[:_LOOKED_AT]
            if c.relevance >= least
            and (expected.wants_number or names_asked_end(expected, c.unit))
            and self.could_answer(query, expected, c)
            and names_what_is_asked(expected.whose, c.unit.text, c.unit.context)
            and (not expected.indicators or _names_one(expected, c))
        )
        first = next(own, None)
        return [first, *(c for c in ranked if c is not first)] if first else ranked

    def _lack(self, query: Query, expected: Expectation, candidate: Candidate) -> str:
        """Say what a unit's number is not, though all else fits; empty where it is what is asked for."""
        if expected.intent is Intent.WHEN and tells_other_end(expected, candidate.unit):
            return "时间"
        if not expected.wants_number:
            return ""
        if self.is_of_others(query, expected, candidate):
            return "目标或数值（就所问的范围而言）"
        if is_of_another_kind(query, expected, candidate):
            return "目标" if expected.kind is ValueKind.TARGET else "基期值"
        return ""

    def is_of_others(self, query: Query, expected: Expectation, candidate: Candidate) -> bool:
        """Say whether a unit's number is of another scope than the one asked about (二级, 三级)."""
        document = self._library.document(candidate.document_id)
        return is_of_others(query, expected, candidate, document)

    def could_answer(self, query: Query, expected: Expectation, candidate: Candidate) -> bool:
        """Say whether a unit is supported and, where a number is asked for, has the one asked for.

        What the turn before was told is hardly what this one asks of another subject.
        """
        if self.is_unsupported(query, expected, candidate) or self._lack(
            query, expected, candidate
        ):
            return False
        if not expected.wants_number:
            return True
        told = expected.told and _was_told(expected, choose(query, expected, candidate).values)
        return not told and self.has_value(query, expected, candidate)

    def _not_said(
        self, question: Question, near: Sequence[tuple[Unit, Document]], lack: str = ""
    ) -> Outcome:
        asks_target = _ASKS_TARGET.search(question.standalone) and question.intent is Intent.VALUE
        if question.cities and asks_target:
            subject = "、".join(question.indicators)
            return refusing.target_not_set(question, subject, near, lack)
        return refusing.not_in_documents(question, near)

    def is_unsupported(self, query: Query, expected: Expectation, best: Candidate) -> bool:
        """Say whether too much of what was asked is missing where the best unit stands.

        A wrong number does more harm than a sentence beside the point, so it needs more support.
        """
        number = expected.wants_number
        if best.relevance < (_LEAST_FOR_A_NUMBER if number else _LEAST_RELEVANCE):
            return True
        query = beside_scale(query, expected, best.unit.text)
        document = self._library.document(best.document_id)
        about_document = match_key(f"{document.title} {document.issuer} {document.city}")
        generation = self._library.generation
        presence = Presence(
            in_document=lambda word: match_key(word) in self._key_of(document.id, generation),
            in_city=lambda word: self._library.mentions(word, city=document.city),
            in_library=self._library.mentions,
        )
        if asks_of_unknown_name(query, best, presence):
            return True
        in_place = number and expected.intent is not Intent.COMPARE
        if in_place and is_of_another_region(query, about_document, presence):
            return True
        if is_of_another_county(query, best, about_document):
            return True
        lacking = missing(query, best.unit.key, least_shared=SHARED_THING)
        if expected.asks_whether and asks_of_unknown_thing(lacking, presence):
            return True
        if number and restricting_share(query, best, about_document, presence) > _RESTRICTS:
            return True
        most = _MOST_FOR_A_NUMBER if number else _MOST_LACKING
        return lacking_share(query, best, about_document, presence) > most

    def _read_key(self, document_id: str, generation: int) -> str:
        """Return the text to compare words with, made once for each generation of the library."""
        return match_key(self._library.document(document_id).text)

    def has_value(self, query: Query, expected: Expectation, best: Candidate) -> bool:
        """Say whether the unit holds a value of what was asked; a named indicator must be that one."""
        chosen = choose(query, expected, best)
        words = " ".join(value.quote for value in chosen.values) or chosen.clause
        if is_beside(expected, best.unit, chosen.values, words):
            return False
        named = [v for v in best.values if v.indicator in expected.indicators]
        if named:
            return not expected.measures or any(v.value is not None for v in named)
        if not is_about_it(query, expected, best) or describes_others(query, expected, best.unit):
            return False
        in_words = not expected.measures and (
            any(v.value is None for v in best.values) or is_superlative(expected, best.unit)
        )
        if not in_words and not holds_number(expected, best):
            return False
        if not expected.indicators:
            return True
        unit = best.unit
        lacking = missing(query, unit.key, unit.context, unit.lead, least_shared=1.0)
        all_there = not any(not one.keyword.is_light for one in lacking)
        return all_there and bool(measured(expected, unit.text))


def _names_one(expected: Expectation, candidate: Candidate) -> bool:
    """Say whether a unit has a value of an indicator that the question names."""
    return any(value.indicator in expected.indicators for value in candidate.values)


def _was_told(expected: Expectation, values: Sequence[IndicatorValue]) -> bool:
    return bool(values) and all(value in expected.told for value in values)


def _has_chief_word(query: Query, unit: Unit) -> bool:
    """Say whether a unit has the weightiest word of the question."""
    things = [one for one in query.wanted if one.in_focus and not one.keyword.is_light]
    if not things:
        return True
    weightiest = max(things, key=lambda one: one.weight).keyword
    return any(form in unit.key or form in unit.context for form in weightiest.forms)
