"""What a user wants of a draft, as it is typed or sent: checked, for every shell alike."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.drafting import CATEGORIES, DISCLOSURES, Pin
from assistant.drafting.places import stretch_of
from assistant.errors import AssistantError
from assistant.library import Library


def disclosure_and_category(disclosure: str, category: str) -> tuple[str, str]:
    """Return both as the form has them; empty is left to fill in. Raises AssistantError."""
    kind = one_of(category.upper(), CATEGORIES, "办理类别")
    return one_of(disclosure, DISCLOSURES, "公开属性"), kind


def one_of(given: str, known: tuple[str, ...], what: str) -> str:
    """Return what is known, or empty. Raises AssistantError for anything else."""
    if given and given not in known:
        raise AssistantError(f"没有「{given}」这种{what}。可用：{'、'.join(known)}。")
    return given


def pin_of(given: str) -> Pin:
    """Read ``passage`` or ``passage@point``. Raises AssistantError."""
    place, _, point = given.partition("@")
    if point and not (point.isascii() and point.isdigit() and len(point) < 4):
        raise AssistantError(f"「{given}」里 @ 后面应是要点的序号，如 @2。")
    return Pin(place, int(point or 0))


def require_places(library: Library, places: Iterable[str]) -> None:
    """Check that the documents of places exist. Raises DocumentNotFoundError."""
    for place in places:
        stretch = stretch_of(place)
        library.document(stretch[0] if stretch else place)
