"""Is a number or a city wrong in what stands before the reader? Decided without the product's verifier.

One rule for every system; the report's definitions say it in words. What a sentence rests on are the
passages that it cites, with their headings, column heads, title, number and dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from assistant.text.numbers import Quantity, quantities
from assistant.text.places import Place, find_places
from eval.citations import missing_numbers
from eval.figures import Stated, contains, dense, number_tokens, stated_numbers
from eval.questions import GoldQuestion

LEAST_SHARED = 0.5
DENIES = re.compile(
    r"没有|未(?!来|成年|婚)|不在|不包[含括]|无法|不知道|不清楚|不含|无相关|无所问|"
    r"(?:以下|另有|略去).{0,12}(?:摘自|核对|略去)"
)
_SHARE = re.compile("率|占比|比例|比重|满意度|增幅|百分比")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence without its marks, the words that it rests on, and the cities of what it cites."""

    text: str
    words: str
    cities: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Case:
    """A question with what its sentences are held against.

    ``asked`` is the question with its history, ``cities`` are those that it asks about,
    ``indicators`` the canonical names in it; ``texts`` the words of each city's documents, those of
    no city under the empty name.
    """

    gold: GoldQuestion
    asked: str
    cities: frozenset[str]
    indicators: frozenset[str]
    texts: Mapping[str, str]


def is_denial(text: str) -> bool:
    """Say whether a sentence says what is not there (it may then repeat the question's words)."""
    return bool(DENIES.search(text))


def numbers_without_ground(said: Said, case: Case) -> list[str]:
    """Return the numbers that do not stand in what the sentence rests on, or stand in another unit."""
    words = said.words + ("\n" + case.asked if is_denial(said.text) else "")
    missing = _missing(said.text, words)
    other_unit = [
        quantity.span.of(said.text)
        for quantity in quantities(said.text)
        if not _is_among(quantity, said.text, missing) and not stands(quantity, words, said.text)
    ]
    return [*missing, *other_unit]


def _missing(text: str, words: str) -> list[str]:
    """Return the numbers that do not stand in ``words``; 千张 stands where 1000张 does."""
    read = {quantity.span.of(text): quantity.value for quantity in quantities(text)}
    missing = missing_numbers(text, words, computed=True)
    return [n for n in missing if n[:1].isdecimal() or read.get(n) not in _stated(words)]


def _is_among(quantity: Quantity, text: str, numbers: Sequence[str]) -> bool:
    written = quantity.span.of(text)
    return bool({written, *number_tokens(written)} & set(numbers))


def stands(quantity: Quantity, words: str, sentence: str) -> bool:
    """Say whether ``words``, where they have the number, have it in its unit.

    A number that stands bare there (a table's cell) takes the unit from the words around it, and a
    share (率、占比) may be given in %. A unit that the sentence leaves out is let pass.
    """
    unit = dense(quantity.unit)
    values = [value for value in (quantity.value, quantity.upper) if value is not None]
    found = [held for value in values if (held := _stated(words).get(value))]
    return not unit or all(_in_unit(held, unit, words, sentence) for held in found)


def _in_unit(held: tuple[Stated, ...], unit: str, words: str, sentence: str) -> bool:
    if any(dense(number.unit) == unit or _follows(number.after, unit) for number in held):
        return True
    read = [number for number in held if number.unit]
    bare = any(not number.unit and not _has_unit(number, read) for number in held)
    return bare and (unit in dense(words) or (unit == "%" and bool(_SHARE.search(sentence))))


def _follows(after: str, unit: str) -> bool:
    return after.lstrip("余多").startswith(unit)


def _has_unit(number: Stated, read: list[Stated]) -> bool:
    return any(_follows(number.after, dense(other.unit)) for other in read)


@lru_cache(maxsize=256)
def _stated(words: str) -> dict[Decimal, tuple[Stated, ...]]:
    found: dict[Decimal, tuple[Stated, ...]] = {}
    for number in stated_numbers(words):
        found[number.value] = (*found.get(number.value, ()), number)
    return found


def wrong_cities(said: Said, case: Case) -> list[str]:
    """Return what is said of a city that it is not true of: its name, a number, the whole sentence."""
    named = [place for place in find_places(said.text) if place.level != "county"]
    denies = is_denial(said.text)
    there = said.words + (f"\n{case.asked}" if denies else "")
    foreign = [place.name for place in named if not contains(there, place.name)]
    lent = [
        f"{city}: {quantity.span.of(said.text)}"
        for quantity in quantities(said.text)
        if (city := _city_at(quantity, named, case))
        and not (denies and _is_repeated(quantity, said.text, case))
        and not _is_of_city(quantity, city, said, case)
    ]
    return [*foreign, *lent, *(() if denies else _of_another_city(said, named, case))]


def _is_repeated(quantity: Quantity, text: str, case: Case) -> bool:
    return contains(case.asked, quantity.span.of(text))


def _city_at(quantity: Quantity, named: list[Place], case: Case) -> str:
    """Return the city that a reader takes a number for: named before it, else asked about."""
    before = [p.city or p.name for p in named if p.span.start < quantity.span.start]
    if before or named:
        return before[-1] if before else named[0].city or named[0].name
    return next(iter(case.cities)) if len(case.cities) == 1 else ""


def _is_of_city(quantity: Quantity, city: str, said: Said, case: Case) -> bool:
    """Say whether a document of the city, or of no city, has the number.

    Of a city without documents only what the cited words say of it by name can be told.
    """
    if city not in case.texts:
        return contains(said.words, city)
    own = "\n".join((case.texts[city], case.texts.get("", "")))
    missing = _missing(said.text, own)
    return not _is_among(quantity, said.text, missing) and stands(quantity, own, said.text)


def _of_another_city(said: Said, named: list[Place], case: Case) -> Iterator[str]:
    """A sentence that names no city reads as one about the city asked; what it cites must be of it."""
    if len(case.cities) == 1 and not named and said.cities and "" not in said.cities:
        asked = next(iter(case.cities))
        if asked not in said.cities and not contains(said.words, asked):
            yield f"{asked}: {'、'.join(sorted(said.cities))}"


def words_shared(text: str, words: str) -> float:
    """Return the share of the pairs of neighbouring Han characters of ``text`` that ``words`` have."""
    pairs = {a + b for a, b in pairwise(dense(text)) if "㐀" <= a <= "鿿" and "㐀" <= b <= "鿿"}
    there = dense(words)
    return sum(pair in there for pair in pairs) / len(pairs) if pairs else 1.0
