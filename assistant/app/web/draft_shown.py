"""A draft put on the page: its letter, the passages near its points, the names of what was left out."""

from __future__ import annotations

from assistant.app.terminal import one_line
from assistant.app.web.cards import Cards
from assistant.app.web.desk import Desk
from assistant.app.web.draft_room import DraftRoom, Opened
from assistant.app.web.draft_view import draft_view
from assistant.app.wording import title_of
from assistant.drafting.places import stretch_of
from assistant.errors import DocumentNotFoundError

_NAME_CHARS = 60


def shown(desk: Desk, room: DraftRoom, opened: Opened) -> str:
    """Return the HTML of the draft."""
    draft, cards = opened.draft, desk.cards()
    excluded = {place: _name(desk, cards, place) for place in draft.wish.excluded}
    return draft_view(opened, cards, room.near(draft), excluded)


def _name(desk: Desk, cards: Cards, place: str) -> str:
    """Name a document by its title, a stretch by its words."""
    stretch = stretch_of(place)
    if stretch is None:
        return f"《{one_line(title_of(cards[place]))}》" if place in cards else place
    document_id, span = stretch
    try:
        words = one_line(span.of(desk.library.document(document_id).text))
    except DocumentNotFoundError:
        return place
    return words if len(words) <= _NAME_CHARS else f"{words[:_NAME_CHARS]}……"
