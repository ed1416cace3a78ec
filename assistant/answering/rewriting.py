"""Follow-up questions that the rules leave as they are: a model may fill in what they lean on.

What it writes is no answer but decides what is looked for, so it may add nothing of its own: every
number, year, place and word of it stands in the question or in those before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.model import Model, ModelError, Spending
from assistant.answering.prompts import fill
from assistant.retrieval import LibraryView, understand
from assistant.retrieval.followup import resolve
from assistant.retrieval.keywords import keywords
from assistant.text.dates import find_years
from assistant.text.match import match_key
from assistant.text.places import find_places
from assistant.types import Question

_MOST_CHARS, _MOST_TURNS, _LEAST_PART = 200, 6, 2
# 湖州有没有同样的目标 names its city and leaves its subject to the turns before.
_POINTS = re.compile(r"(?:同样|一样|相同|类似)的")
# 哪些城市 and the like ask of the whole library: nothing is left out.
_ASKS_OF_ALL = re.compile(
    r"(?:哪|各|每|所有|全部)(?:些|几|个|座|一)*(?:城市|地方|地市|市|文件)|全国"
)
_LABEL = re.compile(r"^\s*(?:改写后?的?(?:问题|提问)?|问题|现在的提问)\s*[:：]\s*")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


class Rewriter:
    """Understand a follow-up with a model's help where the rules do not reach."""

    def __init__(self, model: Model) -> None:
        self._model = model

    def understand(
        self, question: Question, history: Sequence[str], view: LibraryView, spending: Spending
    ) -> Question:
        """Return ``question`` filled in by the model, or as it is: not needed, not usable, no model."""
        if not leans_on(question, history):
            return question
        rewritten = self._rewritten(question.text, history, spending)
        if not rewritten or not adds_nothing(rewritten, question.text, history):
            return question
        filled = understand(rewritten, (), view)
        return replace(filled, text=question.text, intent=question.intent)

    def _rewritten(self, text: str, history: Sequence[str], spending: Spending) -> str:
        """Return the first line that the model writes; empty when it does not answer."""
        earlier = "\n".join(turn.strip() for turn in history[-_MOST_TURNS:])
        prompt = fill("rewrite", history=earlier, question=text)
        written = ""
        try:
            for piece in self._model.stream(fill("system"), prompt, spending):
                written += piece
                if len(written) > _MOST_CHARS or "\n" in written.strip():
                    break
        except ModelError as error:
            spending.trouble = str(error)
            return ""
        lines = written.strip().splitlines()
        return _LABEL.sub("", lines[0]).strip(' "“”「」') if lines else ""


def leans_on(question: Question, history: Sequence[str]) -> bool:
    """Say whether ``question`` may lean on the turns before it in a way that the rules do not see.

    It names no place, indicator or document (or points at what it means) and does not ask of all, a
    turn before it names a place, and the rules took nothing but that from there.
    """
    names = _places(question.text) or question.indicators or question.documents
    stands_alone = names and not _POINTS.search(question.text)
    if not history or stands_alone or question.unknown_numbers:
        return False
    if _ASKS_OF_ALL.search(question.text):
        return False
    taken = resolve(question.text, history).standalone.removesuffix(question.text)
    return _is_place(taken) and any(find_places(turn) for turn in history)


def _is_place(words: str) -> bool:
    """Say whether ``words`` are names of places and nothing else; no words are."""
    named = sum(len(place.span) for place in find_places(words))
    return named == len(words.replace("和", ""))


def adds_nothing(rewritten: str, question: str, history: Sequence[str]) -> bool:
    """Say whether ``rewritten`` keeps the words of ``question`` and adds none of its own to them.

    Its numbers, years, places and keywords all stand in the question or in the turns before.
    """
    before = "\n".join((question, *history))
    known = match_key(before)
    return (
        len(rewritten) <= _MOST_CHARS
        and set(_NUMBER.findall(match_key(rewritten))) <= set(_NUMBER.findall(known))
        and _years(rewritten) <= _years(before)
        and _places(rewritten) <= _places(before)
        and all(
            one.word in known or _is_put_together(one.word, known) for one in keywords(rewritten)
        )
        and all(one.word in match_key(rewritten) for one in keywords(question))
    )


def _is_put_together(word: str, known: str) -> bool:
    """Say whether ``word`` is of words that stand in ``known``, but for a last letter: 广元市, 补助标准."""
    return any(
        word[:at] in known
        and (at == len(word) - 1 or word[at:] in known or _is_put_together(word[at:], known))
        for at in range(_LEAST_PART, len(word))
    )


def _years(text: str) -> set[int]:
    return {found.year for found in find_years(text, bare=True)}


def _places(text: str) -> set[str]:
    return {place.name for place in find_places(text)}
