"""One section of a draft written anew: what was typed by hand is kept, the rest of the letter stays."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import replace

from assistant.drafting.ages import title_span
from assistant.drafting.answering_points import Answered
from assistant.drafting.letter import in_order, point_of, typed
from assistant.drafting.places import Places
from assistant.drafting.proposal import Draft, Paragraph, Role
from assistant.drafting.wording import FORM, PLACEHOLDER
from assistant.library import Library

_ORDER = {role.value: at for at, role in enumerate(Role)}


def used_numbers(draft: Draft, *, leaving: int) -> frozenset[int]:
    """Return the citations of all sections but one, and of what was typed into that one."""
    return frozenset(
        number
        for at, section in enumerate(draft.sections)
        for paragraph in section.paragraphs
        for sentence in paragraph.sentences
        if at != leaving or sentence.by_hand
        for number in sentence.citations
    )


def named_before(draft: Draft, at: int, library: Library) -> frozenset[str]:
    """Return the ids of the documents whose titles are cited in sections before one."""
    before = {
        number
        for section in draft.sections[:at]
        for paragraph in section.paragraphs
        for sentence in paragraph.sentences
        for number in sentence.citations
    }
    cited = [c for c in draft.citations if c.number in before]
    return frozenset(
        c.document_id for c in cited if c.span == title_span(library.document(c.document_id))
    )


def citing(draft: Draft, place: str) -> tuple[int, ...]:
    """Return the sections with sentences that rest on a document, passage or stretch."""
    places = Places.read((place,))
    numbers = {c.number for c in draft.citations if places.has(c.document_id, c.span)}
    return tuple(
        at
        for at, section in enumerate(draft.sections)
        if any(numbers & set(s.citations) for p in section.paragraphs for s in p.sentences)
    )


def sections_with(draft: Draft, points: Container[int]) -> tuple[int, ...]:
    """Return the sections that answer any of ``points``."""
    return tuple(at for at, part in enumerate(draft.sections) if point_of(part) in points)


def with_section(draft: Draft, at: int, answered: Answered) -> Draft:
    """Put a section's new paragraphs in, with what the user typed in its old ones."""
    old = draft.sections[at]
    new = replace(old, paragraphs=_with_typed(answered.paragraphs, old.paragraphs))
    number = point_of(old)
    points = (*draft.points[: number - 1], answered.point, *draft.points[number:])
    sections = (*draft.sections[:at], new, *draft.sections[at + 1 :])
    return in_order(replace(draft, sections=sections, points=points))


def _with_typed(new: Iterable[Paragraph], old: Iterable[Paragraph]) -> tuple[Paragraph, ...]:
    paragraphs = list(new)
    for paragraph in old:
        if typed(paragraph):
            paragraphs = _joined(paragraphs, paragraph)
    return tuple(sorted(paragraphs, key=lambda p: _ORDER.get(p.role, len(_ORDER))))


def _joined(paragraphs: Sequence[Paragraph], old: Paragraph) -> list[Paragraph]:
    """Put what was typed in ``old`` where it stood, in the first paragraph of the same part."""
    joined = list(paragraphs)
    at = next((i for i, p in enumerate(joined) if p.role == old.role), None)
    if at is None:
        words = tuple(sentence for _, sentence in typed(old))
        return [*joined, replace(old, sentences=words)]
    kept = [s for s in joined[at].sentences if s.support not in (FORM, PLACEHOLDER)]
    for place, sentence in typed(old):
        kept.insert(min(place, len(kept)), sentence)
    joined[at] = replace(joined[at], sentences=tuple(kept))
    return joined
