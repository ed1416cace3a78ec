"""How well a unit answers a question: which of the question's words it covers, weighted by rarity."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from assistant.answering.units import Unit
from assistant.retrieval.keywords import Keyword, keywords, without_asking
from assistant.text.counties import city_above
from assistant.text.match import match_key
from assistant.text.tokens import names_a_thing
from assistant.types import Question

# How much a word counts where it is found: in the unit, as a synonym, in what the unit stands under,
# in the words before it, in the title of its document, or only in part.
_COMPOUND_CHARS, _IN_HALVES = 4, 0.85
_IN_UNIT, _SYNONYM, _ABOVE, _BEFORE, _TITLE, _PART = 1.0, 0.9, 0.75, 0.55, 0.6, 0.6
# A word that no document has says how the reader speaks, more than what is there.
_UNSEEN, _UNSEEN_THING, _UNSEEN_WORD = "〇〇", 0.5, 0.2
_BACKGROUND_WEIGHT = 0.35
_SHARE_OF_PAIRS, _PAIR_ABOVE = 0.35, 0.5
_HARDLY_RARER = math.log(2)  # at least half of the passages that have the part have the whole
_BINDING = frozenset("每各全该本两已未不没再又都也最更")  # never part of a name
_SUFFIXES = "人者员化性率类们度式市区县省"  # 老年 is as good as 老年人
_LIGHT_WEIGHT, _LEAST_NUMBER_WEIGHT = 0.35, 2.5


@dataclass(frozen=True, slots=True)
class Wanted:
    """A word that the question asks of, its weight, and whether this turn itself said it."""

    keyword: Keyword
    weight: float
    in_focus: bool


@dataclass(frozen=True)
class Query:
    """A question as weighted words and, for closeness of wording, weighted character pairs."""

    wanted: tuple[Wanted, ...]
    pairs: tuple[tuple[str, float], ...]

    @cached_property
    def weight(self) -> float:
        """The weight of all words."""
        return sum(one.weight for one in self.wanted)

    @cached_property
    def pair_weight(self) -> float:
        """The weight of all character pairs."""
        return sum(weight for _, weight in self.pairs)

    def new_in(self, key: str) -> Iterator[str]:
        """Yield the letters and digits of ``key`` that stand in no word of the question."""
        asked = {char for one in self.wanted for form in one.keyword.forms for char in form}
        return (char for char in key if char.isalnum() and char not in asked)


def query_of(
    question: Question,
    *,
    rarity: Callable[[str], float],
    aliases: Sequence[tuple[str, ...]] = (),
    titles: Sequence[str] = (),
    stands: Callable[[str], bool] = lambda _: True,
) -> Query:
    """Weigh the words of ``question`` by ``rarity`` (inverse document frequency).

    ``titles`` are the match keys of the documents that the question names: words that stand in all of
    them say which document is meant, not what is asked of it. Lone characters that the segmenter left
    are joined where the library has them as one word (脑机接口); ``stands`` says whether it has a word.

    ``aliases`` are the name sets of the indicators that the question names: any name of a set counts
    as the whole set.
    """
    above = filter(None, map(city_above, question.cities))  # 天津 of 天津滨海新区
    without = (*question.cities, *question.absent_cities, *above)

    def read(text: str) -> tuple[Keyword, ...]:
        return _joined(keywords(text, without=without), match_key(text), rarity, stands)

    focus = {word.word for word in read(question.focus or question.standalone)}
    asked = {word for word in focus if not titles or any(word not in title for title in titles)}
    words = read(question.standalone)
    says_little = all(word.is_light for word in words if word.word in asked)
    background = 1.0 if says_little else _BACKGROUND_WEIGHT
    wanted = tuple(
        Wanted(
            _with_aliases(word, aliases),
            _weight(word, rarity) * (1.0 if word.word in asked else background),
            word.word in asked,
        )
        for word in words
    )
    return Query(wanted, _pairs(question.focus or question.standalone, without, rarity))


def _joined(
    words: Sequence[Keyword],
    text: str,
    rarity: Callable[[str], float],
    stands: Callable[[str], bool],
) -> tuple[Keyword, ...]:
    """Join lone characters with the word beside them in ``text`` where the library has them as one.

    It does where the whole is hardly rarer than its rarer part: then that part stands nowhere else.
    """
    joined: list[Keyword] = []
    grown = False  # whether the last word is joined already, and so may grow further
    for word in words:
        last = joined[-1] if joined else word
        whole = last.word + word.word
        lone = grown or 1 in (len(word.word), len(last.word))
        light = last.is_light or word.is_light
        binds = last.word[0] in _BINDING or word.word in _BINDING
        grown = bool(joined) and lone and not light and not binds
        grown = grown and whole in text and _is_han(whole)
        rarest = min(rarity(_UNSEEN), max(rarity(last.word), rarity(word.word)) + _HARDLY_RARER)
        grown = grown and rarity(whole) < rarest and stands(whole)
        joined[-1:] = [Keyword(whole)] if grown else [*joined[-1:], word]
    return tuple(joined)


def _is_han(word: str) -> bool:
    return all("㐀" <= char <= "鿿" for char in word)


def _pairs(
    text: str, without: Sequence[str], rarity: Callable[[str], float]
) -> tuple[tuple[str, float], ...]:
    """Return the character pairs of the subject that the library has, with their rarity."""
    unseen = rarity(_UNSEEN)
    subject = without_asking(text)
    for name in without:
        subject = subject.replace(match_key(name), " ")
    runs = re.findall(r"[㐀-鿿]+", subject)
    pairs = dict.fromkeys("".join(pair) for run in runs for pair in pairwise(run))
    weighed = ((pair, rarity(pair)) for pair in pairs)
    return tuple((pair, weight) for pair, weight in weighed if weight < unseen)


def _weight(keyword: Keyword, rarity: Callable[[str], float]) -> float:
    """Weigh a word by its rarity; a lone character says little, a number of the question much."""
    word = keyword.word
    if word.isdigit():
        return max(_LEAST_NUMBER_WEIGHT, rarity(word))
    unseen = rarity(_UNSEEN)
    if rarity(word) >= unseen:
        known = [rarity(other) for other in keyword.also if rarity(other) < unseen]
        if known:  # the library says it in other words
            return min(known) * (_LIGHT_WEIGHT if keyword.is_light else 1.0)
        return rarity(word) * (_UNSEEN_THING if names_a_thing(word) else _UNSEEN_WORD)
    lessened = _LIGHT_WEIGHT if keyword.is_light or len(word) == 1 else 1.0
    return lessened * rarity(word)


def _with_aliases(word: Keyword, aliases: Sequence[tuple[str, ...]]) -> Keyword:
    also = [match_key(n) for names in aliases if word.word in map(match_key, names) for n in names]
    return (
        replace(word, also=tuple(dict.fromkeys((*word.also, *also))), is_light=False)
        if also
        else word
    )


def relevance(query: Query, unit: Unit, *, title: str) -> float:
    """Return how much of the question's weight the unit covers, in [0, 1]."""
    return coverage(query, key=unit.key, above=unit.context, before=unit.lead, title=title)


def coverage(
    query: Query, *, key: str, above: str = "", before: str = "", title: str = ""
) -> float:
    """Return the covered share of ``query``'s weight; all texts are match keys."""
    if not query.weight:
        return 0.0
    covered = sum(
        one.weight * match_strength(one.keyword, key, above, before, title) for one in query.wanted
    )
    by_words = covered / query.weight
    if not query.pair_weight:
        return by_words
    in_unit = sum(weight for pair, weight in query.pairs if pair in key)
    in_above = sum(w for pair, w in query.pairs if pair in above and pair not in key)
    by_pairs = (in_unit + _PAIR_ABOVE * in_above) / query.pair_weight
    return (1 - _SHARE_OF_PAIRS) * by_words + _SHARE_OF_PAIRS * by_pairs


def match_strength(word: Keyword, key: str, above: str, before: str, title: str) -> float:
    """Return in [0, 1] how firmly ``word`` is found, by where it is found."""
    if word.word in key:
        return _IN_UNIT
    best = _SYNONYM if _has_one(key, word.also) else 0.0
    if _has_one(above, word.forms):
        best = max(best, _ABOVE)
    if best < _TITLE and _has_one(title, word.forms):
        best = max(best, _TITLE)
    if best < _BEFORE and _has_one(before, word.forms):
        best = max(best, _BEFORE)
    return max(best, _in_part(word, key))


def _has_one(text: str, forms: Sequence[str]) -> bool:
    return any(map(text.__contains__, forms))


def _in_part(word: Keyword, key: str) -> float:
    """Rate a word that stands there in part: by its character pairs, a longer one by its halves."""
    by_pairs = _PART * _shared_pairs(word, key)
    if len(word.word) < _COMPOUND_CHARS:
        return by_pairs
    return max(by_pairs, _IN_HALVES * sum(map(key.__contains__, word.halves)) / len(word.halves))


def _shared_pairs(word: Keyword, key: str) -> float:
    pairs = word.pairs
    return sum(map(key.__contains__, pairs)) / len(pairs) if len(pairs) > 1 else 0.0


def missing(query: Query, *texts: str, least_shared: float = 0.5) -> tuple[Wanted, ...]:
    """Return the words of this turn that none of ``texts`` (match keys) has, in any form.

    A word counts as there when at least ``least_shared`` of its character pairs are.
    """
    return tuple(
        one
        for one in query.wanted
        if one.in_focus
        and not any(_has_one(text, one.keyword.forms) for text in texts)
        and not any(_is_there_in_part(one.keyword, text, least_shared) for text in texts)
    )


def _is_there_in_part(keyword: Keyword, text: str, least_shared: float) -> bool:
    """Say whether enough of a word's character pairs stand in ``text``.

    Half of a word of three is not enough where it is the half before the noun: 责任 is no 责任险.
    """
    shared, word = _shared_pairs(keyword, text), keyword.word
    if len(word) == 3 and 0 < shared < 1 and word[-1] not in _SUFFIXES and word[-2:] not in text:
        return False
    return shared >= least_shared


def inverse_document_frequency(frequency: int, passages: int) -> float:
    """Robertson and Spärck Jones' weight with the +1 that keeps it positive (as BM25 has it)."""
    return math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5))
