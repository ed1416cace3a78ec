"""Which of the ranked units answer: as few as possible, together covering what was asked."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.expectation import Expectation
from assistant.answering.ranking import Candidate
from assistant.answering.relevance import Query, coverage, match_strength
from assistant.answering.units import is_topic
from assistant.retrieval.keywords import Keyword
from assistant.types import Intent

_MOST_UNITS = 3
_NEW_SHARE = 0.26
_NEAR_BEST = 0.66
_UNDER_HEADING = 0.55
_ALIKE = 0.85


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


def choose_section(expected: Expectation, ranked: Sequence[Candidate]) -> list[Candidate]:
    """Take the units of the best unit's section, where the heading carries the question.

    Used when what was asked is named by a heading and its sentences do not repeat it. A list needs
    but the unit that enumerates.
    """
    best = ranked[0]
    if expected.intent is Intent.LIST:
        return [best]
    path = best.unit.passage.heading_path
    same = [
        c
        for c in ranked
        if c.unit.passage.heading_path == path
        and c.document_id == best.document_id
        and c.relevance >= _ALIKE * best.relevance
    ]
    return _in_document_order(same[:_MOST_UNITS])


def below_topic(ranked: Sequence[Candidate]) -> list[Candidate]:
    """Return what follows the best unit where that only names a topic (三是推动针灸数字化升级。)."""
    best = ranked[0].unit
    if not is_topic(best.text):
        return []
    below = [
        c
        for c in ranked
        if c.unit.passage.id == best.passage.id and c.unit.context.endswith(best.key)
    ]
    return _in_document_order(below[:_MOST_UNITS])


def carried_by_heading(query: Query, best: Candidate) -> bool:
    """Say whether the heading above the unit covers the question better than its own words do."""
    own = coverage(query, key=best.unit.key)
    above = coverage(query, key=best.unit.context)
    return above >= _UNDER_HEADING and above > own


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
    return match_strength(word, unit.key, unit.context, unit.lead, "") >= 0.5


def _in_document_order(candidates: Sequence[Candidate]) -> list[Candidate]:
    order = {c.document_id: place for place, c in reversed(list(enumerate(candidates)))}
    return sorted(candidates, key=lambda c: (order[c.document_id], c.unit.span.start))
