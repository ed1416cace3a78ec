"""The retrieval chain: understand → retrieve → answer, as a LangChain Runnable.

What the stages pass along is a ``Turn``; what the chain yields, streaming, are the understood Question,
the hits, each sentence, and at last the whole Answer (which is what ``invoke`` returns).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as RetrievedDocument
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda
from pydantic import ConfigDict

from assistant.answering.area import NO_FILTER, Area
from assistant.answering.grounds import NO_GROUND, Ground
from assistant.answering.model import Model, Spending
from assistant.answering.parts import complete
from assistant.answering.rewriting import Rewriter
from assistant.answering.statements import Outcome, Statement, assemble
from assistant.answering.writing import Writer
from assistant.library import Filters, Library
from assistant.retrieval import Retriever, understand
from assistant.types import Answer, Hit, Mark, Question, Sentence, Status, Timings, Writing

Event = Question | tuple[Hit, ...] | Sentence | Answer
_AREAS_KEPT = 4


@dataclass(frozen=True, slots=True)
class Turn:
    """One question on its way through the chain."""

    text: str
    history: tuple[str, ...] = ()
    filters: Filters = NO_FILTER
    extractive: bool = False
    question: Question | None = None
    hits: tuple[Hit, ...] = ()
    ground: Ground = NO_GROUND
    timings: Timings = field(default_factory=Timings)
    spending: Spending | None = None
    is_wanted: Callable[[], bool] = lambda: True


class PassageRetriever(BaseRetriever):
    """The two fused legs as a LangChain retriever; each document carries its ``hit`` as metadata."""

    model_config = ConfigDict(arbitrary_types_allowed=True)
    retriever: Retriever
    question: Question | None = None
    k: int = 24

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[RetrievedDocument]:
        if self.question:
            hits = self.retriever.find(self.question, k=self.k)
        else:
            hits = self.retriever.search(query, k=self.k)
        return [
            RetrievedDocument(hit.passage.text, id=hit.passage.id, metadata={"hit": hit})
            for hit in hits
        ]


def build_chain(library: Library) -> Runnable[Turn, Event]:
    """Build the chain over ``library``, with the model of its settings if one is set; cheap."""
    model = Model(library.settings) if library.settings.model else None
    area_of = lru_cache(_AREAS_KEPT)(partial(Area, library))

    def understand_turn(turn: Turn) -> Turn:
        started = time.perf_counter()
        area = area_of(turn.filters)
        spending = model.spending(turn.is_wanted) if model and not turn.extractive else None
        question = understand(turn.text, turn.history, area.view())
        if model and spending and not turn.filters.city:
            question = Rewriter(model).understand(question, turn.history, area.view(), spending)
        question = area.turned_to(question, turn.text, turn.history, area.view())
        question = area.narrowed(question)
        timings = Timings(understand=_since(started))
        return replace(turn, question=question, spending=spending, timings=timings)

    def retrieve_turn(turn: Turn) -> Turn:
        started = time.perf_counter()
        assert turn.question is not None
        area = area_of(turn.filters)
        passages = PassageRetriever(retriever=area.retriever, question=turn.question)
        found = passages.invoke(turn.question.standalone)
        ground = area.grounds.of(turn.question)
        hits = area.grounds.with_passages([document.metadata["hit"] for document in found], ground)
        timings = replace(turn.timings, retrieve=_since(started))
        return replace(turn, hits=hits, ground=ground, timings=timings)

    def answer_turn(turn: Turn) -> Iterator[Any]:
        started = time.perf_counter()
        assert turn.question is not None
        yield turn.question
        yield turn.hits
        area = area_of(turn.filters)
        outcome = area.answer(turn.question, turn.hits, turn.ground)
        if not area.is_beyond(turn.question):
            ask = partial(area.ask_part, turn.question, turn.history)
            outcome = complete(turn.question, outcome, ask)
        answer = assemble(turn.question, outcome, turn.hits, library.passage_id_at)
        if model and turn.spending and outcome.status is Status.ANSWERED and not outcome.is_lookup:
            writer = Writer(library, model)
            answer = yield from _written(writer, outcome, answer, library, turn.spending)
        else:
            yield from answer.sentences
        yield replace(answer, timings=_total(turn.timings, _since(started)))

    return (
        RunnableLambda(understand_turn, name="understand")
        | RunnableLambda(retrieve_turn, name="retrieve")
        | RunnableLambda(answer_turn, name="answer")
    )


def _written(
    writer: Writer, extract: Outcome, extracted: Answer, library: Library, spending: Spending
) -> Generator[Sentence, None, Answer]:
    """Yield each checked sentence as the model writes it; returns the whole answer."""
    question, hits = extracted.question, extracted.hits
    answer, said = extracted, list[Statement]()
    for part in writer.write(question, extract, hits, spending):
        if isinstance(part, Writing):
            by_model = any(one.mark is Mark.VERIFIED for one in said)
            return replace(
                answer, values=extracted.values, model=part.model if by_model else "", writing=part
            )
        said.append(part)
        answer = assemble(question, Outcome(tuple(said)), hits, library.passage_id_at)
        yield answer.sentences[-1]
    raise AssertionError("a writer ends with its record")


def _since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 3)


def _total(timings: Timings, answer: float) -> Timings:
    total = round(timings.understand + timings.retrieve + answer, 3)
    return replace(timings, answer=answer, total=total)
