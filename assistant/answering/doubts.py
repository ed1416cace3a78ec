"""Doubts: whether the best that was found answers at all, and if not, which refusal is due."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.answering import refusing
from assistant.answering.expectation import Expectation, fits, measured
from assistant.answering.ranking import Candidate
from assistant.answering.relevance import Query, coverage, missing
from assistant.answering.statements import Outcome
from assistant.answering.support import (
    Presence,
    asks_of_unknown_name,
    asks_of_unknown_thing,
    lacking_share,
    restricting_share,
)
from assistant.answering.units import Unit
from assistant.answering.valuing import choose, is_about_it
from assistant.library import Library
from assistant.text.dates import find_years
from assistant.text.match import match_key
from assistant.text.numbers import Quantity
from assistant.text.sentences import clauses
from assistant.types import DamageKind, Document, Intent, Question

_LEAST_RELEVANCE, _LEAST_FOR_A_NUMBER = 0.30, 0.41  # of a unit that answers
_NEAR = 0.42  # the least relevance of a unit worth pointing to in a refusal
_SURE_SHARE = 0.9  # of the best relevance, of units that are as good as the best
_SURE_RELEVANCE = 0.55  # of a unit that would answer, had it not lost its value
_MOST_LACKING, _MOST_FOR_A_NUMBER = 0.62, 0.5  # of the weight of the question
_NAMING_CHARS = 7
_LEVEL_UNITS, _LEVEL = 3, 0.05  # units that fit about as well as the best
_RESTRICTS = 0.28  # of the weight of a question for a number: a thing that the number must be of
_SHARED_THING = 0.3  # of the pairs of a word, for a unit to speak of the thing
_CLEARLY = 1.5  # how much better the words at a hole must cover the question than any other clause
_PLAINLY = 2.0  # how much more of the question must name the hole than anything else
_STARTS_FROM = re.compile(r"[由从]\s*$")  # 由 400 元提高至…: where it starts, not where it ends
_HOLES = (DamageKind.STRAY_LINES, DamageKind.CUT_SHORT)
_ASKS_TARGET = re.compile(
    r"目标|要.{0,3}到|最[多少高低]|不超过|控制|几成|几个?点|程度|水平|要(?:达|做|提|降|求|到)|力争|定(?:了|到|在|的|为)|占比|比例|比重|率|指标|标准"
)
_ASKS_PERSON = re.compile(r"叫(?:什么|啥)(?:名字)?|姓名|姓什么|名字")


class Doubts:
    """Decide on refusals; holds no state but its library."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def refusal(
        self, question: Question, query: Query, expected: Expectation, ranked: Sequence[Candidate]
    ) -> Outcome | None:
        """Return the refusal that is due, None where the best unit answers."""
        if not ranked:
            return refusing.not_in_documents(question, ())
        best = ranked[0]
        document = self._library.document(best.document_id)
        is_near = best.relevance >= _NEAR
        if expected.wants_number and not _names_what_is_asked(query, best.unit):
            is_near = False  # numbers of other things would only mislead
        near = [(best.unit, document)] if is_near else []
        if self.is_unsupported(query, expected, best) or self._lacks_a_person(question, best):
            return self._not_said(question, near)
        if best.relevance >= _SURE_RELEVANCE and self._is_lost(question, query, expected, best):
            return refusing.source_damaged(best.unit, document)
        if expected.wants_number and self._is_garbled(query, expected, best):
            return refusing.source_damaged(best.unit, document)
        if self._year_is_missing(question, expected, ranked):
            good = [c for c in ranked if c.relevance >= _SURE_SHARE * best.relevance]
            widest = max(good, key=lambda candidate: len(_years_of(candidate)))
            where = (widest.unit, self._library.document(widest.document_id))
            return refusing.year_not_in_documents(question, _years_of(widest), [where])
        if expected.wants_number and not self.has_value(query, expected, best):
            return self._not_said(question, near)
        return None

    def is_for_year(self, query: Query, expected: Expectation, candidate: Candidate) -> bool:
        """Say whether a unit is supported and has a number for the one year that is expected."""
        years = set(expected.years)
        return (
            not self.is_unsupported(query, expected, candidate)
            and self.has_value(query, expected, candidate)
            and bool(years & self._years_near(candidate))
            and not _is_for_others(years, expected, candidate)
        )

    def supported_first(
        self, question: Question, query: Query, expected: Expectation, ranked: Sequence[Candidate]
    ) -> list[Candidate]:
        """Put a unit that answers first where the best does not and one that does fits about as well."""
        level = [c for c in ranked[:_LEVEL_UNITS] if c.score > ranked[0].score - _LEVEL]
        whole = (c for c in level if not self._is_lost(question, query, expected, c))
        first = next((c for c in whole if self.could_answer(query, expected, c)), None)
        return [first, *(c for c in ranked if c is not first)] if first else list(ranked)

    def could_answer(self, query: Query, expected: Expectation, candidate: Candidate) -> bool:
        """Say whether a unit is supported and, where a number is asked for, has one."""
        if self.is_unsupported(query, expected, candidate):
            return False
        return not expected.wants_number or self.has_value(query, expected, candidate)

    def _not_said(self, question: Question, near: Sequence[tuple[Unit, Document]]) -> Outcome:
        asks_target = _ASKS_TARGET.search(question.standalone) and question.intent is Intent.VALUE
        if question.cities and asks_target:
            subject = "、".join(question.indicators)
            return refusing.target_not_set(question, subject, near)
        return refusing.not_in_documents(question, near)

    def is_unsupported(self, query: Query, expected: Expectation, best: Candidate) -> bool:
        """Say whether too much of what was asked is missing where the best unit stands.

        A wrong number does more harm than a sentence beside the point, so it needs more support.
        """
        number = expected.wants_number
        if best.relevance < (_LEAST_FOR_A_NUMBER if number else _LEAST_RELEVANCE):
            return True
        document = self._library.document(best.document_id)
        about_document = match_key(f"{document.title} {document.issuer} {document.city}")
        presence = Presence(
            in_document=lambda word: match_key(word) in _key_of(document),
            in_city=lambda word: self._library.mentions(word, city=document.city),
            in_library=self._library.mentions,
        )
        if asks_of_unknown_name(query, presence):
            return True
        lacking = missing(query, best.unit.key, least_shared=_SHARED_THING)
        if expected.asks_whether and asks_of_unknown_thing(lacking, presence):
            return True
        if number and restricting_share(query, best, about_document, presence.in_city) > _RESTRICTS:
            return True
        most = _MOST_FOR_A_NUMBER if number else _MOST_LACKING
        return lacking_share(query, best, about_document, presence) > most

    def _lacks_a_person(self, question: Question, best: Candidate) -> bool:
        return bool(_ASKS_PERSON.search(question.standalone)) and not _names_a_person(
            best.unit.text
        )

    def has_value(self, query: Query, expected: Expectation, best: Candidate) -> bool:
        """Say whether the unit holds a value of what was asked; a named indicator must be that one."""
        named = [v for v in best.values if v.indicator in expected.indicators]
        if named:
            return not expected.measures or any(v.value is not None for v in named)
        if not is_about_it(query, expected, best):
            return False
        in_words = not expected.measures and any(v.value is None for v in best.values)
        if (
            not in_words
            and not measured(expected, best.unit.text)
            and not _numbers_in(expected, best)
        ):
            return False
        if not expected.indicators:
            return True
        unit = best.unit
        lacking = missing(query, unit.key, unit.context, unit.lead, least_shared=1.0)
        all_there = not any(not one.keyword.is_light for one in lacking)
        return all_there and bool(measured(expected, unit.text))

    def hole_in(self, candidate: Candidate) -> bool:
        """Say whether the source lost text inside of the unit."""
        document = self._library.document(candidate.document_id)
        return any(
            d.kind in _HOLES and d.span.overlaps(candidate.unit.span) for d in document.damage
        )

    def _is_lost(
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
        """Return the match key of what stands before the holes of the unit, empty without one."""
        document, unit = self._library.document(candidate.document_id), candidate.unit
        holes = (d.span for d in document.damage if d.kind in _HOLES and d.span.overlaps(unit.span))
        return match_key(" ".join(hole.of(document.text).split("\n", 1)[0] for hole in holes))

    def _is_garbled(self, query: Query, expected: Expectation, best: Candidate) -> bool:
        """Say whether the number itself lost a sign inside (9092以上), so that nobody can read it."""
        document, chosen = self._library.document(best.document_id), choose(query, expected, best)
        said = " ".join(value.quote for value in chosen.values) or chosen.clause
        garbled = (
            damage.span.of(document.text)
            for damage in document.damage
            if damage.kind is DamageKind.LOST_SYMBOL and best.unit.span.contains(damage.span)
        )
        return any(words in said and measured(expected, words) for words in garbled)

    def _year_is_missing(
        self, question: Question, expected: Expectation, ranked: Sequence[Candidate]
    ) -> bool:
        """Say whether a year that this turn itself names is supported by no good unit."""
        asked = set(expected.years)
        if not asked:
            return False
        good = [c for c in ranked if c.relevance >= _SURE_SHARE * ranked[0].relevance]
        if question.intent is not Intent.VALUE:
            return not any(asked & self._years_of_document(c) for c in good)
        return not any(asked & self._years_near(c) for c in good) or _is_for_others(
            asked, expected, good[0]
        )

    def _years_of_document(self, candidate: Candidate) -> set[int]:
        document = self._library.document(candidate.document_id)
        dated = {document.issued.year} if document.issued else set()
        return dated | {found.year for found in find_years(document.text)}

    def _years_near(self, candidate: Candidate) -> set[int]:
        unit, document = candidate.unit, self._library.document(candidate.document_id)
        inside = [h.section for h in document.outline if h.section.contains(unit.span)]
        start = max((section.start for section in inside), default=unit.passage.span.start)
        before = document.text[min(start, unit.passage.span.start) : unit.passage.span.end]
        near = f"{before} {unit.column} {' '.join(unit.passage.heading_path)} {' '.join(unit.passage.header)}"
        years = {found.year for found in find_years(f"{near} {document.title}")}
        years |= {value.year for value in candidate.values if value.year}
        dated = document.issued
        return years | ({dated.year} if dated else set())


@lru_cache(maxsize=32)
def _key_of(document: Document) -> str:
    return match_key(document.text)


def _years_of(candidate: Candidate) -> list[int]:
    named = {value.year for value in candidate.values if value.year}
    return sorted(named or {found.year for found in find_years(candidate.unit.text)})


def _is_for_others(asked: set[int], expected: Expectation, best: Candidate) -> bool:
    """Say whether every number of the unit that could answer is plainly for another year."""
    fitting = [v for v in best.values if v.value is not None and fits(expected, v.unit)]
    return bool(fitting) and all(v.year and v.year not in asked for v in fitting)


def _numbers_in(expected: Expectation, candidate: Candidate) -> bool:
    return any(v.value is not None and fits(expected, v.unit) for v in candidate.values)


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


def _names_what_is_asked(query: Query, unit: Unit) -> bool:
    """Say whether a unit has the weightiest word of the question."""
    things = [one for one in query.wanted if one.in_focus and not one.keyword.is_light]
    if not things:
        return True
    weightiest = max(things, key=lambda one: one.weight).keyword
    return any(form in unit.key or form in unit.context for form in weightiest.forms)


def _results(expected: Expectation, text: str) -> list[Quantity]:
    """Return the numbers that could be the answer, less those that something rose or fell from."""
    return [
        quantity
        for quantity in measured(expected, text)
        if not _STARTS_FROM.search(text[: quantity.span.start])
    ]


def _names_a_person(text: str) -> bool:
    from jieba import posseg

    return any(flag == "nr" and len(word) > 1 for word, flag in posseg.cut(text))
