"""A question that compares cities, put to each of them in turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering import refusing
from assistant.answering.choosing import below_topic
from assistant.answering.doubts import Doubts
from assistant.answering.expectation import Expectation, expectation_of
from assistant.answering.ranking import Candidate
from assistant.answering.relevance import Query, missing
from assistant.answering.statements import Outcome, Statement
from assistant.answering.telling import Teller
from assistant.answering.units import Unit
from assistant.answering.weighing import Weigher
from assistant.answering.wording import say_unit
from assistant.indicators import find_indicators
from assistant.library import Library
from assistant.retrieval.comparison import words_for, words_for_each
from assistant.text.counties import is_of
from assistant.text.dates import find_years
from assistant.types import Hit, Question, ValueKind

_SAID_IN_WORDS = 0.45
"""The least relevance of a sentence that is quoted where a number was asked for."""
_MOST_OF_A_WORD = 0.6  # of its character pairs, where it is asked how something is put


class Comparer:
    """Put a question to each city that it compares; holds no state but what it asks."""

    def __init__(self, library: Library, weigher: Weigher, doubts: Doubts, teller: Teller) -> None:
        self._library, self._weigher = library, weigher
        self._doubts, self._teller = doubts, teller

    def compare(self, question: Question, hits: Sequence[Hit]) -> Outcome:
        """Answer what is asked of each city from its own documents, and name those that say nothing."""
        cities = question.cities or self._library.cities()
        own = {city: [hit for hit in hits if self._is_in(hit, city, cities)] for city in cities}
        asked = {city: question_for(question, city) for city in cities}
        found = {city: self._in_comparison(asked[city], own[city]) for city in cities}
        if not any(found.values()):
            query, expected = self._weigher.query(question), expectation_of(question)
            ranked = self._weigher.rank(query, expected, hits)
            refusal = self._doubts.refusal(question, query, expected, ranked)
            return refusal or refusing.not_in_documents(question, ())
        in_words = {c: self._in_words(asked[c], own[c]) for c in cities if not found[c]}
        found |= in_words
        said = [led_by(city, statement) for city in cities for statement in found[city]]
        if unmeasured := [city for city in cities if in_words.get(city)]:
            said.append(Statement(f"没有找到所问数值的城市：{'、'.join(unmeasured)}。"))
        if without := [city for city in cities if not found[city]]:
            said.append(Statement(f"文件中没有找到相应内容的城市：{'、'.join(without)}。"))
        if question.absent_cities:
            said.append(Statement(f"文件库中没有{'、'.join(question.absent_cities)}的文件。"))
        return Outcome(tuple(said))

    def _in_comparison(self, question: Question, hits: Sequence[Hit]) -> Sequence[Statement]:
        """Say what answers for the one city of ``question``; nothing where its documents do not."""
        query, expected = self._weigher.query(question), expectation_of(question)
        if duty := self._weigher.duty(question, query, hits):
            return duty.statements
        ranked = self._weigher.rank(query, expected, hits)
        if ranked:
            ranked = self._doubts.supported_first(question, query, expected, ranked)
        if not self._answers_for_a_city(query, expected, ranked):
            return ()
        if not expected.wants_number and (below := below_topic(query, ranked)):
            said = list(dict.fromkeys((ranked[0], *below)))[:2]
            return [say_unit(c.unit, self._library.document(c.document_id)) for c in said]
        return (self._teller.value(question, query, expected, ranked[0]),)

    def _in_words(self, question: Question, hits: Sequence[Hit]) -> Sequence[Statement]:
        """Quote what a city says of the subject, where others have a number and it has none."""
        expected = expectation_of(question)
        if not expected.wants_number:
            return ()
        ranked = self._weigher.rank(
            self._weigher.query(question), replace(expected, wants_number=False), hits
        )
        best = next(iter(ranked), None)
        if best is None or best.relevance < _SAID_IN_WORDS:
            return ()
        said = say_unit(best.unit, self._library.document(best.document_id))
        return (replace(said, text=f"{question.cities[0]}的文件对此的表述：「{said.text}」"),)

    def _answers_for_a_city(
        self, query: Query, expected: Expectation, own: Sequence[Candidate]
    ) -> bool:
        if not own or not self._doubts.could_answer(query, expected, own[0]):
            return False
        if expected.asks_wording and _lacks_chief_word(query, own[0].unit):
            return False
        named = [v for v in own[0].values if v.indicator in expected.indicators]
        kinds = {v.kind for v in named}
        only_others = expected.kind is ValueKind.TARGET and kinds and ValueKind.TARGET not in kinds
        return not only_others

    def _is_in(self, hit: Hit, city: str, cities: Sequence[str]) -> bool:
        """Say whether a hit is the city's, or that of a county in it that is not compared itself."""
        own = self._library.document(hit.passage.document_id).city
        return own == city or (own not in cities and is_of(own, (city,)))


def _lacks_chief_word(query: Query, unit: Unit) -> bool:
    """Say whether a unit has not even most of the weightiest word of the question."""
    lacking = missing(query, unit.key, unit.context, least_shared=_MOST_OF_A_WORD)
    return max(query.wanted, key=lambda one: one.weight, default=None) in lacking


def question_for(question: Question, city: str) -> Question:
    """Return what ``question`` asks of ``city`` alone; its years and indicators are its own words'."""
    standalone = words_for(question.standalone, city, question.cities)
    focus = words_for(question.focus, city, question.cities)
    return replace(
        question,
        text=words_for(question.text, city, question.cities),
        standalone=standalone,
        focus=focus,
        cities=(city,),
        absent_cities=(),
        years=tuple(dict.fromkeys(year.year for year in find_years(standalone))),
        indicators=find_indicators(focus) or question.indicators,
    )


def questions_for_each(question: Question) -> tuple[Question, ...]:
    """Return ``question`` as asked of each of the two things that it names; empty for none."""
    texts = words_for_each(question.focus or question.standalone)
    return tuple(replace(question, standalone=text, focus=text) for text in texts)


def led_by(city: str, statement: Statement) -> Statement:
    """Name the city in front of what is said of it."""
    if statement.text.startswith(city):
        return statement
    return replace(statement, text=f"{city}：{statement.text}")
