"""Hits become an outcome: the routes by kind of question, and the refusals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering import about, articles, consequences, refusing
from assistant.answering.comparing import Comparer, question_for, questions_for_each
from assistant.answering.doubts import Doubts
from assistant.answering.expectation import Expectation, expectation_of
from assistant.answering.facets import facet_asked
from assistant.answering.grounds import NO_GROUND, Ground
from assistant.answering.listing import find_lists, is_meant, say_list
from assistant.answering.ranking import Candidate
from assistant.answering.relevance import Query
from assistant.answering.statements import Outcome
from assistant.answering.table_questions import answer_from_table
from assistant.answering.telling import Teller
from assistant.answering.weighing import Weigher
from assistant.library import DocumentCard, Library
from assistant.retrieval.intents import is_bare_topic
from assistant.text.counties import is_of
from assistant.types import Hit, Intent, Question, Status


class Answerer:
    """Compose answers from the documents' own sentences and the indicator values in them."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._doubts = Doubts(library)
        self._teller = Teller(library, self._doubts)
        self._weigher = Weigher(library)
        self._comparer = Comparer(library, self._weigher, self._doubts, self._teller)

    def answer(
        self, question: Question, hits: Sequence[Hit], ground: Ground = NO_GROUND
    ) -> Outcome:
        """Answer ``question`` from ``hits``, or refuse with the reason.

        ``ground`` is where the turn before was answered, which is where a follow-up looks first.
        """
        if question.absent_cities and not question.cities:
            return refusing.city_not_in_library(question, self._library.cities())
        if self._names_an_unknown_document(question):
            return refusing.not_in_documents(question, ())
        outcome = (
            self._about_a_document(question, hits)
            or answer_from_table(question, self._library)
            or self._article(question, hits)
        )
        if outcome:
            return replace(outcome, is_lookup=True)
        if question.intent is Intent.COMPARE:
            return self._comparer.compare(question, hits)
        return self._of_each(question, hits) or self._of_one_city(question, hits, ground)

    def _names_an_unknown_document(self, question: Question) -> bool:
        """Say whether a document is asked for by a number that none bears.

        What others say about it can be there all the same: until when it is valid, who issued it.
        """
        unknown = question.unknown_numbers
        if facet_asked(question):
            unknown = tuple(n for n in unknown if not self._library.mentions(n))
        return bool(unknown) and not question.documents

    # --- Routes --------------------------------------------------------------------------------

    def _about_a_document(self, question: Question, hits: Sequence[Hit]) -> Outcome | None:
        facet = facet_asked(question)
        if not facet or not about.is_about_documents(question):
            return None
        cards = [c for c in self._library.documents() if _is_asked_of(c, question)]
        if about.others_named(question, cards):
            return None  # only what these say of it in their sentences
        shelves = [
            (question_for(question, city), [c for c in cards if is_of(c.city, (city,))])
            for city in question.cities
        ] or [(question, cards)]
        fitting = [c.id for asked, own in shelves for c in about.titles_fit(facet, asked, own)]
        if not fitting and not question.cities:
            fitting = [hit.passage.document_id for hit in hits[:1]]
        documents = [self._library.document(document_id) for document_id in fitting[:5]]
        return about.answer_about(facet, documents) if documents else None

    def _article(self, question: Question, hits: Sequence[Hit]) -> Outcome | None:
        """Quote the article of a law or rule that the question names (第三十五条)."""
        label = articles.article_asked(question)
        if not label:
            return None
        documents = self._weigher.documents(hits)
        passages = [p for d in documents[:1] for p in self._library.passages_of(d.id)]
        return articles.answer_article(label, documents[:1], passages, question)

    def _from_units(
        self, question: Question, query: Query, hits: Sequence[Hit], ground: Ground
    ) -> Outcome:
        expected = expectation_of(question)
        if question.focus != question.standalone:
            expected = replace(expected, told=ground.values)
        ranked = self._of_the_named(question, self._weigher.rank(query, expected, hits, ground))
        if question.intent is Intent.LIST or is_bare_topic(question.text):
            listed = find_lists(query, question, self._weigher.documents(hits))
            if is_meant(listed, question, ranked[0] if ranked else None):
                return Outcome((say_list(listed[0]),))
        if outcome := self._consequence(question, query, expected, hits):
            return outcome
        ranked = self._doubts.supported_first(question, query, expected, ranked)
        refusal = self._doubts.refusal(question, query, expected, ranked)
        return refusal or Outcome(tuple(self._teller.tell(question, query, expected, ranked)))

    def _consequence(
        self, question: Question, query: Query, expected: Expectation, hits: Sequence[Hit]
    ) -> Outcome | None:
        """Say what follows for whoever does what the question names, if it asks that."""
        if not consequences.asks_consequence(question):
            return None
        in_words = replace(expected, intent=Intent.HOW, wants_number=False)
        return consequences.answer_consequence(
            query,
            in_words,
            self._weigher.rank(query, in_words, hits),
            self._library.document,
            lambda candidate: not self._doubts.is_unsupported(query, expected, candidate),
        )

    def _of_the_named(self, question: Question, ranked: Sequence[Candidate]) -> Sequence[Candidate]:
        """Keep what speaks of the document, where a property of one that is not here is asked for."""
        names = facet_asked(question) and about.others_named(question, self._library.documents())
        if not names:
            return ranked
        return [c for c in ranked if any(name in c.unit.key for name in names)]

    def _of_each(self, question: Question, hits: Sequence[Hit]) -> Outcome | None:
        """Answer for each of two things that the same is asked of; None where it is not so for both."""
        found = [self._of_one_city(part, hits) for part in questions_for_each(question)]
        if not found or any(outcome.status is not Status.ANSWERED for outcome in found):
            return None
        said = (statement for outcome in found for statement in outcome.statements)
        return Outcome(tuple(dict.fromkeys(said)))

    def _of_one_city(
        self, question: Question, hits: Sequence[Hit], ground: Ground = NO_GROUND
    ) -> Outcome:
        query = self._weigher.query(question)
        duty = self._weigher.duty(question, query, hits, ground)
        return duty or self._from_units(question, query, hits, ground)


def _is_asked_of(card: DocumentCard, question: Question) -> bool:
    if question.documents:
        return card.id in question.documents
    return not question.cities or is_of(card.city, question.cities)
