"""Example questions made from what the library holds, so that each of them has an answer."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

from assistant.types import Document, IndicatorValue, ValueKind

SHOWN = 4
TITLE_CHARS = range(6, 19)


def example_questions(
    values: Iterable[IndicatorValue], documents: Iterable[Document]
) -> Iterator[str]:
    """Yield candidates, the most telling first: a value, a comparison, a section of each document."""
    found = tuple(values)
    yield from islice(_value_questions(found), 2)
    yield from islice(_comparisons(found), 1)
    yield from _section_questions(documents)


def _value_questions(values: tuple[IndicatorValue, ...]) -> Iterator[str]:
    """Ask each city for one target with a number, of the indicator that is spoken of most."""
    spoken = Counter(value.indicator for value in values)
    asked: set[str] = set()
    for value in sorted(values, key=lambda value: -spoken[value.indicator]):
        told = value.kind is ValueKind.TARGET and value.value is not None and value.year
        if told and value.city and value.city not in asked:
            asked.add(value.city)
            yield f"{value.city}{value.year}年{value.indicator}的目标是多少？"


def _comparisons(values: tuple[IndicatorValue, ...]) -> Iterator[str]:
    """Compare the indicators that most cities have."""
    cities: dict[str, set[str]] = defaultdict(set)
    for value in values:
        if value.city and value.kind is ValueKind.TARGET:
            cities[value.indicator].add(value.city)
    for indicator in sorted(cities, key=lambda name: -len(cities[name])):
        if len(cities[indicator]) > 1:
            yield f"哪些城市提出了{indicator}的目标？分别是多少？"


def _section_questions(documents: Iterable[Document]) -> Iterator[str]:
    """Ask how a document goes about one of its deepest headings."""
    for document in documents:
        deepest = max((heading.level for heading in document.outline), default=0)
        for heading in document.outline:
            title = heading.title.strip("。：: ")
            if document.city and heading.level == deepest and len(title) in TITLE_CHARS:
                yield f"{document.city}在{title}方面有哪些举措？"
                break
