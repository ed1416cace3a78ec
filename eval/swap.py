"""The swap test: the checker must reject a true sentence under the best wrong passage."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.types import SUPPORTED, Answer, Passage, Sentence
from eval.evidence import Group, proves_any
from eval.figures import dense
from eval.shelf import Shelf, cited_passages, passage_words, place_of

Verify = Callable[[str, Sequence[str], Sequence[str]], str]
"""``verify(sentence, quotes, context)`` returns ``supported`` or what is wrong."""


@dataclass(frozen=True, slots=True)
class Swap:
    """One citation under which a sentence was checked twice: as cited, and with a wrong passage.

    ``verdict_wrong`` and ``verdict_right`` are the checker's words; ``wrong`` is the passage's id.
    """

    sentence: int
    citation: int
    wrong: str
    verdict_wrong: str
    verdict_right: str

    @property
    def rejected(self) -> bool:
        """Say whether the wrong passage was seen through."""
        return self.verdict_wrong != SUPPORTED

    @property
    def accepted(self) -> bool:
        """Say whether the citations as given were accepted (the checker does not reject all)."""
        return self.verdict_right == SUPPORTED


def swaps(
    answer: Answer,
    groups: tuple[Group, ...],
    candidates: Sequence[Passage],
    shelf: Shelf,
    verify: Verify,
) -> tuple[Swap, ...]:
    """Check each cited sentence with each of its citations replaced by the best wrong passage.

    ``candidates`` are passages, best first. A passage is wrong if it touches neither a gold place
    nor any citation of the answer, and does not hold the sentence's own words (a document may say
    the same twice).
    """
    return tuple(
        swap
        for index, sentence in enumerate(answer.sentences)
        for swap in _of_sentence(index, sentence, answer, groups, candidates, shelf, verify)
    )


def _of_sentence(
    index: int,
    sentence: Sentence,
    answer: Answer,
    groups: tuple[Group, ...],
    candidates: Sequence[Passage],
    shelf: Shelf,
    verify: Verify,
) -> Iterator[Swap]:
    wrong = next(_wrong(sentence, answer, groups, candidates, shelf), None)
    if wrong is None or not sentence.citations:
        return
    cited = [c for c in answer.citations if c.number in sentence.citations]
    held = [passage for c in cited for passage in cited_passages(shelf, answer, c)]
    right = verify(sentence.text, [c.quote for c in cited], context_of(held, shelf))
    verdict = verify(sentence.text, [wrong.text], context_of([wrong], shelf))
    for citation in cited:
        yield Swap(index, citation.number, wrong.id, verdict, right)


def context_of(passages: Sequence[Passage], shelf: Shelf) -> list[str]:
    """Return what passages stand under: the rest of the passage, heads, title, issuer and city.

    Not the document's number and dates: a citation for those must point to where they are written.
    """
    documents = [shelf.document(passage.document_id) for passage in passages]
    about = [f"{held.title}\n{held.issuer}\n{held.city}" for held in documents]
    return [*about, *map(passage_words, passages)]


def _wrong(
    sentence: Sentence,
    answer: Answer,
    groups: tuple[Group, ...],
    candidates: Sequence[Passage],
    shelf: Shelf,
) -> Iterator[Passage]:
    for passage in candidates:
        place = place_of(shelf, passage.document_id, passage.span)
        cited = any(
            citation.document_id == passage.document_id and citation.span.overlaps(passage.span)
            for citation in answer.citations
        )
        if not cited and not proves_any(place, groups) and not _holds(passage, sentence):
            yield passage


def _holds(passage: Passage, sentence: Sentence) -> bool:
    return dense(sentence.text).strip("。；;") in dense(passage.text)
