"""Grounds: where the turn before was answered, and how near to it a unit stands.

The answer to a follow-up mostly stands near the sentence that answered the question it goes on with: in the
same sentence (其中…), or in the next ones (多久评一次 after 谁来评).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.answering.statements import Outcome, Source
from assistant.answering.units import Unit
from assistant.library import Library
from assistant.retrieval import Retriever
from assistant.types import Hit, IndicatorValue, Question, Span

_HALF_AS_NEAR_CHARS = 120
_MOST_PLACES = 4


@dataclass(frozen=True, slots=True)
class Ground:
    """The places that answered the turn before, and the values that it was told; empty for none."""

    sources: tuple[Source, ...] = ()
    values: tuple[IndicatorValue, ...] = ()

    def is_in(self, document_id: str, span: Span) -> bool:
        """Say whether the turn before was answered inside of ``span``."""
        return any(s.document_id == document_id and span.overlaps(s.span) for s in self.sources)

    def nearness(self, unit: Unit) -> float:
        """Say in [0, 1] how near ``unit`` stands: 1 in the very sentence, 0 in another document."""
        gaps = (
            max(source.span.start - unit.span.end, unit.span.start - source.span.end, 0)
            for source in self.sources
            if source.document_id == unit.passage.document_id
        )
        return max((_HALF_AS_NEAR_CHARS / (_HALF_AS_NEAR_CHARS + gap) for gap in gaps), default=0.0)


NO_GROUND = Ground()


class Grounds:
    """Find the ground of a question; remembers that of the last turns, which a talk comes back to."""

    def __init__(
        self, library: Library, answer: Callable[[Question, Sequence[Hit]], Outcome]
    ) -> None:
        self._library, self._retriever, self._answer = library, Retriever(library), answer
        self._found = lru_cache(maxsize=256)(self._find)

    def of(self, question: Question) -> Ground:
        """Return where the turn that ``question`` goes on with was answered; no ground where it was not."""
        if question.before is None:
            return NO_GROUND
        return self._found(question.before, self._library.generation)

    def _find(self, before: Question, _generation: int) -> Ground:
        hits = self._retriever.find(before)
        outcome = self._answer(before, hits)
        if outcome.reason:
            return NO_GROUND
        sources = dict.fromkeys(source for said in outcome.statements for source in said.sources)
        values = tuple(value for said in outcome.statements for value in said.values)
        return Ground(tuple(sources)[:_MOST_PLACES], values)

    def with_passages(self, hits: Sequence[Hit], ground: Ground) -> tuple[Hit, ...]:
        """Add the passages of ``ground`` and those beside them to ``hits``, behind them."""
        known = {hit.passage.id for hit in hits}
        beside = [id_ for source in ground.sources for id_ in self._beside(source)]
        missing = tuple(dict.fromkeys(id_ for id_ in beside if id_ not in known))
        last = hits[-1].score if hits else 0.0
        added = [Hit(passage, last, 0, ()) for passage in self._library.passages(missing)]
        every = [*hits, *added]
        return tuple(replace(hit, rank=rank) for rank, hit in enumerate(every, start=1))

    def _beside(self, source: Source) -> list[str]:
        passages = self._library.passages_of(source.document_id)
        at = next((n for n, p in enumerate(passages) if p.span.overlaps(source.span)), None)
        return [p.id for p in passages[max(0, at - 1) : at + 2]] if at is not None else []
