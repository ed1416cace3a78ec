"""Which number of a unit was asked for: an indicator value by name, or the clause that holds it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.cases import case_asked, is_scale
from assistant.answering.expectation import Expectation
from assistant.answering.numbers import fits, holds_given, is_given, measured
from assistant.answering.ranking import Candidate
from assistant.answering.relevance import Query, coverage, match_strength
from assistant.answering.scopes import excludes, is_of_another, restricts
from assistant.answering.units import Unit
from assistant.text.dates import find_years
from assistant.text.match import match_key
from assistant.text.sentences import clauses
from assistant.types import IndicatorValue, ValueKind

_YEAR_BONUS, _BRACKET_BONUS, _ALIKE = 0.3, 0.3, 0.06
_STANDS, _NAMED_AT_ALL = 0.5, 0.1
_OWN_WORDS, _CHANGE_BONUS = 0.3, 0.3
_SAYS_CHANGE = re.compile(r"[从由][^，。；;]{0,12}\d[^，。；;]{0,14}[到至为][^，。；;]{0,6}\d")
_DESCRIBED = re.compile(
    r"(?:以上|以下|以内)?(?:、[^，。；,;]{1,24})?的(?!达|为|有|超|不|占|应|要|均|可|给|按)(?P<thing>[^，。；、,;\d]{2,12})[一二三四五六七八九十百\d]"
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What of a unit answers: indicator values, else the clause (empty: the whole unit)."""

    values: tuple[IndicatorValue, ...]
    clause: str


def choose(query: Query, expected: Expectation, candidate: Candidate) -> Chosen:
    """Choose what of ``candidate`` answers a question for a number."""
    unit = candidate.unit
    if unit.is_row:
        return Chosen(tuple(choose_values(query, expected, candidate.values)), "")
    if expected.asks_each and best_clause(query, expected, unit) == unit.text:
        return Chosen((), unit.text)
    if expected.both_ends and _SAYS_CHANGE.search(clause := best_clause(query, expected, unit)):
        return Chosen((), clause)
    if is_scale(expected, _clauses_with_number(expected, unit)):
        return Chosen((), best_clause(query, expected, unit))
    clause = narrowing_clause(query, expected, unit, candidate.values)
    values = choose_values(query, expected, candidate.values, clause=clause)
    return Chosen(tuple(values), "" if values else best_clause(query, expected, unit))


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
    above = f"{unit.context} {match_key(unit.column)}"
    return any(
        match_strength(
            word, key if len(word.word) == 1 else f"{key} {unit.key}", above, unit.lead, ""
        )
        >= _STANDS
        for word in heavy
    )


def is_of_others(query: Query, expected: Expectation, candidate: Candidate, about: str) -> bool:
    """Say whether what would be said is of another scope than the question is restricted to.

    A value says by its name and scope whose it is, else its sentence does, else what that stands under;
    ``about`` is what its document is about.
    """
    if not restricts(expected.whose):
        return False
    unit = candidate.unit
    where = (unit.text, unit.context, about)
    values = choose(query, expected, candidate).values
    if not values:
        return excludes(expected.whose, *where)
    return all(excludes(expected.whose, v.name_as_written, v.scope, *where) for v in values)


def is_of_another_kind(query: Query, expected: Expectation, candidate: Candidate) -> bool:
    """Say whether a target is asked for and what would be said was only reached, or the like."""
    if not expected.only_kind or expected.kind is None:
        return False
    kinds = {value.kind for value in choose(query, expected, candidate).values}
    aims = ValueKind.TARGET in kinds
    return bool(kinds) and aims is not (expected.kind is ValueKind.TARGET)


def describes_others(query: Query, expected: Expectation, unit: Unit) -> bool:
    """Say whether every number that could answer only describes some other thing of the unit.

    年产值超100亿元的龙头企业2家 tells no 总产值 of an industry: what stands behind 的 is another noun.
    """
    found = measured(expected, unit.text)
    described = [_DESCRIBED.match(unit.text, q.whole.end) for q in found]
    if not found or unit.is_row or not all(described):
        return False
    heads = match_key(" ".join(match["thing"] for match in described if match))
    return coverage(query, key=heads) < _NAMED_AT_ALL


def _with_numbers(expected: Expectation, chosen: Chosen) -> str:
    """Return the clauses of what was chosen that hold a fitting number."""
    parts = [span.of(chosen.clause) for span in clauses(chosen.clause)]
    return " ".join(part for part in parts if measured(expected, part)) or chosen.clause


def best_clause(query: Query, expected: Expectation, unit: Unit) -> str:
    """Return the clause of the unit that holds a fitting number and covers most of the question.

    Where two clauses with different numbers fit alike, or each of several things is asked for, it is
    the whole unit: choosing between them would be guessing.
    """
    with_number = _clauses_with_number(expected, unit)
    with_number = [c for c in with_number if not excludes(expected.whose, c)] or with_number
    if not with_number:
        return unit.text
    if is_scale(expected, with_number):
        return case_asked(query, expected, with_number) or unit.text
    rated = [(_clause_fit(query, expected, unit, clause), clause) for clause in with_number]
    best, chosen = max(rated, key=lambda pair: pair[0])
    rivals = [clause for fit, clause in rated if clause != chosen and fit > best - _ALIKE]
    return unit.text if rivals or (expected.asks_each and len(rated) > 1) else chosen


def _clauses_with_number(expected: Expectation, unit: Unit) -> list[str]:
    whole = (span.of(unit.text) for span in clauses(unit.text))
    return [clause for clause in whole if measured(expected, clause)]


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
    return match_key(f"{value.scope}{value.name_as_written} {value.indicator}")


def _clause_fit(query: Query, expected: Expectation, unit: Unit, clause: str) -> float:
    """Rate a clause by its own words, then by those of the clauses before it; a year asked for counts.

    So does a bracket that has the number of the question in it.
    """
    before = unit.text[: unit.text.index(clause)]
    years = find_years(clause) or find_years(before)[-1:]
    own_year = {found.year for found in years} & set(expected.hoped_years)
    fit = coverage(query, key=match_key(clause), before=match_key(before))
    fit += _of_this_turn(query, match_key(clause))
    fit += _CHANGE_BONUS if expected.both_ends and _SAYS_CHANGE.search(clause) else 0.0
    fit += _BRACKET_BONUS if holds_given(expected, clause) else 0.0
    return fit + (_YEAR_BONUS if own_year else 0.0)


def _of_this_turn(query: Query, key: str) -> float:
    """Rate how many of this turn's own words ``key`` has, where others were taken from turns before."""
    own = [one for one in query.wanted if one.in_focus]
    weight = sum(one.weight for one in own)
    if len(own) == len(query.wanted) or not weight:
        return 0.0
    there = sum(one.weight * match_strength(one.keyword, key, "", "", "") for one in own)
    return _OWN_WORDS * there / weight


def choose_values(
    query: Query, expected: Expectation, values: Sequence[IndicatorValue], *, clause: str = ""
) -> list[IndicatorValue]:
    """Take the values that were asked for: the best named, of the right year, kind and measure.

    ``clause`` narrows to values that stand in it. With no year asked for, a target is that of the
    last year that has one; with a year that none of them is for, there is none.
    """
    measured_right = [v for v in values if _could_answer(expected, v)]
    in_clause = [v for v in measured_right if not clause or _meet(v.quote, clause)]
    named = _best_named(query, expected, in_clause)
    if expected.both_ends and (starts := [v for v in named if v.kind is ValueKind.BASELINE]):
        ends = [v for v in named if v not in starts]
        return [
            *starts,
            *([v for v in ends if v.year in expected.hoped_years] or _of_last_year(ends)),
        ]
    hoped = [v for v in named if v.year in expected.hoped_years]
    if expected.years and not hoped and any(v.year for v in named):
        return []
    named = hoped or named
    if expected.kind and any(v.kind is expected.kind for v in named):
        named = [v for v in named if v.kind is expected.kind]
    if hoped or expected.kind is ValueKind.BASELINE:
        return named
    return _of_last_year(named)


def _could_answer(expected: Expectation, value: IndicatorValue) -> bool:
    """Say whether a value is of the right measure; one in words answers where none is asked for."""
    if value.value is not None:
        return fits(expected, value.unit) and not is_given(expected, value.value, value.unit)
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
    scored = [(coverage(query, key=key) + _of_this_turn(query, key), v) for key, v in keys]
    best = max((score for score, _ in scored), default=0.0)
    return [v for score, v in scored if score >= best - 0.02]


def _best_measure(query: Query, values: Sequence[IndicatorValue]) -> float:
    return max((coverage(query, key=match_key(v.indicator)) for v in values), default=0.0)


def _of_last_year(values: Sequence[IndicatorValue]) -> list[IndicatorValue]:
    if any(v.kind is ValueKind.TARGET for v in values):
        values = [v for v in values if v.kind is ValueKind.TARGET]
    years = [v.year for v in values if v.year is not None]
    return [v for v in values if v.year == max(years)] if years else list(values)
