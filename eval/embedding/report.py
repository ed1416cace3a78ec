"""Measure encoders on question sets and write what was found as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from eval.embedding.rivals import Encode, bm25_scores
from eval.embedding.sets import (
    HitRates,
    QuestionSet,
    Scores,
    by_range,
    fused,
    hit_rates,
    over_best,
)

WEIGHTS = (0.1, 0.2, 0.3, 0.35, 0.4, 0.44, 0.5, 0.6, 0.7)
RULES: Mapping[str, Callable[[Scores], Scores]] = {
    "over the best score": over_best,
    "range of the first 30": by_range,
}


@dataclass(frozen=True, slots=True)
class Measured:
    """One encoder on one set: alone, and fused by each rule with each weight."""

    encoder: str
    set_name: str
    terms: HitRates
    alone: HitRates
    fused: Mapping[tuple[str, float], HitRates]


@cache
def terms_scores(questions: QuestionSet) -> Scores:
    """Score a set by the terms leg's BM25."""
    return bm25_scores(questions.passages, questions.questions)


def measure(name: str, encode: Encode, questions: QuestionSet) -> Measured:
    """Measure one encoder, alone and fused with BM25."""
    meaning = encode(questions.questions) @ encode(questions.passages).T
    terms = terms_scores(questions)
    mixtures = {
        (rule, weight): hit_rates(fused(scale(terms), scale(meaning), weight), questions.gold)
        for rule, scale in RULES.items()
        for weight in WEIGHTS
    }
    return Measured(
        name,
        questions.name,
        hit_rates(terms, questions.gold),
        hit_rates(meaning, questions.gold),
        mixtures,
    )


def to_markdown(sets: Sequence[QuestionSet], measured: Sequence[Measured]) -> str:
    """Write the tables: each encoder alone and at its best weight, then every weight."""
    parts = ["# Embedders on question → passage sets", "", *_about()]
    for one in sets:
        parts += ["", f"## {one.name}", "", *_summary(one, measured)]
    encoders = list(dict.fromkeys(one.encoder for one in measured))
    parts += ["", "## Every weight: hit@1 / 5 / 10 of the fusion", ""]
    for encoder in encoders:
        parts += [
            f"### {encoder}",
            "",
            *_weights([m for m in measured if m.encoder == encoder]),
            "",
        ]
    return "\n".join([*parts, ""])


def safe_weight(measured: Sequence[Measured], rule: str) -> float:
    """Choose the weight with the best mean hit@5 among those that lower no set's hit@1, 5 or 10.

    0.0 where every weight lowers something.
    """

    def worse(one: Measured, weight: float) -> bool:
        before, after = one.terms, one.fused[rule, weight]
        return after.at_1 < before.at_1 or after.at_5 < before.at_5 or after.at_10 < before.at_10

    safe = [w for w in WEIGHTS if not any(worse(one, w) for one in measured)]

    def merit(weight: float) -> tuple[float, float]:
        rates = [one.fused[rule, weight] for one in measured]
        return sum(rate.at_5 for rate in rates), sum(rate.at_1 for rate in rates)

    return max(safe, key=merit, default=0.0)


def _about() -> list[str]:
    return [
        "hit@1 / 5 / 10 in percent. Terms: BM25 over Han characters and bigrams, k1 1.2, b 0.75.",
        "Fused: (1 - w) * terms + w * meaning. Each leg is normalised for each question, either by",
        "its best score, or to the range of its first 30 scores (as `assistant.retrieval.fusion`).",
        "The weight is the one with the best mean hit@5 over all sets among those that lower no",
        "figure of any set; it was chosen on these sets.",
    ]


def _summary(questions: QuestionSet, measured: Sequence[Measured]) -> list[str]:
    terms = hit_rates(terms_scores(questions), questions.gold)
    lines = [
        f"{len(questions.questions)} questions, {len(questions.passages)} passages.",
        "",
        "| | alone | " + " | ".join(f"fused, {rule}" for rule in RULES) + " |",
        "|---|---|" + "---|" * len(RULES),
        f"| BM25 | {terms} |" + " |" * len(RULES),
    ]
    for one in (m for m in measured if m.set_name == questions.name):
        same = [m for m in measured if m.encoder == one.encoder]
        cells = [_best(same, one, rule) for rule in RULES]
        lines.append(f"| {one.encoder} | {one.alone} | " + " | ".join(cells) + " |")
    return lines


def _best(same: Sequence[Measured], one: Measured, rule: str) -> str:
    weight = safe_weight(same, rule)
    return f"w {weight}: {one.fused[rule, weight]}" if weight else "every weight lowers a figure"


def _weights(same: Sequence[Measured]) -> list[str]:
    lines = ["| set | rule | " + " | ".join(f"{weight}" for weight in WEIGHTS) + " |"]
    lines.append("|---|---|" + "---|" * len(WEIGHTS))
    for one in same:
        for rule in RULES:
            cells = " | ".join(str(one.fused[rule, weight]) for weight in WEIGHTS)
            lines.append(f"| {one.set_name} | {rule} | {cells} |")
    return lines
