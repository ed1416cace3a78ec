"""The JSON of ``assistant draft``: a contract, every name here is relied on by scripts."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from assistant.app.json_output import citation_json, passage_text
from assistant.drafting import Draft, Paragraph, Wish
from assistant.library import Library
from assistant.types import Citation

Json = dict[str, Any]


def draft_json(draft: Draft, library: Library) -> Json:
    """Return the draft as the object that ``assistant draft --json`` prints."""
    return {
        "title": draft.title,
        "addressee": draft.addressee,
        "sections": [
            {"heading": part.heading, "paragraphs": [_paragraph(p) for p in part.paragraphs]}
            for part in draft.sections
        ],
        "points": [
            {"text": p.text, "coverage": p.coverage.value, "citations": list(p.citations)}
            for p in draft.points
        ],
        "citations": citations_json(draft.citations, library),
        "placeholders": list(draft.placeholders),
        "signature": draft.signature,
        "date": draft.date,
        "remarks": list(draft.remarks),
        "model": draft.model,
        "notices": list(draft.notices),
        "request": request_json(draft.wish),
        "timings_ms": draft.timings_ms,
    }


def _paragraph(paragraph: Paragraph) -> Json:
    return {
        "text": paragraph.text,
        "role": paragraph.role,
        "sentences": [
            {
                "text": s.text,
                "citations": list(s.citations),
                "support": s.support,
                "by_hand": s.by_hand,
            }
            for s in paragraph.sentences
        ],
    }


def request_json(wish: Wish) -> Json:
    """Return what was asked for beside the proposal, with what was read from it."""
    return {**asdict(wish), "pinned": [asdict(pin) for pin in wish.pinned]}


def citations_json(citations: tuple[Citation, ...], library: Library) -> list[Json]:
    """Return citations as in ``assistant ask``."""
    cards = {card.id: card for card in library.documents()}
    passages = library.passages(tuple(c.passage_id for c in citations))
    texts = {passage.id: passage_text(passage) for passage in passages}
    return [citation_json(c, cards.get(c.document_id), texts.get(c.passage_id)) for c in citations]
