"""Two legs, fused, with a quota for every city that is asked of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, zip_longest

from assistant.library import Library
from assistant.retrieval.comparison import words_for
from assistant.retrieval.fusion import CANDIDATES, Fused, fuse
from assistant.retrieval.keywords import keywords, without_asking
from assistant.types import Hit, Intent, Question

_MOST_AREAS = 12
_TELLING = 0.05  # of all passages have a word that says which are meant


@dataclass(frozen=True, slots=True)
class _Area:
    """A part of the library to search on its own; an empty field does not narrow."""

    city: str = ""
    kind: str = ""
    document: str = ""


class Retriever:
    """Find the passages for a question; holds no state but its library."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def find(self, question: Question, *, k: int = 24) -> tuple[Hit, ...]:
        """Return up to ``k`` hits, best first.

        A question that names several cities, or compares all, gets an equal share of hits from each.
        """
        areas = self._areas(question)
        share = -(-k // len(areas))
        rankings = [self._ranked(self._query(question, area.city), share, area) for area in areas]
        return self._hits(_interleaved(rankings), k)

    def search(self, query: str, *, k: int, city: str = "", kind: str = "") -> tuple[Hit, ...]:
        """Return up to ``k`` hits for a query as it is, best first."""
        return self._hits(self._ranked(query, k, _Area(city=city, kind=kind)), k)

    def _areas(self, question: Question) -> tuple[_Area, ...]:
        """Return what to search apart: each document or city that is named, or all at once."""
        if question.documents:
            return tuple(_Area(document=d) for d in question.documents[:_MOST_AREAS])
        return tuple(_Area(city=name) for name in self._cities_to_ask(question))

    def _cities_to_ask(self, question: Question) -> tuple[str, ...]:
        if question.cities:
            return question.cities
        every = self._library.cities()
        if question.intent is Intent.COMPARE and len(every) <= _MOST_AREAS:
            return every or ("",)
        return ("",)

    def _ranked(self, query: str, k: int, area: _Area) -> Sequence[Fused]:
        wanted = max(k, CANDIDATES)
        weight = self._library.meaning_weight
        where = {"city": area.city, "kind": area.kind, "document": area.document}
        legs = {"terms": self._library.search_terms(query, k=wanted, **where)}
        if weight > 0:
            legs["meaning"] = self._library.search_meaning(query, k=wanted, **where)
        return fuse(legs, {"terms": 1 - weight, "meaning": weight}, k=k)

    def _hits(self, fused: Sequence[Fused], k: int) -> tuple[Hit, ...]:
        found = {one.passage_id: one for one in fused}
        passages = self._library.passages(tuple(found))
        hits = (
            Hit(passage, round(found[passage.id].score, 6), 0, found[passage.id].legs)
            for passage in passages
        )
        return tuple(replace(hit, rank=rank) for rank, hit in enumerate(list(hits)[:k], start=1))

    def _query(self, question: Question, city: str) -> str:
        """Return what to search for: what is asked of ``city``, without the words of asking.

        For a word that its documents do not have stand the other words for it that they have.
        """
        cities = question.cities
        asked = words_for(question.standalone, city, cities) if city else question.standalone
        words = (word for word in keywords(asked, without=cities) if word.also)
        unsaid = (word for word in words if not self._library.mentions(word.word, city=city))
        other = (form for word in unsaid for form in word.also if self._tells(form))
        return " ".join((without_asking(asked), *question.indicators, *other))

    def _tells(self, form: str) -> bool:
        """Say whether few passages have ``form``, but some: a word that says which are meant."""
        frequency = self._library.document_frequency(form) if len(form) > 1 else 0
        return 0 < frequency <= _TELLING * self._library.passage_count()


def _interleaved(rankings: Sequence[Sequence[Fused]]) -> list[Fused]:
    """Take the best of each ranking in turn, each passage once."""
    turns: Iterator[Fused | None] = chain.from_iterable(zip_longest(*rankings))
    return list({one.passage_id: one for one in turns if one is not None}.values())
