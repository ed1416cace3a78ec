"""The one door to drafting: a proposal and a wish become a draft; a draft is gone over again."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answering.model import Model
from assistant.drafting.answering_points import PointAnswerer
from assistant.drafting.editing import rechecked
from assistant.drafting.form import asked_city, body_of, numbered
from assistant.drafting.letter import heading_of, in_form, point_of, put_together, section_at
from assistant.drafting.parsing import parse_proposal
from assistant.drafting.proposal import Draft, Pin, Proposal, Section, Step, Wish
from assistant.drafting.redrafting import (
    citing,
    named_before,
    sections_with,
    used_numbers,
    with_section,
)
from assistant.drafting.writing import Writer
from assistant.errors import QuestionError
from assistant.library import Library

_FAILED = "语言模型未能撰写（{why}），草稿为文件原句。"
_STOPPED = "语言模型中途停止（{why}），其余为文件原句。"
_REPLACED = "语言模型所写有 {count} 句未通过核对，已改用文件原句。"


class Drafter:
    """Draft replies over a library. Construction is cheap; a model is used where the settings have one."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._model = Model(library.settings) if library.settings.model else None

    def warm_up(self) -> None:
        """Load what the first draft would wait for: the embedder, both legs, the segmenter."""
        self._library.warm_up()
        for city in self._library.cities()[:1]:
            self.draft("关于预热的提案", Wish(city=city, extractive=True))

    def draft(self, text: str, wish: Wish | None = None) -> Draft:
        """Draft the reply to the proposal ``text``.

        Raises QuestionError for an empty or too long proposal, a city without documents, or a pin that
        names no sentence.
        """
        return _last(self.steps(text, wish))

    def steps(self, text: str, wish: Wish | None = None) -> Iterator[Step | Draft]:
        """Yield what is being done, then the draft; raises as ``draft`` does."""
        started = time.perf_counter()
        proposal = parse_proposal(text)
        wish = self._completed(wish or Wish(), proposal)
        parsed = time.perf_counter()
        answerer = self._answerer(wish, proposal)
        sections, points = [], []
        for number, point in enumerate(proposal.points, start=1):
            for step in answerer.answer(number):
                if isinstance(step, Step):
                    yield step
                    continue
                sections.append(Section(heading_of(number, point.topic), step.paragraphs))
                points.append(step.point)
        draft = put_together(proposal, wish, sections, points, answerer.ledger.citations)
        draft = _credited(draft, answerer.writer)
        ended = time.perf_counter()
        timings = {"parse": _ms(started, parsed), "draft": _ms(parsed, ended)}
        yield replace(draft, timings_ms={**timings, "total": _ms(started, ended)})

    # --- going over a draft again ----------------------------------------------------------------

    def redraft(self, draft: Draft, section: int | str) -> Draft:
        """Write one section anew, by its index in ``draft.sections`` or its heading.

        The words of all other sections stay, and so does what the user typed into this one; only
        citation numbers may move. Raises QuestionError.
        """
        return _last(self.redraft_steps(draft, section))

    def redraft_steps(self, draft: Draft, section: int | str) -> Iterator[Step | Draft]:
        """Yield what is being done, then the draft; see ``redraft``."""
        at = section_at(draft, section)
        number = point_of(draft.sections[at])
        answerer = self._answerer(draft.wish, draft.proposal)
        named = named_before(draft, at, self._library)
        answerer.ledger.resume(draft.citations, used_numbers(draft, leaving=at), named)
        for step in answerer.answer(number):
            if isinstance(step, Step):
                yield step
            else:
                known = replace(draft, citations=tuple(answerer.ledger.citations))
                yield _credited(with_section(known, at, step), answerer.writer)

    def exclude(self, draft: Draft, place: str) -> Draft:
        """Leave a document, passage or stretch out, and write anew the sections that cite it."""
        excluded = tuple(dict.fromkeys((*draft.wish.excluded, place)))
        pinned = tuple(pin for pin in draft.wish.pinned if pin.place != place)
        wished = replace(draft, wish=replace(draft.wish, excluded=excluded, pinned=pinned))
        anew = self._redrafted(wished, citing(draft, place))
        return rechecked(anew, self._library)

    def include(self, draft: Draft, place: str) -> Draft:
        """Take back what ``exclude`` or ``pin`` said of a place; nothing is written anew."""
        excluded = tuple(one for one in draft.wish.excluded if one != place)
        pinned = tuple(pin for pin in draft.wish.pinned if pin.place != place)
        wish = replace(draft.wish, excluded=excluded, pinned=pinned)
        return rechecked(replace(draft, wish=wish), self._library)

    def complete(self, draft: Draft, wish: Wish) -> Draft:
        """Put what the user fills in (number, session, co-bodies, date, …) into the letter's form.

        The sections on the points stay, and so does what was typed into the opening and the closing.
        City, sources and ``extractive`` stay as the draft has them.
        """
        old = draft.wish
        kept = replace(
            self._completed(replace(wish, city=old.city), draft.proposal),
            excluded=old.excluded,
            pinned=old.pinned,
            extractive=old.extractive,
        )
        return in_form(replace(draft, wish=kept))

    def pin(self, draft: Draft, place: str, section: int | str | None = None) -> Draft:
        """Insist on a passage (by id) or stretch, in one section or where it fits best; write that anew.

        Raises QuestionError where there is no whole sentence or table row with values.
        """
        point = 0 if section is None else point_of(draft.sections[section_at(draft, section)])
        pins = tuple(pin for pin in draft.wish.pinned if pin.place != place)
        wish = replace(draft.wish, pinned=(*pins, Pin(place, point)))
        target = sections_with(draft, self._answerer(wish, draft.proposal).points_of(place))
        moved = [at for at in citing(draft, place) if at not in target]
        return self._redrafted(replace(draft, wish=wish), (*moved, *target))

    def _redrafted(self, draft: Draft, sections: Sequence[int]) -> Draft:
        for at in sections:
            draft = self.redraft(draft, at)
        return draft

    # --- what is shared --------------------------------------------------------------------------

    def _answerer(self, wish: Wish, proposal: Proposal) -> PointAnswerer:
        return PointAnswerer(self._library, wish, proposal.points, self._model)

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
            body=body_of(wish.body or proposal.body, city),
            number=numbered(wish.number) or proposal.number,
            session=wish.session or proposal.session,
            co_bodies=wish.co_bodies or proposal.co_bodies,
        )


def _last(steps: Iterator[Step | Draft]) -> Draft:
    *_, last = steps
    assert isinstance(last, Draft)
    return last


def _credited(draft: Draft, writer: Writer | None) -> Draft:
    """Name the model if a sentence is its own, and tell the user what became of the others."""
    if writer is None:
        return draft
    notices = []
    if writer.trouble:
        notices.append((_STOPPED if writer.written else _FAILED).format(why=writer.trouble))
    if writer.replaced:
        notices.append(_REPLACED.format(count=writer.replaced))
    name = writer.model.name if writer.written else draft.model
    return replace(draft, model=name, notices=tuple(notices))


def _ms(start: float, end: float) -> float:
    return round((end - start) * 1000, 3)
