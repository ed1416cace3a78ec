"""What readers compare and filter by: small values read from the catalogue at once."""

from __future__ import annotations

from typing import NamedTuple


class Derived(NamedTuple):
    """What is known of a derived index.

    ``location`` is a directory or collection name, ``made_with`` what its contents depend on besides
    passages, ``generation`` the catalogue's when it was last in step, ``through`` the highest passage
    key it has seen, ``passages`` how many it holds.
    """

    location: str
    made_with: str
    generation: int
    through: int
    passages: int


NOTHING = Derived("", "", -1, 0, 0)


class Owner(NamedTuple):
    """A document as searches filter it; ``passages`` counts them."""

    key: int
    id: str
    city: str
    kind: str
    passages: int


class State(NamedTuple):
    """What a reader compares before each query to notice a writer's work."""

    generation: int
    fingerprint: str
    terms: Derived
    chroma: Derived


class Filters(NamedTuple):
    """Limits on a search; empty means no limit. ``document`` is a document id."""

    city: str = ""
    kind: str = ""
    document: str = ""
