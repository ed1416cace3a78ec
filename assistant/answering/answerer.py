"""Hits become an outcome: the routes by kind of question, and the refusals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.answering import about, articles, consequences, refusing, responsibility
from assistant.answering.choosing import below_topic
from assistant.answering.comparing import led_by, question_for, questions_for_each
from assistant.answering.doubts import Doubts
from assistant.answering.expectation import Expectation, expectation_of
from assistant.answering.fitness import says_who
from assistant.answering.grounds import NO_GROUND, Ground
from assistant.answering.listing import find_lists, is_meant, say_list
from assistant.answering.ranking import Candidate, Shelved, rank
from assistant.answering.relevance import Query, inverse_document_frequency, query_of
from assistant.answering.statements import Outcome, Statement
from assistant.answering.table_questions import answer_from_table
from assistant.answering.telling import Teller
from assistant.answering.wording import say_unit
from assistant.indicators import Lexicon
from assistant.library import DocumentCard, Library
from assistant.retrieval.intents import is_bare_topic
from assistant.text.counties import is_of
from assistant.text.match import match_key
from assistant.types import (
    Document,
    Hit,
    Intent,
    Question,
    Status,
    ValueKind,
)

_SAID_IN_WORDS = (
    0.45  # the least relevance of a sentence that is quoted where a number was asked for
)
_SURELY_MEANT = 0.8  # the relevance of a sentence that is plainly asked for


class Answerer:
    """Compose answers from the documents' own sentences and the indicator values in them."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._doubts = Doubts(library)
        self._teller = Teller(library, self._doubts)
        self._shelved = lru_cache(maxsize=256)(self._shelve)

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
            return self._compared(question, hits)
        return self._of_each(question, hits) or self._of_one_city(question, hits, ground)

    def _names_an_unknown_document(self, question: Question) -> bool:
        """Say whether a document is asked for by a number that none bears.

        What others say about it can be there all the same: until when it is valid, who issued it.
        """
        unknown = question.unknown_numbers
        if about.facet_asked(question):
            unknown = tuple(n for n in unknown if not self._library.mentions(n))
        return bool(unknown) and not question.documents

    def query(self, question: Question) -> Query:
        """Weigh the question's words by how rare they are in the library."""
        lexicon = Lexicon.load()
        entries = [entry for name in question.indicators if (entry := lexicon.entry(name))]
        aliases = [(entry.name, *entry.aliases) for entry in entries]
        titles = [match_key(self._library.document(each).title) for each in question.documents]
        stands = self._library.mentions
        return query_of(
            question, rarity=self._rarity, aliases=aliases, titles=titles, stands=stands
        )

    def _rarity(self, word: str) -> float:
        frequency = self._library.document_frequency(word)
        return inverse_document_frequency(frequency, self._library.passage_count())

    def _shelve(self, document_id: str) -> Shelved:
        values = self._library.indicator_values(documents=(document_id,))
        return Shelved(self._library.document(document_id), values)

    def _documents(self, hits: Sequence[Hit]) -> list[Document]:
        ids = dict.fromkeys(hit.passage.document_id for hit in hits)
        return [self._library.document(document_id) for document_id in list(ids)[:4]]

    def _rank(
        self,
        query: Query,
        expected: Expectation,
        hits: Sequence[Hit],
        ground: Ground = NO_GROUND,
    ) -> list[Candidate]:
        return rank(query, expected, hits, self._shelved, ground)

    # --- Routes --------------------------------------------------------------------------------

    def _about_a_document(self, question: Question, hits: Sequence[Hit]) -> Outcome | None:
        facet = about.facet_asked(question)
        if not facet or not about.is_about_documents(question):
            return None
        cards = [c for c in self._library.documents() if _is_asked_of(c, question)]
        if about.others_named(question, cards):
            return None  # only what these say of it in their sentences
        shelves = [[c for c in cards if is_of(c.city, (city,))] for city in question.cities]
        fitting = [c.id for s in shelves or [cards] for c in about.titles_fit(facet, question, s)]
        if not fitting and not question.cities:
            fitting = [hit.passage.document_id for hit in hits[:1]]
        documents = [self._library.document(document_id) for document_id in fitting[:5]]
        return about.answer_about(facet, documents) if documents else None

    def _article(self, question: Question, hits: Sequence[Hit]) -> Outcome | None:
        """Quote the article of a law or rule that the question names (第三十五条)."""
        label = articles.article_asked(question)
        if not label:
            return None
        documents = self._documents(hits)
        passages = [p for d in documents[:1] for p in self._library.passages_of(d.id)]
        return articles.answer_article(label, documents[:1], passages, question)

    def _from_units(
        self, question: Question, query: Query, hits: Sequence[Hit], ground: Ground
    ) -> Outcome:
        expected = expectation_of(question)
        if question.focus != question.standalone:
            expected = replace(expected, told=ground.values)
        ranked = self._of_the_named(question, self._rank(query, expected, hits, ground))
        if question.intent is Intent.LIST or is_bare_topic(question.text):
            listed = find_lists(query, question, self._documents(hits))
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
            self._rank(query, in_words, hits),
            self._library.document,
            lambda candidate: not self._doubts.is_unsupported(query, expected, candidate),
        )

    def _of_the_named(self, question: Question, ranked: Sequence[Candidate]) -> Sequence[Candidate]:
        """Keep what speaks of the document, where a property of one that is not here is asked for."""
        names = about.facet_asked(question) and about.others_named(
            question, self._library.documents()
        )
        if not names:
            return ranked
        return [c for c in ranked if any(name in c.unit.key for name in names)]

    def _compared(self, question: Question, hits: Sequence[Hit]) -> Outcome:
        """Answer what is asked of each city from its own documents, and name those that say nothing."""
        cities = question.cities or self._library.cities()
        own = {city: [hit for hit in hits if self._is_in(hit, city, cities)] for city in cities}
        asked = {city: question_for(question, city) for city in cities}
        found = {city: self._in_comparison(asked[city], own[city]) for city in cities}
        if not any(found.values()):
            query, expected = self.query(question), expectation_of(question)
            ranked = self._rank(query, expected, hits)
            refusal = self._doubts.refusal(question, query, expected, ranked)
            return refusal or refusing.not_in_documents(question, ())
        in_words = {c: self._in_words(asked[c], own[c]) for c in cities if not found[c]}
        found |= in_words
        said = [led_by(city, statement) for city in cities for statement in found[city]]
        if unmeasured := [city for city in cities if in_words.get(city)]:
            said.append(Statement(f"没有找到所问数值的城市：{'、'.join(unmeasured)}。"))
        if without := [city for city in cities if not found[city]]:
            said.append(Statement(f"文件中没有找到相应内容的城市：{'、'.join(without)}。"))
        if question.absent_cities:
            said.append(Statement(f"文件库中没有{'、'.join(question.absent_cities)}的文件。"))
        return Outcome(tuple(said))

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
        query = self.query(question)
        duty = self._duty(question, query, hits, ground)
        return duty or self._from_units(question, query, hits, ground)

    def _duty(
        self, question: Question, query: Query, hits: Sequence[Hit], ground: Ground = NO_GROUND
    ) -> Outcome | None:
        """Name who is responsible, where that is asked and no sentence plainly says it itself."""
        if not responsibility.asks_who_is_responsible(question):
            return None
        best = self._rank(query, expectation_of(question), hits, ground)[:1]
        if any(c.relevance >= _SURELY_MEANT and says_who(c.unit) for c in best):
            return None
        documents = self._documents(hits)
        return responsibility.answer_who_is_responsible(question, query, documents, ground)

    def _in_comparison(self, question: Question, hits: Sequence[Hit]) -> Sequence[Statement]:
        """Say what answers for the one city of ``question``; nothing where its documents do not."""
        query, expected = self.query(question), expectation_of(question)
        if duty := self._duty(question, query, hits):
            return duty.statements
        ranked = self._rank(query, expected, hits)
        if ranked:
            ranked = self._doubts.supported_first(question, query, expected, ranked)
        if not self._answers_for_a_city(query, expected, ranked):
            return ()
        if not expected.wants_number and (below := below_topic(query, ranked)):
            said = list(dict.fromkeys((ranked[0], *below)))[:2]
            return [say_unit(c.unit, self._library.document(c.document_id)) for c in said]
        return (self._teller.value(question, query, expected, ranked[0]),)

    def _in_words(self, question: Question, hits: Sequence[Hit]) -> Sequence[Statement]:
        """Quote what a city says of the subject, where others have a number and it has none."""
        expected = expectation_of(question)
        if not expected.wants_number:
            return ()
        ranked = self._rank(self.query(question), replace(expected, wants_number=False), hits)
        best = next(iter(ranked), None)
        if best is None or best.relevance < _SAID_IN_WORDS:
            return ()
        said = say_unit(best.unit, self._library.document(best.document_id))
        return (replace(said, text=f"{question.cities[0]}的文件对此的表述：「{said.text}」"),)

    def _answers_for_a_city(
        self, query: Query, expected: Expectation, own: Sequence[Candidate]
    ) -> bool:
        if not own or not self._doubts.could_answer(query, expected, own[0]):
            return False
        named = [v for v in own[0].values if v.indicator in expected.indicators]
        kinds = {v.kind for v in named}
        only_others = expected.kind is ValueKind.TARGET and kinds and ValueKind.TARGET not in kinds
        return not only_others

    def _is_in(self, hit: Hit, city: str, cities: Sequence[str]) -> bool:
        """Say whether a hit is the city's, or that of a county in it that is not compared itself."""
        own = self._library.document(hit.passage.document_id).city
        return own == city or (own not in cities and is_of(own, (city,)))


def _is_asked_of(card: DocumentCard, question: Question) -> bool:
    if question.documents:
        return card.id in question.documents
    return not question.cities or is_of(card.city, question.cities)
