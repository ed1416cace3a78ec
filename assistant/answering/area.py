"""The area that a question is asked of: the whole library, or the documents of a city, of a kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from assistant.answering import refusing
from assistant.answering.answerer import Answerer
from assistant.answering.grounds import NO_GROUND, Ground, Grounds
from assistant.answering.statements import Outcome
from assistant.library import Filters, Library, Part
from assistant.retrieval import LibraryView, Retriever, Titled, titled, understand
from assistant.text.counties import is_of
from assistant.types import Hit, Intent, Question

NO_FILTER = Filters()


class Area:
    """Find and answer within ``filters``, whatever the route: all that is read is read through here."""

    def __init__(self, library: Library, filters: Filters = NO_FILTER) -> None:
        self._whole, self._filters = library, filters
        self.library = Part(library, filters) if any(filters) else library
        self.retriever, self._answerer = Retriever(self.library), Answerer(self.library)
        self.grounds = Grounds(self.library, self._answerer.answer)

    def view(self) -> LibraryView:
        """Return what understanding a question needs to know: all cities, the area's own titles."""
        titles = _titles(self.library, self.library.generation)
        return LibraryView(self._whole.cities(), self._whole.mentions, titles, date.today())

    def ask_part(
        self, whole: Question, history: Sequence[str], part: str, before: Sequence[str]
    ) -> tuple[Question, Outcome]:
        """Answer one part of ``whole`` by itself, in the light of the parts ``before`` it."""
        earlier, view = (*history, *before), self.view()
        question = self.turned_to(understand(part, earlier, view), part, earlier, view)
        if not question.cities:
            question = replace(question, cities=whole.cities)
        question = self.narrowed(question)
        ground = self.grounds.of(question)
        hits = self.grounds.with_passages(self.retriever.find(question), ground)
        return question, self.answer(question, hits, ground)

    def narrowed(self, question: Question) -> Question:
        """Return ``question`` as asked of the area's city, where it names none or more than it asks.

        A question that names what is beyond the area stays as it is; so ``answer`` can say so.
        """
        if not any(self._filters):
            return question
        before = question.before and self.narrowed(question.before)
        if before and self.is_beyond(before):
            before = None
        question = replace(question, before=before)
        city = self._filters.city
        if not city or self.is_beyond(question):
            return question
        inside = tuple(one for one in question.cities if is_of(one, (city,)))
        return replace(question, cities=inside or (city,))

    def turned_to(
        self, question: Question, text: str, history: Sequence[str], view: LibraryView
    ) -> Question:
        """Return a follow-up as asked of the area's city, where it has another from earlier turns only."""
        if (
            not history
            or not self.is_beyond(question)
            or self.is_beyond(understand(text, (), view))
        ):
            return question
        turned = understand(f"{self._filters.city}{text}", history, view)
        return replace(turned, text=text)

    def is_beyond(self, question: Question) -> bool:
        """Say whether the question asks of what the area does not hold."""
        return any(self._filters) and self._refusal(question) is not None

    def answer(
        self, question: Question, hits: Sequence[Hit], ground: Ground = NO_GROUND
    ) -> Outcome:
        """Answer from the area, or refuse; what is denied or compared is said to be so there."""
        if not any(self._filters):
            return self._answerer.answer(question, hits, ground)
        if refusal := self._refusal(question):
            return refusal
        outcome = self._answerer.answer(question, hits, ground)
        denies = outcome.reason or not all(said.sources for said in outcome.statements)
        if denies or question.intent is Intent.COMPARE:
            remark = refusing.searched_only(self._filters)
            return replace(outcome, statements=(*outcome.statements, remark))
        return outcome

    def _refusal(self, question: Question) -> Outcome | None:
        """Return the refusal of a question that names what the area does not hold, None for any other."""
        if question.absent_cities and not question.cities:
            return refusing.city_not_in_library(question, self._whole.cities())
        city, kind = self._filters.city, self._filters.kind
        others = self._beyond(question)
        if others:
            return refusing.beyond_the_city(others, city)
        asked = question.cities or ((city,) if city else ())
        held = self.library.cities()
        without = [one for one in asked if not any(is_of(own, (one,)) for own in held)]
        return refusing.none_of_the_kind(without, kind) if without and kind else None

    def _beyond(self, question: Question) -> list[str]:
        """Return the cities asked about that are not the area's.

        Of those that a province stands for, only the area's is meant.
        """
        city = self._filters.city
        others = [one for one in question.cities if city and not is_of(one, (city,))]
        named = [one for one in others if one in question.standalone]
        return named if len(others) < len(question.cities) else others


@lru_cache(maxsize=8)
def _titles(library: Library, generation: int) -> tuple[Titled, ...]:
    """Read how the documents of a library are named, once for each of its generations."""
    return tuple(
        titled(c.id, c.title, c.number, city=c.city, days=(c.signed, c.printed, c.published))
        for c in library.documents()
    )
