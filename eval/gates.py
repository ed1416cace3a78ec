"""The gates: what the figures on the test half must reach (``gates.toml``)."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

GATES = Path(__file__).parent / "gates.toml"


@dataclass(frozen=True, slots=True)
class Gate:
    """A bound on one figure: at least ``bound``, or at most where ``upper``.

    ``reached`` is set where the bound is not reached yet: what has been, which no run may lose.
    """

    figure: str
    bound: float
    upper: bool
    reached: float | None = None

    def holds(self, value: float) -> bool:
        """Say whether ``value`` is within the bound; what was not measured does not hold."""
        if math.isnan(value):
            return False
        return value <= self.bound if self.upper else value >= self.bound

    def is_lost(self, value: float) -> bool:
        """Say whether ``value`` is worse than what has been reached before."""
        kept = self.bound if self.reached is None else self.reached
        return not replace(self, bound=kept).holds(value)

    def __str__(self) -> str:
        return f"{'≤' if self.upper else '≥'} {self.bound * 100:g} %"


def load_gates(path: Path = GATES) -> tuple[Gate, ...]:
    """Read the gates."""
    table = tomllib.loads(path.read_text("utf-8"))
    reached = table.get("not_reached_yet", {})
    return tuple(
        Gate(figure, float(bound), upper, reached.get(figure))
        for section, upper in (("at_least", False), ("at_most", True))
        for figure, bound in table.get(section, {}).items()
    )


def failed(gates: tuple[Gate, ...], figures: Mapping[str, float]) -> tuple[Gate, ...]:
    """Return the gates that ``figures`` do not pass."""
    return tuple(gate for gate in gates if not gate.holds(figures.get(gate.figure, math.nan)))
