"""The one door to drafting: a proposal and a wish become a draft of the reply."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.drafting.composing import Ledger, Setting, compose_point
from assistant.drafting.evidence import FITS, Evidence, Gatherer
from assistant.drafting.form import (
    addressee_of,
    asked_city,
    body_of,
    closing,
    opening,
    remarks_of,
    title_of_reply,
)
from assistant.drafting.parsing import parse_proposal
from assistant.drafting.proposal import (
    Coverage,
    CoveredPoint,
    Draft,
    Paragraph,
    Point,
    Proposal,
    Role,
    Section,
    Wish,
    to_fill_in,
)
from assistant.drafting.wording import PLACEHOLDER
from assistant.errors import QuestionError
from assistant.library import Library
from assistant.types import SUPPORTED

_PLACEHOLDER = re.compile(r"〔待补充：[^〕]*〕")
_HAN = "一二三四五六七八九十"
Progress = Callable[[int, int], None]


class Drafter:
    """Draft replies over a library. Construction is cheap; no model is needed."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def warm_up(self) -> None:
        """Load what the first draft would wait for: the embedder, both legs, the segmenter."""
        self._library.warm_up()
        for city in self._library.cities()[:1]:
            self.draft("关于预热的提案", Wish(city=city))

    def draft(
        self, text: str, wish: Wish | None = None, *, progress: Progress | None = None
    ) -> Draft:
        """Draft the reply to the proposal ``text``; ``progress`` is told points done and points in all.

        Raises QuestionError for an empty or too long proposal, and for a city without documents.
        """
        started = time.perf_counter()
        proposal = parse_proposal(text)
        wish = self._completed(wish or Wish(), proposal)
        parsed = time.perf_counter()
        draft = self._written(proposal, wish, progress or _quiet)
        ended = time.perf_counter()
        timings = {"parse": _ms(started, parsed), "draft": _ms(parsed, ended)}
        return replace(draft, timings_ms={**timings, "total": _ms(started, ended)})

    def _completed(self, wish: Wish, proposal: Proposal) -> Wish:
        """Fill in what the user left open from the proposal; raises QuestionError."""
        cities = self._library.cities()
        city = asked_city(wish.city, proposal, cities)
        if city not in cities:
            known = "、".join(cities) or "（空）"
            what = (
                f"文件库中没有「{wish.city}」的文件。" if wish.city else "没有看出由哪个城市答复。"
            )
            raise QuestionError(f"{what}请用 --city 指定答复城市，现有：{known}。")
        return replace(
            wish,
            city=city,
            body=body_of(wish.body, city),
            number=wish.number or proposal.number,
            session=wish.session or proposal.session,
        )

    def _written(self, proposal: Proposal, wish: Wish, progress: Progress) -> Draft:
        gatherer = Gatherer(self._library, excluded=wish.excluded)
        ledger = Ledger(self._library.passage_id_at)
        setting = Setting(wish.city, self._newest(gatherer, wish))
        sections, points = [], []
        for number, point in enumerate(proposal.points, start=1):
            evidence = gatherer.gather(point, wish.city)
            paragraphs = compose_point(number, point.topic, evidence, setting, ledger)
            sections.append(Section(_heading(number, point.topic), paragraphs))
            points.append(_covered(point, evidence, paragraphs, ledger))
            progress(number, len(proposal.points))
        return _letter(proposal, wish, sections, points, ledger)

    def _newest(self, gatherer: Gatherer, wish: Wish) -> int | None:
        used = [c.id for c in self._library.documents() if c.id not in wish.excluded]
        years = (gatherer.year(self._library.document(one)) for one in used)
        return max((year for year in years if year), default=None)


def _letter(
    proposal: Proposal,
    wish: Wish,
    sections: Sequence[Section],
    points: Sequence[CoveredPoint],
    ledger: Ledger,
) -> Draft:
    date = wish.date or to_fill_in("成文日期")
    draft = Draft(
        proposal=proposal,
        wish=wish,
        title=title_of_reply(proposal, wish),
        addressee=addressee_of(proposal),
        sections=(opening(proposal, wish), *sections, closing()),
        points=tuple(points),
        citations=tuple(ledger.citations),
        signature=wish.body,
        date=date,
        remarks=remarks_of(wish),
        placeholders=(),
    )
    return with_placeholders(draft)


def with_placeholders(draft: Draft) -> Draft:
    """List what the draft's text leaves to fill in, in order, each once."""
    lines = [draft.title, draft.addressee, *(s.text for s in draft.sentences)]
    lines += [draft.signature, draft.date, *draft.remarks]
    found = dict.fromkeys(mark for line in lines for mark in _PLACEHOLDER.findall(line))
    return replace(draft, placeholders=tuple(found))


def _heading(number: int, topic: str) -> str:
    return f"{han_number(number)}、关于{topic}"


def han_number(number: int) -> str:
    """Return 一, 十二, 二十三 for 1 to 99."""
    tens, ones = divmod(number, 10)
    lead = "" if not tens else "十" if tens == 1 else f"{_HAN[tens - 1]}十"
    return lead + (_HAN[ones - 1] if ones else "")


def _covered(
    point: Point, evidence: Evidence, paragraphs: Sequence[Paragraph], ledger: Ledger
) -> CoveredPoint:
    """Judge a point by what was said of this city: firmly on the topic, near it, or nothing."""
    own = [p for p in paragraphs if p.role != Role.ELSEWHERE]
    cited = [n for p in own for s in p.sentences if s.support == SUPPORTED for n in s.citations]
    cited += ledger.said_before([fact for fact in evidence.own if fact.fit >= FITS])
    reported = any(s.citations for p in own for s in p.sentences)
    has_gap = any(s.support == PLACEHOLDER for p in own for s in p.sentences)
    if not reported and not evidence.own:
        coverage = Coverage.MISSING
    else:
        whole = evidence.is_firm and not has_gap
        coverage = Coverage.SUPPORTED if whole else Coverage.PARTLY
    return CoveredPoint(point.text, point.topic, coverage, tuple(dict.fromkeys(cited)))


def _ms(start: float, end: float) -> float:
    return round((end - start) * 1000, 3)


def _quiet(done: int, total: int) -> None:
    """Tell nobody."""
