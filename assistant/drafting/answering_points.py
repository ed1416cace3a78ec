"""One point of the proposal becomes a section of the letter, and how far it is covered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.model import Model
from assistant.drafting.composing import (
    Portion,
    Setting,
    choose,
    own_claims,
    told_already,
    with_gaps,
)
from assistant.drafting.evidence import Gatherer
from assistant.drafting.facts import FITS, Evidence, Fact
from assistant.drafting.ledger import Claim, Ledger
from assistant.drafting.places import Places
from assistant.drafting.proposal import (
    Coverage,
    CoveredPoint,
    Paragraph,
    Pin,
    Point,
    Role,
    Step,
    Wish,
)
from assistant.drafting.wording import PLACEHOLDER
from assistant.drafting.writing import Writer
from assistant.library import Library
from assistant.types import SUPPORTED


@dataclass(frozen=True, slots=True)
class Answered:
    """The paragraphs on a point, and the point with its coverage."""

    paragraphs: tuple[Paragraph, ...]
    point: CoveredPoint


class PointAnswerer:
    """Answer the points of one proposal for one wish; ``writer`` is None without a model.

    Raises QuestionError for a pin that names no sentence.
    """

    def __init__(
        self, library: Library, wish: Wish, points: Sequence[Point], model: Model | None
    ) -> None:
        self._gatherer = Gatherer(library, excluded=wish.excluded)
        self._setting = Setting(wish.city, self._gatherer.newest_year(), library.cities())
        self.ledger = Ledger(library.passage_id_at)
        self.writer = Writer(model, self._setting) if model and not wish.extractive else None
        self._city, self._points = wish.city, points
        self._insisted = self._assigned(wish.pinned)

    def answer(self, number: int) -> Iterator[Step | Answered]:
        """Answer the ``number``-th point (from 1), telling each step before it is done."""
        point, total = self._points[number - 1], len(self._points)
        yield Step(number - 1, total, f"查找依据：{point.topic}")
        evidence = self._evidence(number, point)
        told = told_already(evidence, self._setting, self.ledger)
        portions = choose(evidence, self._setting, self.ledger)
        if self.writer and portions and not self.writer.trouble:
            yield Step(number - 1, total, f"撰写：{point.topic}")
        said = [
            Paragraph(tuple(map(self.ledger.say, claims)), portion.role.value, number)
            for portion, claims in zip(portions, self._claims(point, portions), strict=True)
        ]
        paragraphs = with_gaps(number, point.topic, [p for p in said if p.sentences], told)
        yield Answered(paragraphs, covered(point, evidence, paragraphs, self.ledger))

    def points_of(self, place: str) -> frozenset[int]:
        """Return the points that what is insisted on at ``place`` is used for."""
        places = Places.read((place,))
        return frozenset(
            number
            for number, facts in self._insisted.items()
            if any(places.has(*fact.place) for fact in facts)
        )

    def _evidence(self, number: int, point: Point) -> Evidence:
        """Gather for a point; what is insisted on for another is left to that."""
        insisted = self._insisted.get(number, [])
        found = self._gatherer.gather(point, self._city, insisted)
        mine = {fact.place for fact in insisted}
        others = {f.place for facts in self._insisted.values() for f in facts} - mine
        return Evidence(
            tuple(fact for fact in found.own if fact.place not in others),
            tuple(fact for fact in found.elsewhere if fact.place not in others),
        )

    def _claims(self, point: Point, portions: Sequence[Portion]) -> Sequence[Sequence[Claim]]:
        if self.writer:
            return self.writer.write(point.topic, portions, self.ledger.named)
        return [own_claims(portion, self._setting, self.ledger.named) for portion in portions]

    def _assigned(self, pins: Sequence[Pin]) -> dict[int, list[Fact]]:
        """Give each pinned fact to the point that the user named, else to the one that it fits best."""
        assigned: dict[int, list[Fact]] = {}
        for pin in pins:
            for fact in self._gatherer.insisted(pin.place):
                number = pin.point if 0 < pin.point <= len(self._points) else self._best(fact)
                known = assigned.setdefault(number, [])
                if all(fact.place != other.place for other in known):
                    known.append(fact)
        return assigned

    def _best(self, fact: Fact) -> int:
        fits = [self._gatherer.fit(fact, point) for point in self._points]
        return fits.index(max(fits)) + 1


def covered(
    point: Point, evidence: Evidence, paragraphs: Sequence[Paragraph], ledger: Ledger
) -> CoveredPoint:
    """Judge a point by what was said of this city: firmly on the topic, near it, or nothing."""
    own = [p for p in paragraphs if p.role != Role.ELSEWHERE]
    cited = [n for p in own for s in p.sentences if s.support == SUPPORTED for n in s.citations]
    cited += ledger.said_before([fact for fact in evidence.own if fact.fit >= FITS])
    has_gap = any(s.support == PLACEHOLDER for p in own for s in p.sentences)
    if not cited:
        coverage = Coverage.MISSING
    else:
        whole = evidence.is_firm and not has_gap
        coverage = Coverage.SUPPORTED if whole else Coverage.PARTLY
    return CoveredPoint(point.text, point.topic, coverage, tuple(dict.fromkeys(cited)))
