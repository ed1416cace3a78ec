"""What the library has on a point: this city's sentences by role, and other cities' practice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.answering.relevance import (
    Query,
    coverage,
    inverse_document_frequency,
    match_strength,
)
from assistant.drafting.ages import year_of
from assistant.drafting.facts import Evidence, Fact, facts_at
from assistant.drafting.items import Item, items_of
from assistant.drafting.places import Places
from assistant.drafting.proposal import Point, Role
from assistant.drafting.roles import role_of
from assistant.drafting.topics import (
    asides_of,
    chief_of,
    is_unknown,
    search_words,
    topic_query,
    topics_of,
)
from assistant.errors import QuestionError
from assistant.indicators import find_indicators
from assistant.library import DocumentCard, Library
from assistant.retrieval import Retriever
from assistant.text.match import match_key
from assistant.types import Span

_HITS, _FEW = 24, 12
_NEAR = 0.36
_FIRM, _OF_BEST = 0.55, 0.62
_OTHER_CITIES = 12
_FIRMLY = 0.7
Needs = Callable[[Iterable[object]], bool]


class Gatherer:
    """Find the facts for points in one library; construction is cheap.

    ``excluded`` are ids of documents, passages or stretches that give no facts.
    """

    def __init__(self, library: Library, *, excluded: Iterable[str] = ()) -> None:
        self._library, self._excluded = library, Places.read(excluded)
        self._retriever = Retriever(library)
        self._items = lru_cache(maxsize=64)(self._read_items)
        self._query = lru_cache(maxsize=256)(self._weigh)
        self._rarity = lru_cache(maxsize=4096)(self._count)
        self._year = lru_cache(maxsize=256)(self._read_year)

    def gather(self, point: Point, city: str, insisted: Sequence[Fact] = ()) -> Evidence:
        """Return what the documents say on ``point``, newer before older, then by fit.

        ``insisted`` facts are among it however well they fit.
        """
        asked = [topic for topic in topics_of(point.topic) if self._is_known(topic)]
        own = self._facts(asked, city, _HITS)
        own += self._beside(point, city, own)
        others = [c for c in self._library.cities() if c != city][:_OTHER_CITIES]
        elsewhere = [f for other in others for f in self._facts(asked, other, _FEW)]
        taken = [f for f in elsewhere if f.is_on_point and f.role is not Role.PROBLEM]
        wanted = {fact.place for fact in insisted}
        found = [fact for fact in (*own, *taken) if fact.place not in wanted]
        return Evidence(
            tuple(f for f in (*insisted, *found) if f.city == city),
            tuple(f for f in (*insisted, *found) if f.city != city),
        )

    def _beside(self, point: Point, city: str, told: Sequence[Fact]) -> list[Fact]:
        """Return what firmly fits what a point asks beside its topic, and the values it asks for."""
        clauses = [c for c in asides_of(point.text, point.topic) if self._is_precise(c)]
        firm = [f for f in self._facts(clauses, city, _FEW, needs=all) if f.fit >= _FIRMLY]
        found = {fact.place: fact for fact in (*firm, *self._values(point, city))}
        known = {fact.place for fact in told}
        return [fact for place, fact in found.items() if place not in known]

    def _values(self, point: Point, city: str) -> Iterator[Fact]:
        """Yield the table rows with the city's values of the indicators that a point names."""
        names = find_indicators(point.text)
        values = self._library.indicator_values(cities=(city,), indicators=names) if names else ()
        rows = dict.fromkeys(
            self._library.passage_id_at(v.document_id, v.span)
            for v in values
            if not self._excluded.has(v.document_id, v.span)
        )
        for row in self._library.passages([place for place in rows if place]):
            if row.is_row:
                yield from facts_at(self._library, row.id, self._items)

    def insisted(self, place: str) -> tuple[Fact, ...]:
        """Return the facts of a place that the user insists on; raises QuestionError."""
        facts = facts_at(self._library, place, self._items)
        if not facts:
            raise QuestionError(
                f"「{place}」处没有可以写进答复的完整句子。请改选一段正文或表格中的一行。"
            )
        return tuple(replace(fact, insisted=True) for fact in facts)

    def fit(self, fact: Fact, point: Point) -> float:
        """Return how well a fact fits a point, in [0, 1]."""
        key, above = match_key(fact.told.text), match_key(" ".join(fact.told.passage.heading_path))
        return max(fit_of(self._query(topic), key, above) for topic in topics_of(point.topic))

    def newest_year(self) -> int | None:
        """Return the newest year that a document of the library speaks from."""
        years = (self._year_of_card(card) for card in self._library.documents())
        return max((year for year in years if year), default=None)

    def _year_of_card(self, card: DocumentCard) -> int | None:
        if self._excluded.has_document(card.id):
            return None
        return card.issued.year if card.issued else self._year(card.id)

    def _is_known(self, topic: str) -> bool:
        return not is_unknown(self._query(topic), self._rarity)

    def _is_precise(self, clause: str) -> bool:
        """Say whether a clause names more than one thing: one alone stands in many other matters."""
        return self._is_known(clause) and len(chief_of(self._query(clause))) > 1

    def _weigh(self, topic: str) -> Query:
        return topic_query(topic, self._library.cities(), self._rarity)

    def _count(self, word: str) -> float:
        frequency = self._library.document_frequency(word)
        return inverse_document_frequency(frequency, self._library.passage_count())

    def _facts(self, topics: Sequence[str], city: str, k: int, *, needs: Needs = any) -> list[Fact]:
        """Return the facts on any of ``topics``, each once, the best fitting first.

        ``needs`` says whether a fact must name any or all of a topic's chief words.
        """
        best: dict[tuple[str, Span], Fact] = {}
        for fact in (fact for topic in topics for fact in self._on_topic(topic, city, k, needs)):
            if fact.place not in best or best[fact.place].fit < fact.fit:
                best[fact.place] = fact
        return sorted(best.values(), key=lambda f: (-f.fit, -(f.year or 0), f.told.span.start))

    def _on_topic(self, topic: str, city: str, k: int, needs: Needs) -> list[Fact]:
        query = self._query(topic)
        hits = self._retriever.search(search_words(topic, query), k=k, city=city)
        hits = tuple(h for h in hits if not self._excluded.has_document(h.passage.document_id))
        found = {hit.passage.id for hit in hits}
        documents = dict.fromkeys(hit.passage.document_id for hit in hits)
        facts = [
            fact
            for document_id in documents
            for item in self._items(document_id)
            if any(told.passage.id in found for told in item.told)
            for fact in self._of_item(query, item, needs)
            if not self._excluded.has(document_id, fact.told.span)
        ]
        best: dict[Role, float] = {}
        for fact in facts:
            best[fact.role] = max(best.get(fact.role, 0.0), fact.fit)
        return [fact for fact in facts if fact.fit >= best[fact.role] * _OF_BEST]

    def _of_item(self, query: Query, item: Item, needs: Needs) -> list[Fact]:
        document = self._library.document(item.document_id)
        year = self._year(document.id)
        fitting = ((told, fit_of(query, told.key, item.above, needs)) for told in item.told)
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


def fit_of(query: Query, key: str, above: str, needs: Needs = any) -> float:
    """Return in [0, 1] how well a sentence fits; 0 where it lacks the topic's chief words.

    ``needs`` says whether it must have any or all of them. ``above`` is what it stands under. Both are
    match keys.
    """
    firm = (match_strength(one.keyword, key, above, "", "") >= _FIRM for one in chief_of(query))
    return coverage(query, key=key, above=above) if needs(firm) else 0.0
