"""A reader's conversation: turns in order, frozen; the page is drawn from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.app.web import messages
from assistant.app.web.answer_files import export_links
from assistant.app.web.cards import Cards, Grounds, evidence
from assistant.types import Answer, Passage, Question, Sentence

MAX_TURNS = 30
"""Older turns leave the page, so that a session left open does not grow without bound."""
STOPPED = "已停止。"


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and what came of it: an answer, or why there is none.

    ``words`` are the question's words to mark in quotes, ``passages`` those that the answer cites.
    ``understood`` and ``sentences`` are what has arrived of an answer under way. ``export`` is the
    key under which the answer can be taken away.
    """

    question: str
    answer: Answer | None = None
    fault: str = ""
    words: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    understood: Question | None = None
    sentences: tuple[Sentence, ...] = ()
    export: str = ""

    @property
    def is_pending(self) -> bool:
        """Say whether the answer is still under way."""
        return self.answer is None and not self.fault


@dataclass(frozen=True, slots=True)
class Conversation:
    """The turns so far; ``dropped`` counts those that left, so that numbers stay."""

    turns: tuple[Turn, ...] = ()
    dropped: int = 0

    @property
    def questions(self) -> tuple[str, ...]:
        """What was asked so far, oldest first."""
        return tuple(turn.question for turn in self.turns)

    @property
    def last(self) -> Turn | None:
        """The turn asked last."""
        return self.turns[-1] if self.turns else None

    def begin(self, question: str) -> Conversation:
        """Add a turn that waits for its answer."""
        turns = (*self.turns, Turn(question))
        over = max(0, len(turns) - MAX_TURNS)
        return Conversation(turns[over:], self.dropped + over)

    def put(self, turn: Turn) -> Conversation:
        """Put ``turn`` in the place of the last one."""
        return replace(self, turns=(*self.turns[:-1], turn))

    def without_last(self) -> Conversation:
        """Drop the last turn."""
        return replace(self, turns=self.turns[:-1])

    def stopped(self) -> Conversation:
        """Close a turn that was under way."""
        last = self.last
        return self.put(replace(last, fault=STOPPED)) if last and last.is_pending else self

    def numbered(self) -> Iterator[tuple[int, Turn]]:
        """Yield the turns with their numbers from 1."""
        yield from enumerate(self.turns, start=self.dropped + 1)


def chat_messages(conversation: Conversation) -> list[dict[str, str]]:
    """Draw the chat: for each turn the question and what came of it."""
    shown: list[dict[str, str]] = []
    for number, turn in conversation.numbered():
        shown.append({"role": "user", "content": messages.question_message(turn.question)})
        shown.append({"role": "assistant", "content": _reply(number, turn)})
    return shown


def _reply(number: int, turn: Turn) -> str:
    if turn.answer:
        return messages.answer_message(turn.answer, number) + export_links(turn.export)
    if turn.fault:
        arrived = messages.arrived_message(turn.understood, turn.sentences, number)
        return arrived + messages.fault_message(turn.fault)
    return messages.pending_message(turn.understood, turn.sentences, number)


def evidence_panel(conversation: Conversation, cards: Cards) -> str:
    """Draw the evidence of every turn that has an answer."""
    answered = (
        Grounds(number, turn.answer, turn.words, turn.passages)
        for number, turn in conversation.numbered()
        if turn.answer
    )
    return evidence(tuple(answered), cards)


def plain_text(conversation: Conversation, cards: Cards) -> str:
    """Write the last answer with its sources as plain text; empty when there is none."""
    answers = [turn.answer for turn in conversation.turns if turn.answer]
    return messages.plain_answer(answers[-1], cards) if answers else ""
