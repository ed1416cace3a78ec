"""Whether an answer is right: its values with unit, year and city, its items, nothing forbidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.text.dates import find_dates
from assistant.types import Answer, Sentence
from eval.figures import (
    Stated,
    contains,
    dense,
    number_tokens,
    says,
    stated_numbers,
    supported_tokens,
)
from eval.questions import GoldQuestion, GoldValue
from eval.shelf import Shelf, cited_words

_SCALES = {"亿": Decimal(10**8), "万": Decimal(10**4), "": Decimal(1)}


@dataclass(frozen=True, slots=True)
class Correctness:
    """How an answer stands against the gold.

    ``complete`` is the share of values and items stated; ``qualifiers`` says whether each stated
    value keeps its qualifier in its sentence (None where gold has none).
    """

    right: bool
    complete: float
    forbidden: bool
    qualifiers: bool | None


def grade(gold: GoldQuestion, answer: Answer, shelf: Shelf) -> Correctness:
    """Grade an answer: right if status, every value and item, and no forbidden string."""
    text = words_of(answer)
    stated = [value_stated(gold, value, answer, shelf) for value in gold.values]
    stated += [item_stated(item, text) for item in gold.items]
    forbidden = any(says(text, words) for words in gold.forbidden)
    qualified = [value for value in gold.values if value.qualifier]
    return Correctness(
        right=answer.status is gold.status and all(stated) and not forbidden,
        complete=sum(stated) / len(stated) if stated else float(answer.status is gold.status),
        forbidden=forbidden,
        qualifiers=all(qualifier_kept(value, answer) for value in qualified) if qualified else None,
    )


def words_of(answer: Answer) -> str:
    """Return the sentences of an answer without citation marks."""
    return "\n".join(sentence.text for sentence in answer.sentences)


def item_stated(item: str, text: str) -> bool:
    """Say whether ``text`` contains the item, or, for a whole date, that date in other digits."""
    if contains(text, item):
        return True
    dates = find_dates(item)
    whole = len(dates) == 1 and dense(dates[0].span.of(item)) == dense(item)
    return whole and any(found.date == dates[0].date for found in find_dates(text))


def value_stated(gold: GoldQuestion, value: GoldValue, answer: Answer, shelf: Shelf) -> bool:
    """Say whether some sentence states the number with its unit, year and city.

    Unit, year and city may stand under the sentence's citations instead (a table's column head, a
    document's city): that is where a bare cell has them. 97500万元 states 9.75亿元. A bare number is
    enough where a gold quote has it without a unit too.
    """
    bare_in_gold = any(_bare_in(place.quote, value) for fact in gold.evidence for place in fact)
    return any(
        _stated_in(value, sentence, answer, shelf, bare_in_gold) for sentence in answer.sentences
    )


def _bare_in(quote: str, value: GoldValue) -> bool:
    stated = any(number.value == value.value for number in stated_numbers(quote))
    return stated and dense(value.unit) not in dense(quote)


def _stated_in(
    gold: GoldValue, sentence: Sentence, answer: Answer, shelf: Shelf, bare_in_gold: bool
) -> bool:
    numbers = stated_numbers(sentence.text)
    if not any(amounts(number.value, gold) for number in numbers):
        return False
    words = sentence.text + "\n" + cited_words(shelf, answer, sentence.citations)
    return (
        any(_unit_right(number, gold, numbers, words, bare_in_gold) for number in numbers)
        and _year_right(gold, sentence, answer, words)
        and (not gold.city or contains(words, gold.city))
    )


def amounts(value: Decimal, gold: GoldValue) -> list[str]:
    """Return the units in which ``value`` is the gold amount: 亿元 for 9.75, 万元 for 97500; else none."""
    unit = dense(gold.unit)
    scale, counted = next(
        (
            (scale, unit.removeprefix(sign))
            for sign, scale in _SCALES.items()
            if unit.startswith(sign)
        )
    )
    return [
        sign + counted for sign, other in _SCALES.items() if value * other == gold.value * scale
    ]


def _unit_right(
    number: Stated, gold: GoldValue, numbers: Sequence[Stated], words: str, bare_in_gold: bool
) -> bool:
    """Compare units; a bare number takes the unit that stands elsewhere in ``words``."""
    units = amounts(number.value, gold)
    if not units or not gold.unit:
        return bool(units)
    if any(dense(number.unit) == u or number.after.lstrip("余多").startswith(u) for u in units):
        return True
    bare = all(not other.unit for other in numbers if other.value == number.value)
    in_words = any(unit in dense(words) for unit in units)
    return bare and (in_words or (bare_in_gold and number.value == gold.value))


def _year_right(gold: GoldValue, sentence: Sentence, answer: Answer, words: str) -> bool:
    """Compare years: the sentence's, else the indicator value's, else what stands in ``words``."""
    if gold.year is None or str(gold.year) in number_tokens(sentence.text):
        return True
    years = {value.year for value in answer.values if value.value == gold.value} - {None}
    return gold.year in years if years else str(gold.year) in supported_tokens(words)


def qualifier_kept(gold: GoldValue, answer: Answer) -> bool:
    """Say whether a sentence with the number has its qualifier too (以上, 左右, 不低于)."""
    return any(
        contains(sentence.text, gold.qualifier)
        for sentence in answer.sentences
        if any(amounts(number.value, gold) for number in stated_numbers(sentence.text))
    )
