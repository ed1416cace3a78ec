"""What of a model's sentences a reader may see: supported, cited, and an answer to this question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.markers import Marked
from assistant.answering.shown import Numbered, check, source_in
from assistant.answering.statements import Outcome, Source, Statement
from assistant.text.dates import find_dates, find_years
from assistant.text.numbers import quantities
from assistant.text.places import find_places
from assistant.types import SUPPORTED, Intent, Mark, Question

_LEAST_HAN, _HAN = 4, re.compile("[㐀-鿿]")
_TOUCHING = 2
"""Places so many characters apart are one place: a sentence end and a line end."""
NO_CONTENT = "没有内容"
_UNMARKED = "没有注明依据的段落"
# That there is no answer is not for the model to say: it is asked only where there is one.
_DENIES = re.compile(
    r"(?:没有|并未|未曾?)(?:具体|明确|直接)?(?:提[及到供]|写明|说明|给出|指出|所问|明确|规定|涉及|找到|相关|列出|披露)"
    r"|无法(?:回答|确定|得知|判断|提供)|不(?:清楚|知道|确定|详)"
)
# What these ask for is one thing, and the extract has it: any other number would answer wrongly.
_ONE_THING = (Intent.VALUE, Intent.COMPARE, Intent.WHEN, Intent.WHO)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The statement that a sentence becomes, or None, what is wrong, and the passages it may rest on."""

    statement: Statement | None
    wrong: str = SUPPORTED
    bearing: tuple[Numbered, ...] = ()


@dataclass(frozen=True, slots=True)
class Judge:
    """Judge sentences of an answer to ``question``, whose extractive answer is ``extract``."""

    question: Question
    extract: Outcome
    shown: tuple[Numbered, ...]

    def judge(self, marked: Marked) -> Verdict:
        """Say what becomes of a sentence.

        One without a valid marker is attributed only where a single place bears it out.
        """
        text = marked.text
        if len(_HAN.findall(text)) < _LEAST_HAN or "://" in text:
            return Verdict(None, NO_CONTENT)
        cited = tuple(one for one in self.shown if one.number in marked.numbers)
        return self._cited(text, cited) if cited else self._attributed(text)

    def _cited(self, text: str, cited: tuple[Numbered, ...]) -> Verdict:
        wrong = check(text, cited)
        if wrong != SUPPORTED:
            return Verdict(None, wrong, cited)
        bearing = tuple(one for one in cited if check(text, [one]) == SUPPORTED) or cited
        return self._stated(text, bearing, [source_in(text, one) for one in bearing])

    def _attributed(self, text: str) -> Verdict:
        bearing = tuple(one for one in self.shown if check(text, [one]) == SUPPORTED)
        if not bearing:
            return Verdict(None, f"{_UNMARKED}，也没有段落能证实")
        sources = [source_in(text, one) for one in bearing]
        if not all(_same_place(sources[0], other) for other in sources[1:]):
            return Verdict(None, f"{_UNMARKED}，能证实它的不止一处", bearing)
        return self._stated(text, bearing[:1], sources[:1])

    def _stated(self, text: str, bearing: tuple[Numbered, ...], sources: list[Source]) -> Verdict:
        beside = _denial(text, bearing) or self._beside_the_point(text)
        if beside:
            return Verdict(None, beside, bearing)
        cities = {one.document.city for one in bearing}
        if self._is_of_many_cities and not any(city in text for city in cities if city):
            if len(cities) > 1:
                return Verdict(None, "没有写明是哪个城市", bearing)
            text = "：".join(filter(None, (*cities, text)))
        return Verdict(Statement(text, tuple(sources), mark=Mark.VERIFIED), bearing=bearing)

    @property
    def _is_of_many_cities(self) -> bool:
        shown = {one.document.city for one in self.shown}
        return len(shown) > 1 and len(self.question.cities) != 1

    def _beside_the_point(self, text: str) -> str:
        """Return what in ``text`` is of another thing than was asked, or ''."""
        question, statements = self.question, self.extract.statements
        if question.intent not in _ONE_THING:
            return ""
        said = "\n".join(statement.text for statement in statements)
        places = {place.name for place in find_places(f"{said}\n{question.standalone}")}
        places |= {one.document.city for one in self.shown}
        for place in find_places(text):
            if place.level == "city" and place.name not in places:
                return f"所问的不是「{place.name}」"
        known = {quantity.value for quantity in quantities(said)}
        known |= {v.value for one in statements for v in one.values if v.value is not None}
        for quantity in quantities(text):
            if quantity.value not in known:
                return f"所问的不是「{quantity.span.of(text)}」"
        return _other_time(text, said, question) if question.intent is Intent.WHEN else ""


def _denial(text: str, bearing: Sequence[Numbered]) -> str:
    """Return that ``text`` denies an answer in words that are not the documents' own, or ''."""
    found = _DENIES.search(text)
    if not found or any(found[0] in one.passage.text for one in bearing):
        return ""
    return f"段落中没有「{found[0]}」，所问的内容段落里有"


def _other_time(text: str, said: str, question: Question) -> str:
    """Return the day or year of ``text`` that neither the extract nor the question has, or ''."""
    known = f"{said}\n{question.standalone}"
    years = {found.year for found in find_years(known, bare=True)}
    days = {found.date for found in find_dates(known)}
    for day in find_dates(text):
        if day.date not in days:
            return f"所问的不是「{day.span.of(text)}」"
    for year in find_years(text):
        if year.year not in years:
            return f"所问的不是「{year.span.of(text)}」"
    return ""


def _same_place(one: Source, other: Source) -> bool:
    """Say whether two sources are one place: of the same document, overlapping or touching."""
    if one.document_id != other.document_id:
        return False
    first, second = sorted((one.span, other.span))
    return second.start - first.end <= _TOUCHING


def numbers_beyond(marked: Marked, shown: Sequence[Numbered]) -> int:
    """Count the markers of passages that were not shown."""
    return len(set(marked.numbers) - {one.number for one in shown})
