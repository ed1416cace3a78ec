"""The gold table: its rows, and where in the documents their quotes stand."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from assistant.types import Span

GOLD = Path(__file__).with_name("gold.jsonl")


@dataclass(frozen=True, slots=True)
class GoldValue:
    """A row of the gold table; the sets hold every reading that counts as right."""

    document: str
    indicator: str
    name_as_written: str
    value: Decimal | None
    words: str
    years: frozenset[int | None]
    kinds: frozenset[str]
    relations: frozenset[str]
    units: frozenset[str]
    quotes: tuple[str, ...]
    uncertain: bool
    departments: tuple[str, ...]

    @property
    def in_words(self) -> bool:
        """Say whether the value has no number."""
        return self.value is None


def read_gold(path: Path = GOLD) -> tuple[GoldValue, ...]:
    """Read the gold table."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(_row(json.loads(line)) for line in lines if line.strip())


def _row(row: dict[str, Any]) -> GoldValue:
    return GoldValue(
        document=row["document"],
        indicator=row["indicator"],
        name_as_written=row["name_as_written"],
        value=None if row["value"] is None else Decimal(row["value"]),
        words=row.get("words", ""),
        years=frozenset([row["year"], *row.get("also_years", [])]),
        kinds=frozenset([row["kind"], *row.get("also_kinds", [])]),
        relations=frozenset([row["relation"], *row.get("also_relations", [])]),
        units=frozenset(unit_key(u) for u in [row["unit"], *row.get("also_units", [])]),
        quotes=(row.get("row_quote") or row["quote"], *row.get("also_at", [])),
        uncertain=bool(row.get("uncertain")),
        departments=tuple(row.get("departments", [])),
    )


def unit_key(unit: str) -> str:
    """Return what two spellings of a unit have in common (万元/人. 年, 万元/人·年)."""
    return "".join(c for c in unit.replace("％", "%") if c not in " .·•：")


def places(gold: GoldValue, text: str) -> tuple[Span, ...]:
    """Return where a row's quotes stand; of a table row, its last cell. Empty if one is not there."""
    found = []
    for quote in gold.quotes:
        start = text.find(quote)
        if start < 0:
            continue
        last = quote.rsplit("\n", 1)[-1]
        in_row = "\n\n" in quote and len(last) < len(quote)
        begin = start + len(quote) - len(last) if in_row else start
        found.append(Span(begin, start + len(quote)))
    return tuple(found)
