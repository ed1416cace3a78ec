"""The one door to asking and searching."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, cast

from assistant.errors import QuestionError
from assistant.library import Filters, Library, known_city, known_kind
from assistant.retrieval import Retriever
from assistant.text.controls import require_whole
from assistant.types import Answer, Hit

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

    from assistant.answering.chain import Event, Turn

_MAX_QUESTION_CHARS = 1000
_MAX_TURNS = 20


class Assistant:
    """Ask a library. Construction is cheap; models and indexes load at the first question."""

    def __init__(self, library: Library) -> None:
        self._library = library

    @property
    def library(self) -> Library:
        """The library that is asked."""
        return self._library

    @cached_property
    def chain(self) -> Runnable[Turn, Event]:
        """The retrieval chain as a LangChain Runnable."""
        from assistant.answering.chain import build_chain

        return build_chain(self._library)

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        *,
        city: str = "",
        kind: str = "",
        extractive: bool = False,
    ) -> Answer:
        """Answer ``question`` in the light of earlier questions (oldest first).

        Only the documents of ``city`` and of ``kind`` are looked at; ``extractive`` answers without
        the language model even where the settings name one. Raises QuestionError when the question
        is empty, longer than 1,000 characters or broken, and for a city or kind that the library has
        not; an earlier one that was too long for a question is passed over: it was refused then.
        """
        return cast(
            Answer, self.chain.invoke(self._turn(question, history, city, kind, extractive))
        )

    def stream(
        self,
        question: str,
        history: Sequence[str] = (),
        *,
        city: str = "",
        kind: str = "",
        extractive: bool = False,
        is_wanted: Callable[[], bool] = lambda: True,
    ) -> Iterator[Event]:
        """Yield the understood Question, the hits, each Sentence, and at last the Answer.

        ``is_wanted`` is asked for every piece that a language model writes: where nobody waits any
        more the model is let go, and the rest is extractive.
        """
        turn = self._turn(question, history, city, kind, extractive)
        yield from self.chain.stream(replace(turn, is_wanted=is_wanted))

    def search(self, query: str, *, k: int = 10, city: str = "", kind: str = "") -> tuple[Hit, ...]:
        """Return the ``k`` best passages for ``query``; raises QuestionError as ``ask`` does."""
        asked, within = _checked(query), self._filters(city, kind)
        retriever = Retriever(self._library)
        return retriever.search(asked, k=k, city=within.city, kind=within.kind)

    def _turn(
        self, question: str, history: Sequence[str], city: str, kind: str, extractive: bool
    ) -> Turn:
        from assistant.answering.chain import Turn

        require_whole(*history)
        short = (turn for turn in history if len(turn) <= _MAX_QUESTION_CHARS)
        earlier = tuple(turn for turn in short if turn.strip())[-_MAX_TURNS:]
        return Turn(_checked(question), earlier, self._filters(city, kind), extractive)

    def _filters(self, city: str, kind: str) -> Filters:
        """Bring the filters to the library's names; raises QuestionError for one that it has not."""
        require_whole(city, kind)
        return Filters(
            known_city(city, self._library) if city.strip() else "",
            known_kind(kind, self._library) if kind.strip() else "",
        )


def _checked(question: str) -> str:
    require_whole(question)
    text = question.strip()
    if not text:
        raise QuestionError("问题是空的。请输入要问的内容。")
    if len(text) > _MAX_QUESTION_CHARS:
        raise QuestionError(
            f"问题有 {len(text)} 字，超过上限 {_MAX_QUESTION_CHARS} 字。请缩短后再问。"
        )
    return text
