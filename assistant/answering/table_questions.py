"""Questions that are answered by lookup and arithmetic over the indicator table.

``answer_from_table`` is the entry. A plain value question (one city, one indicator, a year or none) is
none for it: the sentences of the documents answer that one better.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering import table_changes, table_cities, table_lists, table_ranking
from assistant.answering.expectation import asks_wording
from assistant.answering.scopes import is_of_another
from assistant.answering.statements import Outcome, Statement
from assistant.answering.table_asked import Asked, Route, leftover, read
from assistant.answering.table_wording import plain
from assistant.indicators import bare_scope
from assistant.library import Library
from assistant.retrieval.comparison import words_for
from assistant.text.match import match_key
from assistant.types import IndicatorValue, Question

_SHORT_WORD = 1


def answer_from_table(question: Question, library: Library) -> Outcome | None:
    """Answer by lookup and arithmetic, or refuse with the reason; None: no question for the table."""
    if question.absent_cities and not question.cities:
        return None
    asked = None if asks_wording(question) else read(question, library)
    if asked is None:
        return None
    values = _values(asked, library)
    others = [v for v in values if asked.indicators and _is_of_another(asked, v)]
    if others and len(others) == len(values):
        return table_cities.only_of_others(asked, others, library)
    values = tuple(v for v in values if v not in others)
    if _asks_for_more(asked, question, values, library):
        return None
    outcome = _answered(asked, _of_scope(asked, values), library)
    if outcome and question.absent_cities:
        absent = f"文件库中没有{'、'.join(question.absent_cities)}的文件。"
        return Outcome((*outcome.statements, Statement(absent)), outcome.reason)
    return outcome


def _is_of_another(asked: Asked, value: IndicatorValue) -> bool:
    """Say whether a value is of another scope than what is asked of its city."""
    return is_of_another(words_for(asked.text, value.city, asked.cities), value)


def _values(asked: Asked, library: Library) -> tuple[IndicatorValue, ...]:
    if asked.route is Route.DEPARTMENT:
        return table_lists.of_department(asked, library)
    return library.indicator_values(cities=asked.cities, indicators=asked.indicators)


def _answered(asked: Asked, values: Sequence[IndicatorValue], library: Library) -> Outcome | None:
    match asked.route:
        case Route.CITIES:
            return table_cities.list_cities(asked, values, library)
        case Route.AHEAD:
            return table_ranking.rank_cities(asked, values, library)
        case Route.DIFFERENCE:
            return table_ranking.subtract_cities(asked, values, library)
        case Route.CHANGE:
            return table_changes.over_years(asked, values, library)
        case Route.SERIES | Route.TOGETHER:
            return table_changes.series(asked, values, library)
        case Route.SHARED:
            return table_lists.shared(asked, values, library)
        case Route.TARGETS:
            return table_lists.targets_of_city(asked, values, library)
        case Route.DEPARTMENT:
            return table_lists.by_department(asked, values, library)


def _asks_for_more(
    asked: Asked, question: Question, values: Sequence[IndicatorValue], library: Library
) -> bool:
    """Say whether the question has words that neither its frame nor the values found explain."""
    names = [*asked.indicators, *library.cities(), *question.absent_cities, asked.department]
    names += [f"{name}市" for name in names]
    if asked.indicators:
        names += [plain(v.name_as_written) for v in values]
        names += [words for v in values for words in (plain(v.scope), bare_scope(v))]
    rest = leftover(asked, names)
    return any(len(word) > _SHORT_WORD for word in rest)


def _of_scope(asked: Asked, values: Sequence[IndicatorValue]) -> tuple[IndicatorValue, ...]:
    """Keep, for a city, the values of the scope that the question names, where it has such."""
    named = [v for v in values if bare_scope(v) and match_key(bare_scope(v)) in asked.text]
    cities = {v.city for v in named}
    return tuple(v for v in values if v.city not in cities or v in named)
