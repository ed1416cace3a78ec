"""The case that a question asks of, among several that a sentence tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.answering.cases import Case, units_of_scale
from assistant.answering.expectation import Expectation
from assistant.answering.relevance import Query, match_strength
from assistant.answering.scopes import asked_sides, excludes, names_what_is_asked
from assistant.answering.units_asked import amount
from assistant.text.dates import find_years
from assistant.text.match import match_key
from assistant.text.numbers import Quantity, quantities
from assistant.types import Relation

_NUMBERED = re.compile(
    r"([一二三四五六七八九甲乙丙丁a-d])(级|类|档|等|期|批|型|组|年级)(?![一二三四五六七八九甲乙丙])"
)
_ALSO_OF_THE_WHOLE = 0.5  # how firmly a word names a whole that does not tell its parts apart
_FIRMLY = 0.85  # how firmly a word stands there that names a case
_APART = 0.05  # of the weight of a question: what the case asked for has more of it than the next


def case_given(query: Query, expected: Expectation, cases: Sequence[Case]) -> Case | None:
    """Return the case that a number or a year of the question falls in; None where none does."""
    return _by_number(query, expected, cases) or _by_year(expected, cases)


def case_named(query: Query, expected: Expectation, cases: Sequence[Case]) -> Case | None:
    """Return the case that the words of the question name; None where they pick none.

    A part of a whole is named by words that do not name the whole. The first case, before which stands
    what is said of all, is named by what it is told apart by: 住院一级医院…，二级医院… by 一级.
    """
    own = [case for case in cases if not excludes(expected.whose, case.text)]
    rated = sorted(((_share(query, case), cases.index(case)) for case in own), reverse=True)
    if not rated:
        return None
    best = cases[rated[0][1]]
    if len(own) == 1 and len(cases) > 1 and names_what_is_asked(expected.whose, best.text):
        return best
    others = [share for share, _ in rated[1:]] or [min(_share(query, case) for case in cases)]
    least = 0.0 if len(cases) == 1 else max(others)
    if best.is_first and not _is_told_apart(expected, cases):
        return None
    named = _words_of(query, best)
    if any(_words_of(query, case) - named for case in cases if not case.is_first):
        return None  # two are asked about: 三级医院比二级医院低多少
    return best if rated[0][0] > least + _APART else None


def _words_of(query: Query, case: Case) -> set[str]:
    """Return the words of this turn that stand in the name of a case."""
    said = (one.keyword for one in query.wanted if one.in_focus)
    return {word.word for word in said if match_strength(word, case.name, "", "", "") >= _FIRMLY}


def _is_told_apart(expected: Expectation, cases: Sequence[Case]) -> bool:
    """Say whether the question asks of the first case by what tells all the others apart, if known."""
    sides = [asked_sides(case.name) for case in cases[1:]]
    divisions = set.intersection(*map(set, sides)) if sides else set()
    asked, first = asked_sides(expected.whose), asked_sides(cases[0].text)
    return not divisions or any(
        asked.get(d, frozenset()) & first.get(d, frozenset()) for d in divisions
    )


def is_not_told(expected: Expectation, cases: Sequence[Case]) -> bool:
    """Say whether the question asks of a case by number (四级, 第五类) that is not among several such."""
    told = [set(_NUMBERED.findall(match_key(case.text))) for case in cases]
    return any(
        sum(any(counter == other for _, other in each) for each in told) > 1
        and not any((number, counter) in each for each in told)
        for number, counter in _NUMBERED.findall(match_key(expected.whose))
    )


def _by_year(expected: Expectation, cases: Sequence[Case]) -> Case | None:
    """Return the only case of the years hoped for, where several of them name a year."""
    years = [{found.year for found in find_years(case.text)} for case in cases]
    told = [c for c, own in zip(cases, years, strict=True) if own & set(expected.hoped_years)]
    return told[0] if len(told) == 1 and sum(map(bool, years)) > 1 else None


def _by_number(query: Query, expected: Expectation, cases: Sequence[Case]) -> Case | None:
    """Return the case that a number of this turn falls in, best one that it does not merely touch."""
    units = units_of_scale(expected, [case.text for case in cases])
    before = {one.keyword.word for one in query.wanted if not one.in_focus}
    asked = ((value, unit) for value, unit in expected.given if f"{value:f}" not in before)
    given = [(value, unit.replace("块", "元")) for value, unit in asked]
    bounds = [(q, c) for c in cases for q in quantities(c.text) if q.unit in units]
    for touching in (False, True):
        fitting = [
            (q.value, c.text, c)
            for q, c in bounds
            if any(_falls_in(*g, q, touching) for g in given)
        ]
        if fitting:
            return max(fitting, key=lambda one: one[:2])[2]
    return None


def _share(query: Query, case: Case) -> float:
    """Return the share of the question that names the case, and no whole that it is a part of."""
    whole = match_key(case.lead) if case.is_part else ""
    there = (
        one.weight * match_strength(one.keyword, case.name, "", "", "")
        for one in query.wanted
        if not whole or match_strength(one.keyword, whole, "", "", "") < _ALSO_OF_THE_WHOLE
    )
    return sum(there) / query.weight if query.weight else 0.0


def _falls_in(number: Decimal, unit: str, case: Quantity, touching: bool) -> bool:
    """Say whether a number is of a case; ``touching``: or at the end of one that goes up to it."""
    if unit[-1:] != case.unit[-1:]:
        return False
    least, most = (amount(value, case.unit) for value in (case.value, case.upper or case.value))
    if case.upper is None and case.relation is Relation.AT_MOST:
        return number < most or (touching and number == most)
    above = case.upper is None and case.relation is Relation.AT_LEAST
    return least <= number and (above or number <= most)
