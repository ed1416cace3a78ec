"""Clauses: which of a unit's clauses holds the number that was asked for."""

from __future__ import annotations

import re

from assistant.answering.case_asked import case_given, case_named
from assistant.answering.cases import cases_in
from assistant.answering.expectation import Expectation
from assistant.answering.numbers import holds_given, measured
from assistant.answering.ranking import Candidate
from assistant.answering.relevance import Query, coverage, match_strength
from assistant.answering.scopes import excludes
from assistant.answering.units import Unit
from assistant.text.dates import find_years
from assistant.text.match import match_key
from assistant.text.sentences import clauses

_YEAR_BONUS, _BRACKET_BONUS, _ALIKE = 0.3, 0.3, 0.06
_OWN_WORDS, _CHANGE_BONUS = 0.3, 0.3
_SAYS_CHANGE = re.compile(r"[从由][^，。；;]{0,12}\d[^，。；;]{0,14}[到至为][^，。；;]{0,6}\d")


def best_clause(query: Query, expected: Expectation, unit: Unit) -> str:
    """Return the clause of the unit that holds a fitting number and covers most of the question.

    Where two clauses with different numbers fit alike, or each of several things is asked for, it is
    the whole unit: choosing between them would be guessing.
    """
    with_number = _clauses_with_number(expected, unit)
    with_number = [c for c in with_number if not excludes(expected.whose, c)] or with_number
    if not with_number:
        return unit.text
    rated = [(_clause_fit(query, expected, unit, clause), clause) for clause in with_number]
    best, chosen = max(rated, key=lambda pair: pair[0])
    rivals = [clause for fit, clause in rated if clause != chosen and fit > best - _ALIKE]
    return unit.text if rivals or (expected.asks_each and len(rated) > 1) else chosen


def clause_of_case(query: Query, expected: Expectation, candidate: Candidate) -> str:
    """Return the words of the case that is asked for, all of a unit that has several where none is.

    Empty where it has no several, or a value of it is the indicator that the question names.
    """
    unit = candidate.unit
    if any(v.indicator in expected.indicators for v in candidate.values):
        return ""
    cases = cases_in(expected, unit.text)
    case = case_given(query, expected, cases)
    if not case and cases and cases[0].is_part:
        case = case_named(query, expected, cases)
        return f"{case.lead}{case.text}" if case else ""
    if not case:
        best = best_clause(query, expected, unit)
        if not any(best in one.piece or one.piece in best for one in cases):
            return ""  # what is asked for is told beside the cases, or there are none
        case = case_named(query, expected, cases)
    return f"{case.lead}{case.text}" if case else unit.text


def says_change(clause: str) -> bool:
    """Say whether a clause tells from where to where something went (从5%提高到8%)."""
    return bool(_SAYS_CHANGE.search(clause))


def _clauses_with_number(expected: Expectation, unit: Unit) -> list[str]:
    whole = [span.of(unit.text) for span in clauses(unit.text)]
    found = [clause for clause in whole if measured(expected, clause)]
    told = [value.quote.strip() for value in expected.told]
    return [c for c in found if c.strip() not in told] or found


def _clause_fit(query: Query, expected: Expectation, unit: Unit, clause: str) -> float:
    """Rate a clause by its own words, then by those of the clauses before it; a year asked for counts.

    So does a bracket that has the number of the question in it.
    """
    before = unit.text[: unit.text.index(clause)]
    years = find_years(clause) or find_years(before)[-1:]
    own_year = {found.year for found in years} & set(expected.hoped_years)
    own = re.split("[；;。]", before)[-1]  # what is said in the clause's own part, of it alone
    fit = coverage(query, key=match_key(clause), above=match_key(own), before=match_key(before))
    fit += of_this_turn(query, match_key(clause))
    fit += _CHANGE_BONUS if expected.both_ends and says_change(clause) else 0.0
    fit += _BRACKET_BONUS if holds_given(expected, clause) else 0.0
    return fit + (_YEAR_BONUS if own_year else 0.0)


def of_this_turn(query: Query, key: str) -> float:
    """Rate how many of this turn's own words ``key`` has, where others were taken from turns before."""
    own = [one for one in query.wanted if one.in_focus]
    weight = sum(one.weight for one in own)
    if len(own) == len(query.wanted) or not weight:
        return 0.0
    there = sum(one.weight * match_strength(one.keyword, key, "", "", "") for one in own)
    return _OWN_WORDS * there / weight
