"""A point's topic as weighted words, with the other words that documents have for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from assistant.answering.relevance import Query, Wanted, query_of
from assistant.text.match import match_key
from assistant.text.tokens import names_a_thing
from assistant.types import Intent, Question

_CHIEF, _LEAST_CLAUSE = 3, 6
_LEAST_OF_TOP = 0.4
# A proposal demands (增加…数量, 防止, 扩大) what a document reports in other words.
_OF_A_VERB = 0.4
_UNSEEN, _MOST_UNSEEN = "〇〇", 0.5


@cache
def _synonyms() -> dict[str, tuple[str, ...]]:
    """Read synonyms.txt: the first word of a line may be met as any of the others."""
    lines = (Path(__file__).parent / "synonyms.txt").read_text("utf-8").splitlines()
    sets = [match_key(line).split() for line in lines if line and not line.startswith("#")]
    return {first: tuple(others) for first, *others in sets}


# To which bodies something applies, and what anything can be said of: it says nothing of what is asked.
_SAYS_NOTHING = re.compile(
    r"[一二三四甲乙]级|以上|以下|全[国省市区县]|^(?:力度|问题|情况|方面|措施|方式|程度|作用|水平|工作|实际|群众|负担|数量|数目)$"
)
_ASIDES = 3


def topics_of(topic: str) -> tuple[str, ...]:
    """Return a topic, and its first clause where it has several: the rest may be reasons."""
    first = re.split(r"[，,]", topic, maxsplit=1)[0]
    return (topic,) if first == topic or len(first) < _LEAST_CLAUSE else (topic, first)


def asides_of(text: str, topic: str) -> tuple[str, ...]:
    """Return what else a point asks beside its topic: the first clauses that follow, a few."""
    _, *clauses = (one.strip() for one in re.split(r"[。；;！，,：:]", text))
    return tuple(c for c in clauses if len(c) >= _LEAST_CLAUSE and c != topic)[:_ASIDES]


def topic_query(topic: str, cities: Sequence[str], rarity: Callable[[str], float]) -> Query:
    """Weigh the words of ``topic`` by ``rarity``; the names of ``cities`` say nothing of it."""
    question = Question(topic, topic, Intent.LIST, topic, tuple(cities))
    query = query_of(question, rarity=rarity)
    return replace(query, wanted=tuple(_widened(one) for one in query.wanted))


def _widened(one: Wanted) -> Wanted:
    word = one.keyword
    more = _met_as(word.word)
    is_thing = names_a_thing(word.word) and not word.is_light
    share = 1.0 if is_thing and not _SAYS_NOTHING.search(word.word) else _OF_A_VERB
    return replace(
        one,
        weight=one.weight * share,
        keyword=replace(one.keyword, also=tuple({*one.keyword.also, *more})),
    )


def _met_as(word: str) -> tuple[str, ...]:
    """Return what documents have for a word: for itself, else for the longest known word in it."""
    known = _synonyms()
    if word in known:
        return known[word]
    inside = max((key for key in known if key in word), key=len, default="")
    return (inside, *known[inside]) if inside else ()


def is_unknown(query: Query, rarity: Callable[[str], float]) -> bool:
    """Say whether more than half of the topic's things are named, in any form, by no document."""
    things = things_of(query)
    unseen = rarity(_UNSEEN)
    lacking = [o for o in things if all(rarity(form) >= unseen for form in o.keyword.forms)]
    return len(lacking) > _MOST_UNSEEN * len(things)


def things_of(query: Query) -> list[Wanted]:
    """Return the words that name things, or all words where none does."""
    told = [one for one in query.wanted if not _SAYS_NOTHING.search(one.keyword.word)]
    things = [o for o in told if names_a_thing(o.keyword.word) and not o.keyword.is_light]
    return things or told or list(query.wanted)


def chief_of(query: Query) -> tuple[Wanted, ...]:
    """Return the words that a sentence on the topic cannot do without one of: its things."""
    ordered = sorted(things_of(query), key=lambda one: -one.weight)[:_CHIEF]
    least = ordered[0].weight * _LEAST_OF_TOP if ordered else 0.0
    return tuple(one for one in ordered if one.weight >= least)


def search_words(topic: str, query: Query) -> str:
    """Return the words to search for: the topic's own, and those that documents may have instead."""
    more = (form for one in query.wanted for form in one.keyword.also if len(form) > 1)
    return " ".join((topic, *dict.fromkeys(more)))
