"""Cases: a sentence that gives one measure for each of several cases, and the case that is asked.

起付标准一级医院200元，二级医院400元 has two; so has 其中2024年1亿元、2025年2亿元, and a scale of points
or amounts (90分以上的全部留用；80—89分的留用80%) has one a range. The number of the next case is a wrong
one, and where a question picks none of them, only all of them together answer it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from assistant.answering.expectation import Expectation
from assistant.answering.numbers import fits, measured
from assistant.answering.relevance import Query
from assistant.text.match import match_key
from assistant.text.numbers import quantities
from assistant.text.scales import shared_bands
from assistant.text.sentences import clauses
from assistant.text.tokens import words

_PART = re.compile(r"[^；;]+[；;]?")
_ITEM = re.compile(r"[^、，,；;]+[、，,；;]?")
_BARE = re.compile(r"[^，。；、\d]{0,4}[^，。；、]{1,10}")
_ANNOUNCED = re.compile(r"(?:.*[，。；、])?(?P<lead>[^，。；、：:]*(?<!\d)[：:])", re.DOTALL)
_WHOLE = re.compile(r"(?:^|.*?[，,；;])(?P<lead>[^，,；;]*[，,（(]?其中[，,:：]?)", re.DOTALL)
_MEASURE_CHARS = 2


@dataclass(frozen=True, slots=True)
class Case:
    """One of several cases: its words after the ``lead`` of all of them (…其中, …标准：), verbatim.

    ``name`` is the match key of the words that say which case it is, ``piece`` the stretch of the
    sentence that it stands in. ``is_first`` marks the one whose words may be those of all of them,
    ``is_part`` one whose lead tells the whole that it is a part of.
    """

    text: str
    name: str
    lead: str
    piece: str
    is_first: bool = False
    is_part: bool = False


def cases_in(expected: Expectation, text: str) -> tuple[Case, ...]:
    """Return the cases of a sentence, in order; empty where it has no two of them."""
    parts = [match.group() for match in _PART.finditer(text)]
    pieces = [span.of(text) for span in clauses(text)]
    for several, of_one in ((parts, False), (pieces, True)):
        if scale := _of_a_scale(expected, several):
            return _named(expected, scale)
        if alike := _of_one_measure(expected, several, alone=of_one):
            return _named(expected, alike)
    return next(filter(None, (_parts_of_a_whole(expected, part) for part in parts)), ())


def is_for_given(expected: Expectation, text: str) -> bool:
    """Say whether ``text`` is a scale in which a number of the question has its place (85分)."""
    if not expected.given:
        return False
    bands = shared_bands([match.group() for match in _PART.finditer(text)])
    return any(unit in bands for _, unit in expected.given)


def tells_number(expected: Expectation, text: str) -> bool:
    """Say whether ``text`` has a number that could answer, or something for a number of the question."""
    return bool(measured(expected, text)) or is_for_given(expected, text)


def beside_scale(query: Query, expected: Expectation, text: str) -> Query:
    """Return ``query`` without its numbers where ``text`` is the scale that they have their place in."""
    if not is_for_given(expected, text):
        return query
    given = {f"{value:f}" for value, _ in expected.given}
    return replace(query, wanted=tuple(o for o in query.wanted if o.keyword.word not in given))


def _of_a_scale(expected: Expectation, pieces: Sequence[str]) -> list[str]:
    """Return those of ``pieces`` that give something for a range of the same unit."""
    units = units_of_scale(expected, pieces)
    return [p for p in pieces if any(q.unit in units for q in quantities(p))]


def units_of_scale(expected: Expectation, pieces: Sequence[str]) -> frozenset[str]:
    """Return the units by which several of ``pieces`` tell their cases apart.

    Each that has a number of the measure asked for has one of them too (1-2级2元，3-5级4元), or two
    and more begin with a range that something is said of (80分以上的，…).
    """
    units = shared_bands(pieces)
    if not expected.measures:
        return units
    others = [
        {q.unit for q in quantities(piece) if q.unit and not fits(expected, q.unit)}
        for piece in pieces
        if measured(expected, piece)
    ]
    return units.union(set.intersection(*others) if len(others) > 1 else ())


def _of_one_measure(
    expected: Expectation, pieces: Sequence[str], *, alone: bool = False
) -> list[str]:
    """Return those of ``pieces`` that have a number behind the same words (起付标准…, 报销比例…).

    ``alone``: where others of them share other words, what belongs together is not told (门诊上转…，
    下转…，住院上转…，下转…).
    """
    behind = [
        {piece[: q.whole.start][-_MEASURE_CHARS:] for q in measured(expected, piece)}
        for piece in pieces
    ]
    counted = Counter(words for each in behind for words in each if _is_han(words))
    shared = [words for words, times in counted.most_common() if times > 1]
    if not shared or (alone and len(shared) > 1):
        return []
    return [piece for piece, each in zip(pieces, behind, strict=True) if shared[0] in each]


def _is_han(text: str) -> bool:
    return len(text) == _MEASURE_CHARS and all("㐀" <= char <= "鿿" for char in text)


def _named(expected: Expectation, pieces: Sequence[str]) -> tuple[Case, ...]:
    """Name each case by the words before its number, without those that end all of these.

    The first also has what is said of all of them (住院起付标准一级医院…，二级医院…), so only its last
    words, no longer than the shortest of the other names, can be its name.
    """
    announced = _ANNOUNCED.match(pieces[0])
    lead = announced["lead"] if announced else ""
    texts = (pieces[0][announced.end() if announced else 0 :], *pieces[1:])
    said = [words(_before_number(expected, text)) for text in texts]
    names = _without_shared_ending(said)
    if all(name[-1:] == ["的"] for name in names[1:]):  # what they are the cases of is left out
        names[0] = (
            names[0][: len(names[0]) - names[0][::-1].index("的")] if "的" in names[0] else []
        )
    shortest = min(len("".join(name)) for name in names[1:])
    names[0] = [] if _is_banded(pieces) else _last_words(names[0], shortest)
    return tuple(
        Case(text, "".join(name), lead, piece, is_first=piece is pieces[0])
        for text, name, piece in zip(texts, names, pieces, strict=True)
    )


def _is_banded(pieces: Sequence[str]) -> bool:
    """Say whether the pieces begin with ranges, which say which case each is."""
    return len(pieces) > 1 and bool(shared_bands(pieces))


def _without_shared_ending(said: Sequence[list[str]]) -> list[list[str]]:
    """Leave out the words that all end with alike (…起付标准)."""
    from_the_end = zip(*(reversed(each) for each in said), strict=False)
    shared = sum(1 for _ in takewhile(lambda each: len(set(each)) == 1, from_the_end))
    return [each[: len(each) - shared] or list(each) for each in said]


def _last_words(said: Sequence[str], most_chars: int) -> list[str]:
    """Return the last words of ``said``, at least one, of ``most_chars`` characters at most."""
    last = list(said[-1:])
    for word in reversed(said[:-1]):
        if len("".join(last)) + len(word) > most_chars:
            break
        last.insert(0, word)
    return last


def _before_number(expected: Expectation, piece: str) -> str:
    found = measured(expected, piece)
    return piece[: found[0].whole.start] if found else piece


def _parts_of_a_whole(expected: Expectation, text: str) -> tuple[Case, ...]:
    """Return the parts of a whole in a row (…3亿元，其中甲县1亿元、乙县2亿元)."""
    whole = _WHOLE.match(text)
    if not whole or not measured(expected, whole["lead"]):
        return ()
    cases: list[Case] = []
    for match in _ITEM.finditer(text, whole.end()):
        item = match.group()
        found = measured(expected, item)
        if len(found) != 1 or not _BARE.fullmatch(item[: found[0].whole.start]):
            break
        name = match_key(item[: found[0].whole.start])
        closing = "）" if "（" in whole["lead"] else ""
        told = item.rstrip("、，,；;。）") + closing
        cases.append(Case(told, name, whole["lead"], item, is_part=True))
    return tuple(cases)
