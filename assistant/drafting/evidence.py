"""What the library has on a point: this city's sentences by role, and other cities' practice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answering.relevance import (
    Query,
    coverage,
    inverse_document_frequency,
    match_strength,
)
from assistant.drafting.ages import year_of
from assistant.drafting.items import Item, Told, items_of
from assistant.drafting.proposal import Point, Role
from assistant.drafting.roles import role_of
from assistant.drafting.topics import chief_of, is_unknown, search_words, topic_query, topics_of
from assistant.library import Library
from assistant.retrieval import Retriever
from assistant.text.match import match_key
from assistant.types import Document, Span

_HITS, _FEW = 24, 12
FITS, _NEAR = 0.5, 0.36
_FIRM, _OF_BEST = 0.55, 0.62
_OTHER_CITIES = 12


@dataclass(frozen=True, slots=True)
class Fact:
    """A sentence for the draft: where it stands, its role, its document's year, how well it fits."""

    told: Told
    document: Document
    role: Role
    year: int | None
    fit: float

    @property
    def city(self) -> str:
        """The city whose document it is."""
        return self.document.city


@dataclass(frozen=True, slots=True)
class Evidence:
    """The facts on one point; ``fit`` is that of the best one of the replying city."""

    own: tuple[Fact, ...]
    elsewhere: tuple[Fact, ...]

    @property
    def fit(self) -> float:
        """How well the best fact of the replying city fits, 0 where there is none."""
        return max((fact.fit for fact in self.own), default=0.0)

    @property
    def is_firm(self) -> bool:
        """Say whether the replying city's documents speak of the point itself."""
        return self.fit >= FITS


class Gatherer:
    """Find the facts for points in one library; construction is cheap."""

    def __init__(self, library: Library, *, excluded: Iterable[str] = ()) -> None:
        self._library, self._excluded = library, frozenset(excluded)
        self._retriever = Retriever(library)
        self._items = lru_cache(maxsize=64)(self._read_items)
        self._year = lru_cache(maxsize=256)(self._read_year)

    def gather(self, point: Point, city: str) -> Evidence:
        """Return what the documents say on ``point``, newer before older, then by fit."""
        asked = [t for t in topics_of(point.topic) if not is_unknown(self._query(t), self._rarity)]
        own = self._facts(asked, city, _HITS)
        others = [c for c in self._library.cities() if c != city][:_OTHER_CITIES]
        elsewhere = [f for other in others for f in self._facts(asked, other, _FEW)]
        taken = (f for f in elsewhere if f.fit >= FITS and f.role is not Role.PROBLEM)
        return Evidence(tuple(own), tuple(taken))

    def year(self, document: Document) -> int | None:
        """Return the year that a document speaks from."""
        return self._year(document.id)

    def _query(self, topic: str) -> Query:
        return topic_query(topic, self._library.cities(), self._rarity)

    def _rarity(self, word: str) -> float:
        frequency = self._library.document_frequency(word)
        return inverse_document_frequency(frequency, self._library.passage_count())

    def _facts(self, topics: Sequence[str], city: str, k: int) -> list[Fact]:
        """Return the facts on any of ``topics``, each once, the best fitting first."""
        best: dict[tuple[str, Span], Fact] = {}
        for fact in (fact for topic in topics for fact in self._on_topic(topic, city, k)):
            key = (fact.document.id, fact.told.span)
            if key not in best or best[key].fit < fact.fit:
                best[key] = fact
        return sorted(best.values(), key=lambda f: (-f.fit, -(f.year or 0), f.told.span.start))

    def _on_topic(self, topic: str, city: str, k: int) -> list[Fact]:
        query = self._query(topic)
        hits = self._retriever.search(search_words(topic, query), k=k, city=city)
        hits = tuple(h for h in hits if h.passage.document_id not in self._excluded)
        found = {hit.passage.id for hit in hits}
        documents = dict.fromkeys(hit.passage.document_id for hit in hits)
        facts = [
            fact
            for document_id in documents
            for item in self._items(document_id)
            if any(told.passage.id in found for told in item.told)
            for fact in self._of_item(query, item)
        ]
        best: dict[Role, float] = {}
        for fact in facts:
            best[fact.role] = max(best.get(fact.role, 0.0), fact.fit)
        return [fact for fact in facts if fact.fit >= best[fact.role] * _OF_BEST]

    def _of_item(self, query: Query, item: Item) -> list[Fact]:
        document = self._library.document(item.document_id)
        year = self._year(document.id)
        fitting = ((told, fit_of(query, match_key(told.text), item.above)) for told in item.told)
        return [
            Fact(told, document, role_of(told.text, item.heading_path, document.kind), year, fit)
            for told, fit in fitting
            if fit >= _NEAR
        ]

    def _read_items(self, document_id: str) -> tuple[Item, ...]:
        document = self._library.document(document_id)
        return items_of(document, self._library.passages_of(document_id))

    def _read_year(self, document_id: str) -> int | None:
        return year_of(self._library.document(document_id))


def fit_of(query: Query, key: str, above: str) -> float:
    """Return in [0, 1] how well a sentence fits; 0 where it names none of the topic's chief words.

    ``above`` is what it stands under. Both are match keys.
    """
    firm = (match_strength(one.keyword, key, above, "", "") >= _FIRM for one in chief_of(query))
    return coverage(query, key=key, above=above) if any(firm) else 0.0
