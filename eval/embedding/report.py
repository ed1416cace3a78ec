"""Measure encoders on question sets and write what was found as Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.retrieval.fusion import CANDIDATES, Scored
from eval.embedding.rivals import Encoder, bm25_scores
from eval.embedding.sets import (
    HitRates,
    QuestionSet,
    Scores,
    best_first,
    fused,
    hit_rates,
    legs_of,
)

WEIGHTS = (0.2, 0.3, 0.4, 0.44, 0.5, 0.6)
GAIN_AT_5 = 3.0  # points that the fusion must gain over the terms leg on the set with headroom


@dataclass(frozen=True, slots=True)
class Measured:
    """One encoder on one set: alone, and fused with each weight; ``weight`` is the product's."""

    encoder: str
    set_name: str
    weight: float
    terms: HitRates
    alone: HitRates
    fused: Mapping[float, HitRates]


@cache
def terms_scores(questions: QuestionSet) -> Scores:
    """Score a set by the terms leg's BM25."""
    return bm25_scores(questions.passages, questions.questions)


@cache
def terms_legs(questions: QuestionSet) -> list[list[tuple[str, float]]]:
    """Return what the terms leg finds for each question."""
    return legs_of(terms_scores(questions))


def measure(encoder: Encoder, questions: QuestionSet) -> Measured:
    """Measure one encoder, alone and fused with BM25."""
    meaning = encoder.questions(questions.questions) @ encoder.passages(questions.passages).T
    found: Sequence[Scored] = legs_of(meaning)
    legs = terms_legs(questions)
    return Measured(
        encoder.name,
        questions.name,
        encoder.weight,
        hit_rates(best_first(terms_scores(questions)), questions.gold),
        hit_rates(best_first(meaning), questions.gold),
        {
            weight: hit_rates(fused(legs, found, weight), questions.gold)
            for weight in sorted({*WEIGHTS, encoder.weight})
        },
    )


def to_markdown(sets: Sequence[QuestionSet], measured: Sequence[Measured]) -> str:
    """Write the tables: each encoder alone and fused, what it adds, then every weight."""
    encoders = list(dict.fromkeys(one.encoder for one in measured))
    parts = ["# Embedders on question → passage sets", "", *_about()]
    for one in sets:
        parts += ["", f"## {one.name}", "", *_summary(one, measured)]
    parts += ["", "## What each embedder adds to the terms leg", "", *_gains(sets, measured)]
    parts += ["", "## Every weight: hit@1 / 5 / 10 of the fusion", ""]
    for encoder in encoders:
        same = [one for one in measured if one.encoder == encoder]
        parts += [f"### {encoder}", "", *_weights(same), ""]
    return "\n".join([*parts, ""])


def lowers_nothing(one: Measured, weight: float) -> bool:
    """Say whether the fusion finds as much as the terms leg alone at 1, 5 and 10."""
    before, after = one.terms, one.fused[weight]
    pairs = zip((before.at_1, before.at_5, before.at_10), (after.at_1, after.at_5, after.at_10))  # noqa: B905
    return all(now >= then for then, now in pairs)


def safe_weight(measured: Sequence[Measured]) -> float:
    """Choose the weight with the best mean hit@5 among those that lower no set's hit@1, 5 or 10.

    0.0 where every weight lowers something.
    """
    safe = [w for w in WEIGHTS if all(lowers_nothing(one, w) for one in measured)]

    def merit(weight: float) -> tuple[float, float]:
        rates = [one.fused[weight] for one in measured]
        return sum(rate.at_5 for rate in rates), sum(rate.at_1 for rate in rates)

    return max(safe, key=merit, default=0.0)


def _about() -> list[str]:
    return [
        "hit@1 / 5 / 10 in percent. Terms: BM25 over Han characters and bigrams, k1 1.2, b 0.75.",
        f"Fused: by `assistant.retrieval.fusion.fuse` over the first {CANDIDATES} passages of each",
        "leg, as the product does it; w is the weight of the meaning leg. The product's weight is",
        "the default for this kind of embedder. The best safe weight has the best mean hit@5 over",
        "all sets among those that lower no figure of any set. Both were chosen on these sets.",
    ]


def _summary(questions: QuestionSet, measured: Sequence[Measured]) -> list[str]:
    of_set = [one for one in measured if one.set_name == questions.name]
    lines = [
        f"{len(questions.questions)} questions, {len(questions.passages)} passages.",
        "",
        "| | alone | fused, the product's weight | fused, best safe weight |",
        "|---|---|---|---|",
    ]
    lines += [f"| BM25 | {of_set[0].terms} | | |"] if of_set else []
    for one in of_set:
        weight = safe_weight([m for m in measured if m.encoder == one.encoder])
        best = f"w {weight}: {one.fused[weight]}" if weight else "every weight lowers a figure"
        lines.append(
            f"| {one.encoder} | {one.alone} | w {one.weight}: {one.fused[one.weight]} | {best} |"
        )
    return lines


def _gains(sets: Sequence[QuestionSet], measured: Sequence[Measured]) -> list[str]:
    names = [one.name for one in sets]
    lines = [
        "Points of hit@1 / 5 / 10 that the fusion has more than the terms leg alone, with the",
        f"product's weight. The gate: ≥ {GAIN_AT_5:g} points of hit@5 on one set (the one with headroom,",
        "STARD), and no figure of any set lower.",
        "",
        "| | " + " | ".join(names) + " | gate |",
        "|---|" + "---|" * (len(names) + 1),
    ]
    for encoder in dict.fromkeys(one.encoder for one in measured):
        same = [one for one in measured if one.encoder == encoder]
        gains = [_gain(one) for one in same]
        holds = max(gain[1] for gain in gains) >= GAIN_AT_5
        holds = holds and all(lowers_nothing(one, one.weight) for one in same)
        cells = " | ".join(" / ".join(f"{points:+.2f}" for points in gain) for gain in gains)
        lines.append(f"| {encoder} | {cells} | {'holds' if holds else '–'} |")
    return lines


def _gain(one: Measured) -> tuple[float, float, float]:
    before, after = one.terms, one.fused[one.weight]
    return after.at_1 - before.at_1, after.at_5 - before.at_5, after.at_10 - before.at_10


def _weights(same: Sequence[Measured]) -> list[str]:
    lines = ["| set | " + " | ".join(f"{weight}" for weight in WEIGHTS) + " |"]
    lines.append("|---|" + "---|" * len(WEIGHTS))
    for one in same:
        cells = " | ".join(str(one.fused[weight]) for weight in WEIGHTS)
        lines.append(f"| {one.set_name} | {cells} |")
    return lines
