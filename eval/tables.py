"""Markdown tables of the report."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from eval.baselines import BASELINE_MEASURES
from eval.gates import Gate
from eval.rows import MEASURES, Row, scores
from eval.statistics import Estimate, estimate, percentile

_BY_TYPE = ("hit_5", "correct", "citation_precision", "citation_recall", "refusal_recall")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table; the first column is left-aligned, the others right-aligned."""
    lines = [f"| {' | '.join(head)} |", f"|---|{'---:|' * (len(head) - 1)}"]
    return "\n".join((*lines, *(f"| {' | '.join(row)} |" for row in rows)))


def shown(value: Estimate) -> str:
    """Write an estimate as 97.1 % (95.0–99.2), or a dash where nothing was measured."""
    if not value.count:
        return "–"
    return f"{value.mean * 100:.1f} % ({value.low * 100:.1f}–{value.high * 100:.1f})"


def gates_table(figures: Mapping[str, Estimate], gates: Sequence[Gate]) -> str:
    """Return the gated figures with their bounds and whether they hold."""
    return table(
        ("figure", "gate", "measured (95 % interval)", "n", "holds"),
        (
            (
                MEASURES[gate.figure][0],
                str(gate),
                shown(figures[gate.figure]),
                str(figures[gate.figure].count),
                "yes" if gate.holds(figures[gate.figure].mean) else "**NOT REACHED**",
            )
            for gate in gates
        ),
    )


def figures_table(figures: Mapping[str, Estimate]) -> str:
    """Return all figures."""
    return table(
        ("figure", "mean (95 % interval)", "n"),
        ((MEASURES[key][0], shown(value), str(value.count)) for key, value in figures.items()),
    )


def systems_table(
    systems: Mapping[str, Mapping[str, Estimate]], times: Mapping[str, Sequence[float]]
) -> str:
    """Return the systems side by side."""
    rows = [
        (MEASURES[measure][0], *(shown(figures[measure]) for figures in systems.values()))
        for measure in BASELINE_MEASURES
    ]
    refusals = [
        shown(figures["refusal_recall"]) if "refusal_recall" in figures else "0 % (never refuses)"
        for figures in systems.values()
    ]
    rows.append((MEASURES["refusal_recall"][0], *refusals))
    for share in (0.5, 0.95):
        speeds = (f"{percentile(times[name], share):.1f} ms" for name in systems)
        rows.append((f"warm, p{share * 100:.0f}", *speeds))
    return table(("figure", *systems), rows)


def types_table(rows: Sequence[Row]) -> str:
    """Return the main figures by question type."""
    return table(
        ("type", "n", *(MEASURES[measure][0] for measure in _BY_TYPE), "false refusals", "ms p50"),
        (_type_row(name, of_type) for name, of_type in by_type(rows).items()),
    )


def _type_row(name: str, rows: Sequence[Row]) -> tuple[str, ...]:
    means = (_mean(scores(rows, measure)) for measure in (*_BY_TYPE, "false_refusal"))
    speed = percentile([row.milliseconds for row in rows], 0.5)
    return (name, str(len(rows)), *means, f"{speed:.1f}")


def _mean(values: Sequence[float]) -> str:
    mean = estimate(values, resamples=1).mean
    return "–" if math.isnan(mean) else f"{mean * 100:.1f} %"


def by_type(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Group rows by question type, in the order in which the types come."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.type, []).append(row)
    return groups


def got_right(rows: Sequence[Row]) -> Estimate:
    """Estimate the share of questions got right: answered rightly, or refused as they must be."""
    return estimate([*scores(rows, "correct"), *scores(rows, "refusal_recall")])


def missed(rows: Iterable[Row]) -> str:
    """List the questions that were not got right, by id and kind of fault."""
    lines = [
        f"- {row.id} ({row.type}): {', '.join(faults)}"
        for row in rows
        if (faults := faults_of(row))
    ]
    return "\n".join(lines) or "None."


def faults_of(row: Row) -> list[str]:
    """Name what is wrong with a question's scores."""
    checks = {
        "evidence not in the first 5": row.hit_5 is not None and row.hit_5 < 1,
        "answer not right": row.correct == 0 and not row.false_refusal,
        "refused though the documents say it": row.false_refusal == 1,
        "not refused": row.refused == 0,
        "forbidden words": row.forbidden > 0,
        "another reason": row.reason_right == 0,
        "a citation beside the evidence": row.citation_precision is not None
        and row.citation_precision < 1,
        "a fact without its citation": row.citation_recall is not None and row.citation_recall < 1,
        "a number without support": row.numbers_unsupported > 0,
        "a swapped citation accepted": row.swaps_rejected < row.swaps,
    }
    return [fault for fault, found in checks.items() if found]
