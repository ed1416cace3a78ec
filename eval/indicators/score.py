"""Score extraction against the gold table: ``python -m eval.indicators.score``.

A value found matches a row of the gold table when it stands where the row's quote stands and has
its number and unit (or both say it in words). Rows marked uncertain count neither way. A second
value for a row that is already matched is a repetition: counted apart, not as wrong.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.types import Document, IndicatorValue, Span
from eval.indicators.gold import GoldValue, places, read_gold, unit_key

DOCUMENTS = Path(__file__).parents[2] / "corpus" / "documents"


@dataclass(frozen=True, slots=True)
class Match:
    """A row of the gold table and the value found for it."""

    gold: GoldValue
    found: IndicatorValue

    @property
    def kind_and_year_right(self) -> bool:
        """Say whether kind and year agree with a reading that the gold table accepts."""
        return self.found.kind.value in self.gold.kinds and self.found.year in self.gold.years

    @property
    def relation_right(self) -> bool:
        """Say whether the relation agrees."""
        return self.found.relation.value in self.gold.relations


@dataclass(frozen=True, slots=True)
class Score:
    """Matches, what was missed, what was wrong, and values that repeat a matched row."""

    matches: tuple[Match, ...]
    missed: tuple[GoldValue, ...]
    wrong: tuple[IndicatorValue, ...]
    repeated: tuple[IndicatorValue, ...]

    def of(self, in_words: bool) -> Score:
        """Return the part of the score that is about values with, or without, a number."""
        return Score(
            tuple(m for m in self.matches if m.gold.in_words is in_words),
            tuple(g for g in self.missed if g.in_words is in_words),
            tuple(v for v in self.wrong if (v.value is None) is in_words),
            tuple(v for v in self.repeated if (v.value is None) is in_words),
        )

    @property
    def precision(self) -> float:
        """Return the share of values found that are in the gold table."""
        right = len(self.matches) + len(self.repeated)
        return right / max(1, right + len(self.wrong))

    @property
    def recall(self) -> float:
        """Return the share of gold rows that were found."""
        return len(self.matches) / max(1, len(self.matches) + len(self.missed))

    @property
    def kind_and_year(self) -> float:
        """Return the share of matches whose kind and year are right."""
        return sum(m.kind_and_year_right for m in self.matches) / max(1, len(self.matches))


def score(
    gold: Iterable[GoldValue],
    found: Mapping[str, tuple[IndicatorValue, ...]],
    texts: Mapping[str, str],
) -> Score:
    """Match gold rows and values found, both by document (file name)."""
    rows = list(gold)
    at = {id(row): places(row, texts[row.document]) for row in rows}
    pairs = [
        (_agreement(row, value), i, name, j)
        for i, row in enumerate(rows)
        for name in [row.document]
        for j, value in enumerate(found[name])
        if _fits(row, value, at[id(row)])
    ]
    taken_rows: dict[int, IndicatorValue] = {}
    taken: set[tuple[str, int]] = set()
    for _, i, name, j in sorted(pairs, key=lambda pair: -pair[0]):
        if i not in taken_rows and (name, j) not in taken:
            taken_rows[i] = found[name][j]
            taken.add((name, j))
    fitting = {(name, j) for _, _, name, j in pairs}
    unsure = [(row.document, span) for row in rows if row.uncertain for span in at[id(row)]]
    left = [
        (name, j, v)
        for name, values in found.items()
        for j, v in enumerate(values)
        if (name, j) not in taken
    ]
    repeated = tuple(v for name, j, v in left if (name, j) in fitting)
    wrong = tuple(
        v
        for name, j, v in left
        if (name, j) not in fitting
        and not any(name == doc and v.span.overlaps(span) for doc, span in unsure)
    )
    sure = [(i, row) for i, row in enumerate(rows) if not row.uncertain]
    return Score(
        tuple(Match(row, taken_rows[i]) for i, row in sure if i in taken_rows),
        tuple(row for i, row in sure if i not in taken_rows),
        wrong,
        repeated,
    )


def _fits(gold: GoldValue, value: IndicatorValue, at: tuple[Span, ...]) -> bool:
    if value.value != gold.value or not any(
        span.overlaps(place) for span in (value.span, *value.also_at) for place in at
    ):
        return False
    return gold.value is None or unit_key(value.unit) in gold.units


def _agreement(gold: GoldValue, value: IndicatorValue) -> float:
    """Rank fits: right kind and year first, then names that share characters."""
    right = (value.kind.value in gold.kinds) + (value.year in gold.years)
    ours = set(value.name_as_written + value.indicator + value.scope + value.words)
    theirs = set(gold.indicator + gold.name_as_written + gold.words)
    return right + len(ours & theirs) / max(1, len(ours | theirs))


def read_corpus(directory: Path = DOCUMENTS) -> tuple[Document, ...]:
    """Load and parse the corpus with its catalogue, as indexing does."""
    from assistant.documents import load, parse, read_catalog

    catalogue = directory.parent / "catalog.toml"
    known = read_catalog(catalogue) if catalogue.exists() else {}
    return tuple(
        parse(load(path, max_bytes=10**8), source=path.name, known=known.get(path.name))
        for path in sorted(directory.glob("*.txt"))
    )


def score_corpus() -> Score:
    """Extract the corpus and score it."""
    from assistant.indicators import extract

    documents = read_corpus()
    found = {document.source: extract(document) for document in documents}
    return score(read_gold(), found, {document.source: document.text for document in documents})


def report(result: Score) -> str:
    """Write the figures, then every miss, mistake and disagreement, one a line."""
    lines = ["                rows  precision  recall  kind+year"]
    parts = (("all", result), ("numbers", result.of(False)), ("words", result.of(True)))
    for name, part in parts:
        rows = len(part.matches) + len(part.missed)
        lines.append(
            f"{name:12} {rows:8} {part.precision:9.1%} {part.recall:8.1%} {part.kind_and_year:9.1%}"
        )
    lines += [f"missed   {_gold(g)}" for g in result.missed]
    lines += [f"wrong    {_found(v)}" for v in result.wrong]
    lines += [f"repeated {_found(v)}" for v in result.repeated]
    lines += [
        f"differs  {_gold(m.gold)}\n     got {_found(m.found)}"
        for m in result.matches
        if not m.kind_and_year_right or not m.relation_right
    ]
    return "\n".join(lines)


def _gold(gold: GoldValue) -> str:
    years, kinds = sorted(map(str, gold.years)), sorted(gold.kinds)
    relations, units = sorted(gold.relations), sorted(gold.units)
    quote = gold.quotes[0].rsplit("\n", 1)[-1][:50]
    value = gold.words if gold.value is None else gold.value
    return f"{gold.document[:12]} {gold.indicator} {relations} {value}{units} {years} {kinds} 「{quote}」"


def _found(value: IndicatorValue) -> str:
    number = value.words if value.value is None else value.value
    return (
        f"{value.city} {value.indicator} {value.relation.value} {number}{value.unit} {value.year} "
        f"{value.kind.value} 「{value.quote[:50]}」"
    ).replace("\n", "")


if __name__ == "__main__":
    sys.stdout.write(report(score_corpus()) + "\n")
