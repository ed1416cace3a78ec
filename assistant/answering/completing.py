"""What a model's answer leaves out of the extractive one, so that no answer says less with a model."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.statements import Outcome, Statement
from assistant.text.dates import find_years
from assistant.text.match import match_key
from assistant.text.numbers import quantities
from assistant.types import IndicatorValue

_BETWEEN = re.compile(r"[，,；;。、：:！？!?（）()\[\]“”\"\s]+")


def left_out(extract: Outcome, kept: Sequence[Statement]) -> tuple[Statement, ...]:
    """Return the statements of ``extract`` of which ``kept`` does not say all.

    A value counts as said with its number, binding and year; other words as they stand, clause by
    clause and item by item; both only by a statement that cites the same document.
    """
    return tuple(one for one in extract.statements if not _is_said(one, kept))


def _is_said(statement: Statement, kept: Sequence[Statement]) -> bool:
    """Say whether ``kept`` has all of ``statement``; a remark of the assistant's own never counts."""
    documents = {source.document_id for source in statement.sources}
    said = [k.text for k in kept if documents & {source.document_id for source in k.sources}]
    if not said:
        return False
    values = statement.values
    if values and all(value.value is not None for value in values):
        return all(any(_states(text, value) for text in said) for value in values)
    words = _dense("".join(said))
    return all(_dense(piece) in words for piece in _BETWEEN.split(statement.text))


def _states(text: str, value: IndicatorValue) -> bool:
    years = {found.year for found in find_years(text)}
    return (value.year is None or value.year in years) and any(
        value.value in (quantity.value, quantity.upper)
        and quantity.relation is value.relation
        and (quantity.unit == value.unit or not value.unit)
        for quantity in quantities(text)
    )


def _dense(text: str) -> str:
    return "".join(match_key(text).split())
