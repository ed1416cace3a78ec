"""Which number of a unit was asked for: an indicator value by name, or the clause that holds it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering.case_asked import is_not_told
from assistant.answering.cases import cases_in, tells_number
from assistant.answering.clauses import best_clause, clause_of_case, of_this_turn, says_change
from assistant.answering.expectation import Expectation
from assistant.answering.numbers import fits, is_given, measured, only_bounds_a_case
from assistant.answering.ranking import Candidate
from assistant.answering.relevance import Query, coverage, match_strength
from assistant.answering.scopes import (
    excludes,
    is_of_another,
    restricts,
)
from assistant.answering.silent_scopes import is_in_text_of_others
from assistant.answering.units import Unit
from assistant.text.match import match_key
from assistant.text.sentences import clauses
from assistant.types import Document, IndicatorValue, ValueKind

_ALIKE = 0.06
_STANDS = 0.5
# 5人/万服务人口 tells nothing of the population.
_PER = re.compile(r"/\s*[十百千万亿]*[㐀-鿿]{1,6}|每[十百千万]+[㐀-鿿]{0,4}?人口?")
_ASKS_RATE = re.compile(r"[每均率比/]")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What of a unit answers: indicator values, else the clause (empty: the whole unit).

    ``is_case`` says that the clause tells one of several cases, beside others that are not asked for.
    """

    values: tuple[IndicatorValue, ...]
    clause: str
    is_case: bool = False


def choose(query: Query, expected: Expectation, candidate: Candidate) -> Chosen:
    """Choose what of ``candidate`` answers a question for a number."""
    unit = candidate.unit
    told = tuple(value for value in expected.told if not _is_of_turn(query, value))
    expected = replace(expected, told=told)
    candidate = replace(candidate, values=tuple(v for v in candidate.values if v not in told))
    if unit.is_row:
        return Chosen(tuple(choose_values(query, expected, candidate.values)), "")
    if expected.asks_each and best_clause(query, expected, unit) == unit.text:
        return Chosen((), unit.text)
    if expected.both_ends and says_change(clause := best_clause(query, expected, unit)):
        return Chosen((), clause)
    if clause := clause_of_case(query, expected, candidate):
        return Chosen((), clause, is_case=clause != unit.text)
    clause = narrowing_clause(query, expected, unit, candidate.values)
    values = choose_values(query, expected, candidate.values, clause=clause)
    return Chosen(tuple(values), "" if values else best_clause(query, expected, unit))


def _is_of_turn(query: Query, value: IndicatorValue) -> bool:
    """Say whether a value's own words have one of this turn."""
    key = match_key(value.quote)
    own = (one.keyword for one in query.wanted if one.in_focus and not one.keyword.is_light)
    return any(form in key for word in own for form in word.forms if len(form) > 1)


def holds_number(expected: Expectation, candidate: Candidate) -> bool:
    """Say whether a unit has any number, or value of it, that could answer."""
    return tells_number(expected, candidate.unit.text) or any(
        v.value is not None and could_answer(expected, v) for v in candidate.values
    )


def is_about_it(query: Query, expected: Expectation, candidate: Candidate) -> bool:
    """Say whether what would be said is named by a word of the question that carries its subject.

    微创手术占比 shares 占比 with 药占比, and is not it. A lone character must stand in the very words that
    would be said; a longer word may stand elsewhere in their sentence.
    """
    heavy = [one.keyword for one in query.wanted if one.in_focus and not one.keyword.is_light]
    if not heavy:
        return True
    unit, chosen = candidate.unit, choose(query, expected, candidate)
    names = " ".join(_name_key(value) for value in chosen.values)
    said = match_key(" ".join(v.quote for v in chosen.values) or _with_numbers(expected, chosen))
    key = f"{names} {said}" if not unit.is_row else f"{names} {unit.key}"
    own = unit.key
    if not _ASKS_RATE.search(expected.text):
        key, own = _PER.sub(" ", key), _PER.sub(" ", own)
    above = f"{unit.context} {match_key(unit.column)}"
    return any(
        match_strength(word, key if len(word.word) == 1 else f"{key} {own}", above, unit.lead, "")
        >= _STANDS
        for word in heavy
    )


def is_of_others(
    query: Query, expected: Expectation, candidate: Candidate, document: Document
) -> bool:
    """Say whether what would be said is of another scope than the question is restricted to.

    A value says by its name and scope whose it is, else its sentence does, else what that stands under;
    at last its document, which may be on others alone.
    """
    if not restricts(expected.whose):
        return False
    unit = candidate.unit
    where = (unit.text, unit.context, document.title)
    if is_in_text_of_others(expected.whose, document.text, *where, unit.lead):
        return True
    chosen = choose(query, expected, candidate)
    if not chosen.values:
        if chosen.clause == unit.text and is_not_told(expected, cases_in(expected, unit.text)):
            return True
        own = (chosen.clause, *(where[1:] if chosen.is_case else where))
        return excludes(expected.whose, *own)
    return all(excludes(expected.whose, v.name_as_written, v.scope, *where) for v in chosen.values)


def is_of_another_kind(query: Query, expected: Expectation, candidate: Candidate) -> bool:
    """Say whether a target is asked for and what would be said was only reached, or the like."""
    if not expected.only_kind or expected.kind is None:
        return False
    kinds = {value.kind for value in choose(query, expected, candidate).values}
    aims = ValueKind.TARGET in kinds
    return bool(kinds) and aims is not (expected.kind is ValueKind.TARGET)


def _with_numbers(expected: Expectation, chosen: Chosen) -> str:
    """Return the clauses of what was chosen that hold a fitting number."""
    parts = [span.of(chosen.clause) for span in clauses(chosen.clause)]
    return " ".join(part for part in parts if measured(expected, part)) or chosen.clause


def narrowing_clause(
    query: Query, expected: Expectation, unit: Unit, values: Sequence[IndicatorValue]
) -> str:
    """Return the clause whose values alone can be meant; empty where a value's name decides."""
    fitting = [v for v in values if v.value is not None and fits(expected, v.unit)]
    if any(v.indicator in expected.indicators for v in values):
        return ""
    clause = best_clause(query, expected, unit)
    by_name = max((coverage(query, key=_name_key(v)) for v in fitting), default=0.0)
    return "" if by_name > coverage(query, key=match_key(clause)) else clause


def _name_key(value: IndicatorValue) -> str:
    per = value.unit.partition("/")[2]
    return match_key(f"{value.scope}{value.name_as_written} {value.indicator} {per and '/' + per}")


def choose_values(
    query: Query, expected: Expectation, values: Sequence[IndicatorValue], *, clause: str = ""
) -> list[IndicatorValue]:
    """Take the values that were asked for: the best named, of the right year, kind and measure.

    ``clause`` narrows to values that stand in it. With no year asked for, a target is that of the
    last year that has one; with a year that none of them is for, there is none.
    """
    measured_right = [v for v in values if could_answer(expected, v)]
    in_clause = [v for v in measured_right if not clause or _meet(v.quote, clause)]
    named = _best_named(query, expected, in_clause)
    if expected.both_ends and (starts := [v for v in named if v.kind is ValueKind.BASELINE]):
        ends = [v for v in named if v not in starts]
        return [
            *starts,
            *([v for v in ends if v.year in expected.hoped_years] or _of_last_year(ends)),
        ]
    hoped = [v for v in named if v.year in expected.hoped_years]
    hoped = hoped or _of_the_years(expected, named, measured_right)
    if expected.years and not hoped and any(v.year for v in named):
        return []
    named = hoped or named
    if expected.kind and any(v.kind is expected.kind for v in named):
        named = [v for v in named if v.kind is expected.kind]
    if hoped or expected.kind is ValueKind.BASELINE:
        return named
    return _of_last_year(named)


def _of_the_years(
    expected: Expectation, named: Sequence[IndicatorValue], values: Sequence[IndicatorValue]
) -> list[IndicatorValue]:
    """Return the values of the years asked for that are of the very indicator that was named.

    共安排专项资金3.6亿元，其中2025年1.2亿元 names the thing but once.
    """
    indicators = {value.indicator for value in named}
    return [v for v in values if v.year in expected.years and v.indicator in indicators]


def could_answer(expected: Expectation, value: IndicatorValue) -> bool:
    """Say whether a value is of the right measure; one in words answers where none is asked for."""
    if value.value is not None:
        given = is_given(expected, value.value, value.unit)
        return fits(expected, value.unit) and not given and not only_bounds_a_case(expected, value)
    return not expected.measures or value.indicator in expected.indicators


def _meet(quote: str, clause: str) -> bool:
    return quote.strip() in clause or clause.strip() in quote


def _best_named(
    query: Query, expected: Expectation, values: Sequence[IndicatorValue]
) -> list[IndicatorValue]:
    known = [v for v in values if v.indicator in expected.indicators]
    pool = known or values
    own = [v for v in pool if not is_of_another(expected.whose, v)]
    if _best_measure(query, own) < _best_measure(query, pool) - _ALIKE:
        own = []  # theirs is another measure: 乡镇卫生院床位使用率 is no 标准化率
    keys = ((_name_key(v), v) for v in own or pool)
    scored = [(coverage(query, key=key) + of_this_turn(query, key), v) for key, v in keys]
    best = max((score for score, _ in scored), default=0.0)
    return [v for score, v in scored if score >= best - 0.02]


def _best_measure(query: Query, values: Sequence[IndicatorValue]) -> float:
    return max((coverage(query, key=match_key(v.indicator)) for v in values), default=0.0)


def _of_last_year(values: Sequence[IndicatorValue]) -> list[IndicatorValue]:
    if any(v.kind is ValueKind.TARGET for v in values):
        values = [v for v in values if v.kind is ValueKind.TARGET]
    years = [v.year for v in values if v.year is not None]
    return [v for v in values if v.year == max(years)] if years else list(values)
