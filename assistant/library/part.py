"""A part of a library: the documents of a city, of a kind. What is read through it stays inside."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from assistant.library.cards import DocumentCard
from assistant.library.library import Library
from assistant.library.state import Filters
from assistant.text.counties import is_of
from assistant.types import IndicatorValue


class Part(Library):
    """A library as if it held only the documents that pass ``filters``; a city has its counties.

    It lists, searches and reads the values of those alone. It shares what the whole has open, so it
    needs no closing; how rare a word is stays the whole library's.
    """

    def __init__(self, whole: Library, filters: Filters) -> None:
        vars(self).update(vars(whole))
        self._filters = filters
        self._cards = lru_cache(1)(lambda generation: tuple(filter(self._has, whole.documents())))

    def close(self) -> None:
        """Free nothing: who opened the whole library closes it."""

    def documents(self) -> tuple[DocumentCard, ...]:
        """List the part's documents, in the order of the whole."""
        return self._cards(self.generation)

    def cities(self) -> tuple[str, ...]:
        """List the cities that the part's documents speak for."""
        if self._filters.kind:
            return tuple(dict.fromkeys(card.city for card in self.documents() if card.city))
        return tuple(city for city in super().cities() if self._is_of_city(city))

    def indicator_values(
        self,
        *,
        cities: Iterable[str] = (),
        indicators: Iterable[str] = (),
        years: Iterable[int] = (),
        kinds: Iterable[str] = (),
        documents: Iterable[str] = (),
        department: str = "",
    ) -> tuple[IndicatorValue, ...]:
        """Read the part's indicator values that pass every filter that is not empty."""
        named = tuple(cities)
        within = [city for city in named or self.cities() if self._is_of_city(city)]
        if not within and (named or self._filters.city):
            return ()
        found = super().indicator_values(
            cities=within if named or self._filters.city else (),
            indicators=indicators,
            years=years,
            kinds=kinds,
            documents=documents,
            department=department,
        )
        if not self._filters.kind:
            return found
        held = {card.id for card in self.documents()}
        return tuple(value for value in found if value.document_id in held)

    def search_terms(
        self, query: str, *, k: int, city: str = "", kind: str = "", document: str = ""
    ) -> tuple[tuple[str, float], ...]:
        """Find passages of the part by words; see Library."""
        area = self._area(city, kind)
        if area is None:
            return ()
        return super().search_terms(query, k=k, city=area.city, kind=area.kind, document=document)

    def search_meaning(
        self, query: str, *, k: int, city: str = "", kind: str = "", document: str = ""
    ) -> tuple[tuple[str, float], ...]:
        """Find passages of the part by meaning; see Library."""
        area = self._area(city, kind)
        if area is None:
            return ()
        return super().search_meaning(query, k=k, city=area.city, kind=area.kind, document=document)

    def _has(self, card: DocumentCard) -> bool:
        return self._is_of_city(card.city) and self._filters.kind in ("", card.kind)

    def _is_of_city(self, city: str) -> bool:
        return not self._filters.city or is_of(city, (self._filters.city,))

    def _area(self, city: str, kind: str) -> Filters | None:
        """Return where both the part and what is asked for are; None where they do not meet."""
        own = self._filters
        if kind and own.kind not in ("", kind):
            return None
        if city and not self._is_of_city(city):
            if not is_of(own.city, (city,)):
                return None
            city = own.city
        return Filters(city or own.city, kind or own.kind)
