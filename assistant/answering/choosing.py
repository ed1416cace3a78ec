"""Which of the ranked units answer: as few as possible, together covering what was asked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.bodies import says_who
from assistant.answering.expectation import Expectation
from assistant.answering.fitness import items_in
from assistant.answering.ranking import Candidate
from assistant.answering.relevance import Query, match_strength
from assistant.answering.units import Unit, is_topic, units_of
from assistant.retrieval.keywords import Keyword
from assistant.text.match import match_key
from assistant.types import Intent

_MOST_UNITS, _MOST_BELOW, _SOON_AFTER = 3, 6, 2
_NEW_SHARE = 0.29
_NEAR_BEST = 0.66
# A second unit this little behind the best, and longer, is as likely meant: the best may only announce
# what the longer one tells.
_LEVEL = 0.07
_SAYS_MUCH_CHARS = 12  # that are not in the question
_TAKES_UP = re.compile(r"被|其(?![他它余次中])|该|上述|前款|这[些一是]|此(?!外|次)")


def choose_units(query: Query, ranked: Sequence[Candidate]) -> list[Candidate]:
    """Take the best unit, then units that cover words of the question which those before lack."""
    chosen = [ranked[0]]
    for candidate in ranked[1:12]:
        if len(chosen) == _MOST_UNITS or candidate.relevance < _NEAR_BEST * ranked[0].relevance:
            break
        if (
            not _covers_same(candidate, chosen)
            and _new_share(query, candidate, chosen) >= _NEW_SHARE
        ):
            chosen.append(candidate)
    return _in_document_order(chosen)


def with_level(chosen: Sequence[Candidate], ranked: Sequence[Candidate]) -> list[Candidate]:
    """Add the unit after the best where it fits about as well and says more: it may be what was meant."""
    best = ranked[0]
    level = [c for c in ranked[1:2] if c.score >= best.score - _LEVEL and not c.unit.is_row]
    longer = (c for c in level if len(c.unit.text) > len(best.unit.text))
    new = (c for c in longer if c not in chosen and not _covers_same(c, chosen))
    return _in_document_order([*chosen, *new])


def with_following(
    expected: Expectation, chosen: Sequence[Candidate], ranked: Sequence[Candidate]
) -> list[Candidate]:
    """Add the sentence after the best where the best is not complete without it.

    It takes the best up (被取消资格的单位，…), or it names the several things that were asked for and
    that the best only announces (形成“3+1”布局。在甲区建…、在乙区建…).
    """
    best = ranked[0]
    following = next((c for c in ranked if _follows(best, c)), None)
    if not following or following in chosen or len(chosen) > 1:
        return list(chosen)
    names_them = expected.asks_several and items_in(best.unit) < 2 <= items_in(following.unit)
    if names_them or _TAKES_UP.match(following.unit.text):
        return [best, following]
    return list(chosen)


def _follows(one: Candidate, other: Candidate) -> bool:
    """Say whether ``other`` is the next sentence of the same passage or cell."""
    first, second = one.unit, other.unit
    if not one.is_beside(other) or first.column != second.column or first.is_row:
        return False
    start = first.passage.span.start
    between = first.passage.text[first.span.end - start : second.span.start - start]
    return first.span.end <= second.span.start and not between.strip()


def enumerating_heading(expected: Expectation, ranked: Sequence[Candidate]) -> Candidate | None:
    """Return the heading of the best unit where it names the several things asked for (聚焦甲、乙和丙)."""
    best = ranked[0].unit
    if not expected.asks_several or items_in(best) > 1:
        return None
    heading = match_key(" ".join(best.passage.heading_path[-1:]))
    same = (c for c in ranked if c.unit.passage.id == best.passage.id)
    return next(
        (c for c in same if items_in(c.unit) > 2 and heading and c.unit.key.startswith(heading)),
        None,
    )


def below_topic(query: Query, ranked: Sequence[Candidate]) -> list[Candidate]:
    """Return what follows the best unit where that only names a topic (三是推动针灸数字化升级。).

    A topic that says much itself (8.建立…模式，强化…队伍建设。) is kept, with what is best below it.
    """
    best = ranked[0].unit
    if not is_topic(best.text):
        return []
    below = [
        c
        for c in ranked
        if c.unit.passage.id == best.passage.id and c.unit.context.endswith(best.key)
    ]
    if len(list(query.new_in(best.key))) >= _SAYS_MUCH_CHARS:
        return [ranked[0], *below[:1]] if below else []
    return _in_document_order(below[:_MOST_UNITS])


def dated_by(expected: Expectation, best: Candidate) -> Unit | None:
    """Return the sentence of the passage that says for when the values of the best unit are.

    The values are of the indicator asked for: 力争通过5年努力，…。…占比提升到20%。
    """
    named = [v for v in best.values if v.indicator in expected.indicators]
    times = {v.period or f"{v.year}年" for v in named if v.period or v.year}
    beside = units_of([best.unit.hit], whole_sentences=True)
    return next((unit for unit in beside if any(time in unit.text for time in times)), None)


def who_follows(expected: Expectation, best: Candidate) -> Unit | None:
    """Return the sentence right after the best that tells who does what that says (由…牵头)."""
    if expected.intent is not Intent.WHO or best.unit.is_row or says_who(best.unit):
        return None
    beside = units_of([best.unit.hit], whole_sentences=True)
    after = [unit for unit in beside if unit.span.start >= best.unit.span.end][:_SOON_AFTER]
    return next((u for u in after if says_who(u) and u.key.lstrip().startswith("由")), None)


def below_heading(ranked: Sequence[Candidate]) -> list[Candidate]:
    """Return what a heading stands over, where the best unit is but that heading (三、存在的问题)."""
    best = ranked[0].unit
    heading = match_key(" ".join(best.passage.heading_path[-1:]))
    if not heading or best.is_row or best.key.rstrip("。：: ") != heading.rstrip("。：: "):
        return []
    below = [c for c in ranked if c.is_beside(ranked[0]) and c is not ranked[0]]
    return _in_document_order(below[:_MOST_BELOW])


def _covers_same(candidate: Candidate, chosen: Sequence[Candidate]) -> bool:
    """Say whether a chosen unit says the same words (annex and prose repeat one another)."""
    return any(candidate.unit.key in c.unit.key or c.unit.key in candidate.unit.key for c in chosen)


def _new_share(query: Query, candidate: Candidate, chosen: Sequence[Candidate]) -> float:
    """Return the weight share of words that stand in ``candidate`` and in no chosen unit."""
    new = sum(
        one.weight
        for one in query.wanted
        if _stands(one.keyword, candidate) and not any(_is_given(one.keyword, c) for c in chosen)
    )
    return new / query.weight if query.weight else 0.0


def _stands(word: Keyword, candidate: Candidate) -> bool:
    return match_strength(word, candidate.unit.key, "", "", "") >= 0.85


def _is_given(word: Keyword, candidate: Candidate) -> bool:
    """Say whether the unit has the word or stands under it."""
    unit = candidate.unit
    return match_strength(word, unit.key, unit.context, "", "") >= 0.5


def _in_document_order(candidates: Sequence[Candidate]) -> list[Candidate]:
    order = {c.document_id: place for place, c in reversed(list(enumerate(candidates)))}
    return sorted(candidates, key=lambda c: (order[c.document_id], c.unit.span.start))
