"""Does a number contradict the gold: is it given for what was asked, and is it another value?"""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.indicators import find_indicators
from assistant.text.dates import find_years
from assistant.text.numbers import Quantity, quantities
from assistant.text.places import find_places
from assistant.text.sentences import clauses
from assistant.types import Span
from eval.correctness import amounts
from eval.figures import dense, number_tokens, says
from eval.questions import GoldValue
from eval.written.judging import Case, is_denial

_KINDS = {
    "baseline": re.compile(r"基期|基线|现状|基数|起点|上年|从[^，。；]{0,16}$|原来"),
    "achieved": re.compile(r"已(?:达|完|经|实|有|超)|截[至止]|实际|[达完实][到成现]了|同比"),
    "target": re.compile(r"目标|力争|争取|[到至]\s*20\d\d年|提[高升][到至]|计划"),
}


def contradictions(text: str, case: Case) -> list[str]:
    """Return the numbers of a sentence that are given for what was asked and are not the gold.

    A number counts where its clause names an indicator that the question names (or the sentence names
    none), in the unit of a gold value, or where gold forbids it. It is let pass where the sentence
    marks it as of another city, year or kind (baseline, target, achieved) than asked, where its clause
    denies, or states the right value too (从0.9提升到1.2).
    """
    parts = clauses(text) or (Span(0, len(text)),)
    return [
        quantity.span.of(text)
        for quantity in quantities(text)
        if _is_given_for_it(quantity, text, parts, case) and not _right(quantity, text, parts, case)
    ]


def _is_given_for_it(quantity: Quantity, text: str, parts: tuple[Span, ...], case: Case) -> bool:
    if not (_forbidden(quantity, text, case) or _of_indicator(quantity, text, parts, case)):
        return False
    if is_denial(_clause_of(quantity, text, parts)):
        return False
    return not _marked_otherwise(text[: quantity.span.start], case)


def _forbidden(quantity: Quantity, text: str, case: Case) -> bool:
    own = set(number_tokens(quantity.span.of(text)))
    return any(
        own & set(number_tokens(words)) and says(text, words) for words in case.gold.forbidden
    )


def _of_indicator(quantity: Quantity, text: str, parts: tuple[Span, ...], case: Case) -> bool:
    """Say whether the number is said of an indicator asked about, in the unit of a gold value."""
    if not any(_same_sort(quantity, gold) for gold in case.gold.values):
        return False
    before = [part for part in parts if part.start <= quantity.span.start]
    for part in reversed(before):
        named = find_indicators(part.of(text))
        if named:
            return bool(case.indicators & set(named))
    return bool(case.indicators)


def _same_sort(quantity: Quantity, gold: GoldValue) -> bool:
    """Compare units; where gold has none any will do, but a span of years is no value (5年努力)."""
    one, other = dense(quantity.unit).lstrip("万亿"), dense(gold.unit).lstrip("万亿")
    return one == other or (not other and one not in ("年", "个月"))


def _marked_otherwise(before: str, case: Case) -> bool:
    """Say whether the words before a number mark it as of another city, year or kind than asked."""
    cities = {value.city for value in case.gold.values} - {""} or case.cities
    places = [place.city or place.name for place in find_places(before) if place.level != "county"]
    if places and cities and places[-1] not in cities:
        return True
    years = _years_asked(case)
    named = [year.year for year in find_years(before)]
    if named and years and named[-1] not in years:
        return True
    kind, asked = _kind_of(before), _kind_of(case.asked)
    return bool(kind) and kind != asked and not (not asked and kind == "target")


def _years_asked(case: Case) -> set[int]:
    years = {value.year for value in case.gold.values}
    if years and None not in years:
        return {year for year in years if year is not None}
    return set() if years else {year.year for year in find_years(case.asked, bare=True)}


def _kind_of(text: str) -> str:
    """Return the kind that is named last, empty where none is."""
    ends = {kind: [m.end() for m in words.finditer(text)] for kind, words in _KINDS.items()}
    last = {kind: found[-1] for kind, found in ends.items() if found}
    return max(last, key=lambda kind: last[kind]) if last else ""


def _right(quantity: Quantity, text: str, parts: tuple[Span, ...], case: Case) -> bool:
    """Say whether the number is a gold value of the city and year named, or stands beside one.

    Where no gold value is of that city and year, nothing is known against it, unless it is forbidden.
    """
    fitting = _fitting(text[: quantity.span.start], case)
    if any(_states(quantity.value, quantity.upper, gold) for gold in fitting):
        return True
    if _forbidden(quantity, text, case):
        return False
    beside = quantities(text if "分别" in text else _clause_of(quantity, text, parts))
    return not fitting or any(_states(q.value, q.upper, gold) for q in beside for gold in fitting)


def _clause_of(quantity: Quantity, text: str, parts: tuple[Span, ...]) -> str:
    before = [part.of(text) for part in parts if part.start <= quantity.span.start]
    return before[-1] if before else text


def _fitting(before: str, case: Case) -> list[GoldValue]:
    places = [place.city or place.name for place in find_places(before) if place.level != "county"]
    years = [year.year for year in find_years(before)]
    return [
        gold
        for gold in case.gold.values
        if (not places or gold.city in ("", places[-1]))
        and (not years or gold.year in (None, years[-1]))
    ]


def _states(value: Decimal, upper: Decimal | None, gold: GoldValue) -> bool:
    return any(amounts(one, gold) for one in (value, upper) if one is not None)
