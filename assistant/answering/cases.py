"""Scales of cases: which of several cases, each with a number of its own, a question asks of."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.answering.expectation import Expectation
from assistant.answering.numbers import fits
from assistant.answering.relevance import Query
from assistant.answering.units_asked import amount
from assistant.text.numbers import Quantity, quantities
from assistant.types import Relation


def is_scale(expected: Expectation, with_number: Sequence[str]) -> bool:
    """Say whether the clauses give a number for each of several cases (1-2级2元，3-5级4元)."""
    return bool(expected.measures) and bool(_units_of_cases(expected, with_number))


def _units_of_cases(expected: Expectation, with_number: Sequence[str]) -> set[str]:
    """Return the units, other than those asked for, that each of several clauses has."""
    others = [
        {q.unit for q in quantities(clause) if q.unit and not fits(expected, q.unit)}
        for clause in with_number
    ]
    return set.intersection(*others) if len(others) > 1 else set()


def case_asked(query: Query, expected: Expectation, with_number: Sequence[str]) -> str:
    """Return the clause of the case that a number of this turn falls in; empty where none is."""
    units = _units_of_cases(expected, with_number)
    before = {one.keyword.word for one in query.wanted if not one.in_focus}
    asked = ((value, unit) for value, unit in expected.given if str(value) not in before)
    given = [(value, unit.replace("块", "元")) for value, unit in asked]
    fitting = [
        (case.value, clause)
        for clause in with_number
        for case in quantities(clause)
        if case.unit in units and any(_falls_in(number, unit, case) for number, unit in given)
    ]
    return max(fitting)[1] if fitting else ""


def _falls_in(number: Decimal, unit: str, case: Quantity) -> bool:
    if unit[-1:] != case.unit[-1:]:
        return False
    above = case.upper is None and case.relation is Relation.AT_LEAST
    least, most = (amount(value, case.unit) for value in (case.value, case.upper or case.value))
    return least <= number and (above or number <= most)
