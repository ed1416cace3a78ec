"""What the benchmark hands on: named figures with their targets, ours beside the stock recipe's."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure.

    ``target`` is a bound (``upper``: at most, else at least) or None; ``stock`` is the same figure of
    the stock recipe in the same run, or None where it has no such thing. ``note`` says how it was
    measured.
    """

    key: str
    name: str
    value: float
    unit: str
    target: float | None = None
    upper: bool = True
    stock: float | None = None
    note: str = ""

    @property
    def holds(self) -> bool | None:
        """Say whether the target is reached; None where there is none."""
        if self.target is None:
            return None
        return self.value <= self.target if self.upper else self.value >= self.target

    @property
    def ratio(self) -> float | None:
        """Return how many times better than the stock recipe it is; None where that has no figure."""
        if self.stock is None or not self.value or not self.stock or math.isnan(self.value):
            return None
        return self.stock / self.value if self.upper else self.value / self.stock


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """A part of indexing and its share (of 1) of the parent's processor time."""

    part: str
    seconds: float
    share: float
