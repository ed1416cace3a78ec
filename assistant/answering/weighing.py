"""The question's words weighed by a library, and the units of hits ranked by them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, lru_cache, partial

from assistant.answering import responsibility
from assistant.answering.bodies import says_who
from assistant.answering.expectation import Expectation, expectation_of
from assistant.answering.grounds import NO_GROUND, Ground
from assistant.answering.ranking import Candidate, Shelved, rank
from assistant.answering.relevance import Query, inverse_document_frequency, query_of
from assistant.answering.statements import Outcome
from assistant.indicators import Lexicon
from assistant.library import Library
from assistant.text.match import match_key
from assistant.types import Document, Hit, Question

_SURELY_MEANT = 0.8  # the relevance of a sentence that is plainly asked for


class Weigher:
    """Weigh questions and rank what was hit; holds no state but its library's documents."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._shelves = lru_cache(maxsize=256)(self._shelve)

    def query(self, question: Question) -> Query:
        """Weigh the question's words by how rare they are in the library."""
        lexicon = Lexicon.load()
        entries = [entry for name in question.indicators if (entry := lexicon.entry(name))]
        aliases = [(entry.name, *entry.aliases) for entry in entries]
        titles = [match_key(self._library.document(each).title) for each in question.documents]
        return query_of(
            question,
            rarity=self._rarity(),
            aliases=aliases,
            titles=titles,
            stands=self._library.mentions,
        )

    def _rarity(self) -> Callable[[str], float]:
        """Return the inverse document frequency of words, each looked up once."""
        passages = self._library.passage_count()

        def rarity(word: str) -> float:
            return inverse_document_frequency(self._library.document_frequency(word), passages)

        return cache(rarity)

    def _shelve(self, document_id: str, generation: int) -> Shelved:
        """Read a document and its values, once for each generation of the library."""
        values = self._library.indicator_values(documents=(document_id,))
        return Shelved(self._library.document(document_id), values)

    def documents(self, hits: Sequence[Hit]) -> list[Document]:
        """Return the first documents that were hit, at most four."""
        ids = dict.fromkeys(hit.passage.document_id for hit in hits)
        return [self._library.document(document_id) for document_id in list(ids)[:4]]

    def rank(
        self,
        query: Query,
        expected: Expectation,
        hits: Sequence[Hit],
        ground: Ground = NO_GROUND,
    ) -> list[Candidate]:
        """Return the units of ``hits``, those that answer best first."""
        shelved = partial(self._shelves, generation=self._library.generation)
        return rank(query, expected, hits, shelved, ground)

    def duty(
        self, question: Question, query: Query, hits: Sequence[Hit], ground: Ground = NO_GROUND
    ) -> Outcome | None:
        """Name who is responsible, where that is asked and no sentence plainly says it itself."""
        if not responsibility.asks_who_is_responsible(question):
            return None
        best = self.rank(query, expectation_of(question), hits, ground)[:1]
        in_brackets = responsibility.asks_for_departments(question)
        if not in_brackets and any(c.relevance >= _SURELY_MEANT and says_who(c.unit) for c in best):
            return None
        documents = self.documents(hits)
        return responsibility.answer_who_is_responsible(question, query, documents, ground)
