"""A draft for the terminal: the coverage of the points, then the letter with its sources."""

from __future__ import annotations

from assistant.app.wording import title_of
from assistant.drafting import Coverage, Draft
from assistant.drafting.texts import markdown
from assistant.library import Library

COVERAGE_WORDS = {
    Coverage.SUPPORTED: "有依据",
    Coverage.PARTLY: "部分有依据",
    Coverage.MISSING: "文件中没有",
}


def draft_text(draft: Draft, library: Library) -> str:
    """Return what ``assistant draft`` prints."""
    titles = {card.id: title_of(card) for card in library.documents()}
    points = [
        f"  {number}. {COVERAGE_WORDS[point.coverage]}  {point.topic}"
        for number, point in enumerate(draft.points, start=1)
    ]
    notices = [f"注：{notice}" for notice in draft.notices]
    return "\n".join(["提案要点：", *points, *notices, "", markdown(draft, titles)])
