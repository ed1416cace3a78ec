"""The letter as a whole: its parts put together, its marks to fill in, its citations in order."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.drafting.composing import short
from assistant.drafting.form import (
    addressee_of,
    closing,
    colophon_of,
    opening,
    remarks_of,
    title_of_reply,
)
from assistant.drafting.proposal import (
    CoveredPoint,
    Draft,
    Paragraph,
    Proposal,
    Section,
    Wish,
    to_fill_in,
)
from assistant.errors import QuestionError
from assistant.text.han_numbers import write_number
from assistant.types import Citation, Sentence

_PLACEHOLDER = re.compile(r"〔待补充：[^〕]*〕")
_HAN = "一二三四五六七八九十"


def put_together(
    proposal: Proposal,
    wish: Wish,
    sections: Sequence[Section],
    points: Sequence[CoveredPoint],
    citations: Sequence[Citation],
) -> Draft:
    """Put the form around the sections that answer the points."""
    draft = Draft(
        proposal=proposal,
        wish=wish,
        title="",
        addressee="",
        sections=(opening(proposal, wish), *sections, closing(proposal, wish)),
        points=tuple(points),
        citations=tuple(citations),
        signature="",
        date="",
        remarks=(),
        placeholders=(),
    )
    return in_form(draft)


def in_form(draft: Draft) -> Draft:
    """Write the form around the points as the draft's wish has it; what was typed into it stays."""
    wish, proposal = draft.wish, draft.proposal
    first, *middle, last = draft.sections
    sections = (
        _renewed(first, opening(proposal, wish)),
        *middle,
        _renewed(last, closing(proposal, wish)),
    )
    return with_placeholders(
        replace(
            draft,
            sections=sections,
            title=title_of_reply(proposal, wish),
            addressee=addressee_of(proposal, wish),
            signature=wish.body,
            date=wish.date or to_fill_in("成文日期"),
            remarks=remarks_of(wish),
        )
    )


def _renewed(old: Section, new: Section) -> Section:
    """Return the new phrases of the form, or the old ones where the user has changed any."""
    changed = any(s.by_hand for paragraph in old.paragraphs for s in paragraph.sentences)
    return old if changed else new


def with_placeholders(draft: Draft) -> Draft:
    """List what the draft's text leaves to fill in, in order, each once."""
    lines = [draft.title, draft.addressee, *(s.text for s in draft.sentences)]
    lines += [draft.signature, draft.date, *draft.remarks, *colophon_of(draft.wish)]
    found = dict.fromkeys(mark for line in lines for mark in _PLACEHOLDER.findall(line))
    return replace(draft, placeholders=tuple(found))


def heading_of(number: int, topic: str) -> str:
    """Return the heading of the section on the ``number``-th point."""
    return f"{write_number(number)}、关于{short(topic)}"


def section_at(draft: Draft, which: int | str) -> int:
    """Return the index of a section that answers a point, by index or heading.

    Raises QuestionError where there is none (the opening and the closing answer no point).
    """
    found = [i for i, part in enumerate(draft.sections) if which in (i, part.heading)]
    if not found or point_of(draft.sections[found[0]]) == 0:
        raise QuestionError(f"草稿中没有「{which}」这一部分。请选一个有标题的部分。")
    return found[0]


def point_of(section: Section) -> int:
    """Return the number of the point that a section answers, 0 for the opening and the closing."""
    return next((p.point for p in section.paragraphs if p.point), 0)


def with_sentences(draft: Draft, change: Callable[[int, Sentence], Sequence[Sentence]]) -> Draft:
    """Return the draft with each sentence made what ``change`` returns for its index and itself.

    A paragraph that is left empty goes.
    """
    at = 0
    sections = []
    for section in draft.sections:
        paragraphs = []
        for paragraph in section.paragraphs:
            kept: list[Sentence] = []
            for sentence in paragraph.sentences:
                kept += change(at, sentence)
                at += 1
            paragraphs += [replace(paragraph, sentences=tuple(kept))] if kept else []
        sections.append(replace(section, paragraphs=tuple(paragraphs)))
    return replace(draft, sections=tuple(sections))


def in_order(draft: Draft) -> Draft:
    """Number the citations in the order of their first use; those that nothing cites go."""
    used = dict.fromkeys(n for sentence in draft.sentences for n in sentence.citations)
    new = {old: number for number, old in enumerate(used, start=1)}
    known = {citation.number: citation for citation in draft.citations}

    def renumbered(numbers: Sequence[int]) -> tuple[int, ...]:
        return tuple(new[n] for n in numbers if n in new)

    citations = tuple(replace(known[old], number=number) for old, number in new.items())
    points = tuple(replace(p, citations=renumbered(p.citations)) for p in draft.points)
    moved = with_sentences(draft, lambda _, s: [replace(s, citations=renumbered(s.citations))])
    return with_placeholders(replace(moved, points=points, citations=citations))


def typed(paragraph: Paragraph) -> tuple[tuple[int, Sentence], ...]:
    """Return what the user typed in a paragraph, each with its place in it."""
    return tuple((at, s) for at, s in enumerate(paragraph.sentences) if s.by_hand)
