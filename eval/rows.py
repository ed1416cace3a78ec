"""One row a question: every score of ours, and the table of figures made of the rows.

A row carries no words of its question, so that rows of the test half can be shown.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from eval.statistics import Estimate, estimate


@dataclass(frozen=True, slots=True)
class Row:
    """The scores of one question, shares of 1; None where a measure does not apply.

    ``correct`` … ``qualifiers_kept`` apply to questions that have an answer, ``refused_right`` to
    those that must be refused (refused, and nothing forbidden said); ``hit_*``,
    ``reciprocal_rank`` and ``search_hit_5`` where evidence is due. ``numbers``,
    ``numbers_unsupported``, ``swaps``, ``swaps_rejected``, ``swaps_accepted`` are counts,
    ``milliseconds`` is the warm time of ``ask``.
    """

    id: str
    type: str
    expected: str
    status: str
    reason: str
    correct: float | None
    complete: float | None
    qualifiers_kept: float | None
    false_refusal: float | None
    refused_right: float | None
    refused: float | None
    reason_right: float | None
    forbidden: float
    hit_1: float | None
    hit_5: float | None
    hit_10: float | None
    reciprocal_rank: float | None
    search_hit_5: float | None
    citation_precision: float | None
    citation_recall: float | None
    numbers: int
    numbers_unsupported: int
    swaps: int
    swaps_rejected: int
    swaps_accepted: int
    sentences: int
    chars: int
    milliseconds: float


Scores = Callable[[Row], list[float]]


def _each(field: str) -> Scores:
    return lambda row: [] if getattr(row, field) is None else [getattr(row, field)]


def _shares(good: str, whole: str) -> Scores:
    """Return one score for each thing that a row counts: 1 for each good one, else 0."""
    return lambda row: (
        [1.0] * getattr(row, good) + [0.0] * (getattr(row, whole) - getattr(row, good))
    )


def _supported(row: Row) -> list[float]:
    return [1.0] * (row.numbers - row.numbers_unsupported) + [0.0] * row.numbers_unsupported


MEASURES: dict[str, tuple[str, Scores]] = {
    "hit_1": ("evidence hit@1", _each("hit_1")),
    "hit_5": ("evidence hit@5", _each("hit_5")),
    "hit_10": ("evidence hit@10", _each("hit_10")),
    "mrr": ("MRR", _each("reciprocal_rank")),
    "search_hit_5": ("hit@5 of `search` alone", _each("search_hit_5")),
    "correct": ("answer correctness", _each("correct")),
    "complete": ("values and items stated", _each("complete")),
    "qualifiers_kept": ("qualifiers kept", _each("qualifiers_kept")),
    "citation_precision": ("citation precision", _each("citation_precision")),
    "citation_recall": ("citation recall", _each("citation_recall")),
    "numbers_supported": ("number support", _supported),
    "refusal_recall": ("refusal recall", _each("refused_right")),
    "refused": ("refused, whatever is said", _each("refused")),
    "reason_right": ("reason of refusal right", _each("reason_right")),
    "false_refusal": ("false refusals", _each("false_refusal")),
    "swaps_rejected": ("swapped citations rejected", _shares("swaps_rejected", "swaps")),
    "swaps_accepted": ("true citations accepted", _shares("swaps_accepted", "swaps")),
}
"""Each figure: what the reader sees, and its scores on a row.

One score a question where the measure applies, but for numbers and swaps: one each.
"""


def scores(rows: Iterable[Row], measure: str) -> list[float]:
    """Return the scores of the rows that a measure applies to."""
    of = MEASURES[measure][1]
    return [score for row in rows for score in of(row)]


def figures(rows: Sequence[Row]) -> dict[str, Estimate]:
    """Return every figure with its interval, over questions."""
    return {measure: estimate(scores(rows, measure)) for measure in MEASURES}


def write_rows(rows: Iterable[Row], path: Path) -> None:
    """Write the rows as CSV, without any words of the questions."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(Row)], lineterminator="\n")
        writer.writeheader()
        for row in rows:
            scores_of_row = asdict(row)
            writer.writerow({key: _shown(value) for key, value in scores_of_row.items()})


def _shown(value: object) -> object:
    if isinstance(value, float):
        return round(value, 4)
    return "" if value is None else value
