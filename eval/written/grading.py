"""Grade what one system answered to one question into its row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.library import Library
from assistant.types import Answer, Question, Sentence, Status
from eval.citations import citation_places, citation_precision, share_proved
from eval.correctness import grade
from eval.evidence import resolve
from eval.figures import number_tokens
from eval.questions import GoldQuestion
from eval.shelf import cited_words, document_words
from eval.written.asking import Asked
from eval.written.contradiction import contradictions
from eval.written.drafts import drafted, is_by_model
from eval.written.judging import (
    LEAST_SHARED,
    Case,
    Said,
    is_denial,
    numbers_without_ground,
    words_shared,
    wrong_cities,
)
from eval.written.rows import STOCK, WrittenRow


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence with what is wrong with it, for whoever may see its words."""

    said: Said
    without_ground: tuple[str, ...]
    against_gold: tuple[str, ...]
    cities: tuple[str, ...]
    unsupported: bool

    @property
    def numbers_wrong(self) -> tuple[str, ...]:
        """The wrong numbers, each once."""
        return tuple(dict.fromkeys((*self.without_ground, *self.against_gold)))


class Grader:
    """Holds what the answers of all systems are graded against."""

    def __init__(self, library: Library) -> None:
        self.library = library
        documents = [library.document(card.id) for card in library.documents()]
        self.ids = {Path(document.source).name: document.id for document in documents}
        self._texts = {name: library.document(id_).text for name, id_ in self.ids.items()}
        by_city: dict[str, list[str]] = defaultdict(list)
        for document in documents:
            by_city[document.city] += [document.text, document_words(document)]
        self._by_city = {city: "\n".join(words) for city, words in by_city.items()}

    def case(self, gold: GoldQuestion, understood: Question) -> Case:
        """Gather what a question's sentences are judged by.

        Its cities are the gold's; where that names none, those of our reading of the question, the
        same for every system.
        """
        cities = {value.city for value in gold.values} - {""}
        named = {*understood.cities, *understood.absent_cities}
        asked = "\n".join((*gold.history, gold.question, understood.standalone))
        indicators = frozenset(understood.indicators)
        return Case(gold, asked, frozenset(cities or named), indicators, self._by_city)

    def judged_answer(self, answer: Answer, case: Case, by_model: Iterable[str]) -> list[Judged]:
        """Judge what the reader got. A sentence without citations that no model wrote is our remark."""
        models = set(by_model)
        everything = cited_words(self.library, answer, [c.number for c in answer.citations])
        found = []
        for sentence in answer.sentences:
            by_hand = sentence.text not in models
            remark = by_hand and not sentence.citations
            words = f"{case.asked}\n{everything}" if remark else self._under(answer, sentence)
            said = Said(sentence.text, words, self._cities(answer, sentence))
            found.append(judge(said, case, remark=remark, by_hand=by_hand))
        return found

    def _under(self, answer: Answer, sentence: Sentence) -> str:
        return cited_words(self.library, answer, sentence.citations)

    def _cities(self, answer: Answer, sentence: Sentence) -> frozenset[str]:
        cited = [c for c in answer.citations if c.number in sentence.citations]
        return frozenset(self.library.document(c.document_id).city for c in cited)

    def row(
        self, gold: GoldQuestion, asked: Asked, case: Case, system: str, model: str, version: str
    ) -> WrittenRow:
        """Grade an answer into its row."""
        answer, groups = asked.answer, resolve(gold, self._texts)
        right, due = grade(gold, answer, self.library), gold.evidence_due
        cited = citation_places(self.library, answer)
        written = [s.text for s in answer.sentences if is_by_model(s.text, asked.exchanges)]
        shown = self.judged_answer(answer, case, written)
        drafts = drafted(asked.exchanges)
        before = shown if system == STOCK else [judge(said, case) for said, _ in drafts]
        refused = answer.status is Status.REFUSED
        return WrittenRow(
            system=system,
            id=gold.id,
            type=gold.type,
            model=model,
            version=version,
            status=answer.status,
            correct=float(right.right) if gold.answerable else None,
            complete=right.complete if gold.answerable else None,
            false_refusal=float(refused) if gold.answerable else None,
            refused_right=None if gold.answerable else float(right.right),
            forbidden=float(right.forbidden),
            citation_precision=citation_precision(cited, groups) if due else None,
            citation_recall=share_proved(cited, groups) if due else None,
            draft_unmarked=len(before) if system == STOCK else sum(not m for _, m in drafts),
            **_counts("draft", before),
            **_counts("shown", shown),
            by_model=len(shown) if system == STOCK else len(written),
            calls=len(asked.exchanges),
            tokens_in=_total([exchange.tokens_in for exchange in asked.exchanges]),
            tokens_out=_total([exchange.tokens_out for exchange in asked.exchanges]),
            first_ms=asked.first_ms,
            total_ms=asked.total_ms,
            load=asked.load,
        )


def judge(said: Said, case: Case, *, remark: bool = False, by_hand: bool = False) -> Judged:
    """Judge one sentence.

    The wording of what no model wrote (``by_hand``) is not: it is quoted, or a phrase of the program's
    own (注意口径不同). A ``remark`` cites nothing; the cities in it are those of the library.
    """
    without = tuple(numbers_without_ground(said, case))
    against = tuple(contradictions(said.text, case))
    cities = () if remark else tuple(wrong_cities(said, case))
    spared = by_hand or is_denial(said.text)
    wordless = not spared and words_shared(said.text, said.words) < LEAST_SHARED
    unsupported = bool(without or against or cities or wordless)
    return Judged(said, without, against, cities, unsupported)


def _counts(whose: str, judged: Sequence[Judged]) -> dict[str, int]:
    """Count what is in sentences and what is wrong with it, by field of the row."""
    return {
        f"{whose}_sentences": len(judged),
        f"{whose}_unsupported": sum(one.unsupported for one in judged),
        f"{whose}_numbers": sum(len(number_tokens(one.said.text)) for one in judged),
        f"{whose}_numbers_wrong": sum(len(one.numbers_wrong) for one in judged),
        f"{whose}_against": sum(len(one.against_gold) for one in judged),
        f"{whose}_cities_wrong": sum(len(one.cities) for one in judged),
    }


def _total(counts: Sequence[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if known or not counts else None
