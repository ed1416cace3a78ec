"""The letter's citations as they are first used, and what it has said already."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from assistant.answering.statements import Source
from assistant.drafting.facts import Fact
from assistant.drafting.items import plain, without_label
from assistant.drafting.wording import names_title, source_of, title_source
from assistant.text.match import match_key
from assistant.types import SUPPORTED, Citation, Sentence, Span


@dataclass(frozen=True, slots=True)
class Claim:
    """Words for the letter, and the facts that they rest on."""

    words: str
    facts: tuple[Fact, ...]
    support: str = SUPPORTED


@dataclass
class Ledger:
    """Number the sources in the order of their first use; ``passage_at`` finds a place's passage."""

    passage_at: Callable[[str, Span], str]
    citations: list[Citation] = field(default_factory=list)
    _said: set[str] = field(default_factory=set)
    _named: set[str] = field(default_factory=set)
    _numbers: dict[tuple[str, Span], int] = field(default_factory=dict)

    def resume(
        self, citations: Sequence[Citation], used: Iterable[int], named: Iterable[str]
    ) -> None:
        """Go on from a letter: its citations, of which those with the numbers ``used`` are said.

        ``named`` are the ids of the documents that it names before.
        """
        self._named.update(named)
        said = set(used)
        for citation in citations:
            self.citations.append(citation)
            self._numbers[citation.document_id, citation.span] = citation.number
            if citation.number in said:
                self._said.add(match_key(without_label(plain(citation.quote))))

    @property
    def named(self) -> frozenset[str]:
        """The ids of the documents whose titles the letter has named."""
        return frozenset(self._named)

    def is_new(self, fact: Fact) -> bool:
        """Say whether the letter has not said the fact yet."""
        return match_key(fact.told.text) not in self._said

    def take(self, fact: Fact) -> None:
        """Note that the letter says the fact."""
        self._said.add(match_key(fact.told.text))

    def said_before(self, facts: Sequence[Fact]) -> tuple[int, ...]:
        """Return the numbers of those facts that the letter cites already."""
        keys = ((fact.document.id, source_of(fact).span) for fact in facts)
        return tuple(self._numbers[key] for key in keys if key in self._numbers)

    def say(self, claim: Claim) -> Sentence:
        """Make a cited sentence of a claim; the title of a document that it names is cited too."""
        numbers = [self._cite(source_of(fact)) for fact in claim.facts]
        for document in {fact.document.id: fact.document for fact in claim.facts}.values():
            if names_title(claim.words, document) and (title := title_source(document, "")):
                numbers.append(self._cite(title))
                self._named.add(document.id)
        return Sentence(claim.words, tuple(dict.fromkeys(numbers)), claim.support)

    def _cite(self, source: Source) -> int:
        key = (source.document_id, source.span)
        if key not in self._numbers:
            number = self._numbers[key] = max(self._numbers.values(), default=0) + 1
            passage = source.passage_id or self.passage_at(*key)
            self.citations.append(
                Citation(number, *key[:1], passage, source.span, source.quote, source.heading_path)
            )
        return self._numbers[key]
