"""What went wrong with a question, in words, for those who tune on the dev half."""

from __future__ import annotations

from eval.measure import Graded
from eval.questions import GoldQuestion
from eval.tables import faults_of


def describe(graded: Graded) -> str:
    """Return the question, its gold, the answer and what is wrong with it; empty if all is well."""
    faults = faults_of(graded.row)
    if not faults:
        return ""
    answer, gold = graded.answer, graded.gold
    lines = [
        f"{gold.id} [{gold.type}] {', '.join(faults)}",
        f"  Q {' / '.join((*gold.history, gold.question))}",
        f"  = {answer.question.standalone} {answer.question.intent.value} {answer.question.indicators}",
        f"  gold {gold.status.value} {gold.reason or ''} {_wanted(gold)}",
        f"  got  {answer.status.value} {answer.reason or ''}",
        *(f"   . {s.text} {list(s.citations)}" for s in answer.sentences),
        *(f"   [{c.number}] {c.quote[:80]!r}" for c in answer.citations[:6]),
    ]
    lines += [f"   number without support: {number}" for number in graded.unsupported]
    lines += [
        f"   accepted under {swap.wrong}: sentence {swap.sentence}"
        for swap in graded.swaps
        if not swap.rejected
    ]
    lines += [
        f"   true citation rejected: sentence {swap.sentence}: {swap.verdict_right}"
        for swap in graded.swaps
        if not swap.accepted
    ]
    return "\n".join(lines)


def _wanted(gold: GoldQuestion) -> str:
    values = (f"{v.city} {v.value}{v.unit} {v.year or ''} {v.qualifier}" for v in gold.values)
    forbidden = f"not {gold.forbidden}" if gold.forbidden else ""
    return "; ".join((*values, *gold.items, forbidden))
