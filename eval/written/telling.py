"""What a system wrote on one question, for those who tune on the dev half."""

from __future__ import annotations

from collections.abc import Iterator

from eval.questions import GoldQuestion
from eval.written.asking import Asked
from eval.written.drafts import drafted, is_by_model
from eval.written.grading import Grader, Judged, judge
from eval.written.judging import Case
from eval.written.rows import STOCK, WrittenRow


def tell(gold: GoldQuestion, asked: Asked, case: Case, grader: Grader, row: WrittenRow) -> str:
    """Return the question, its gold, what the model wrote, what the reader got, and what is wrong."""
    answer = asked.answer
    by_model = [s.text for s in answer.sentences if is_by_model(s.text, asked.exchanges)]
    values = "; ".join(f"{v.city} {v.value}{v.unit} {v.year or ''}" for v in gold.values)
    right = row.refused_right if row.correct is None else row.correct
    lines = [
        f"\n{row.system} {gold.id} [{gold.type}] right={right} {row.status} {row.total_ms / 1000:.1f} s"
        f" calls={row.calls} tokens={row.tokens_in}+{row.tokens_out}",
        f"  Q {' / '.join((*gold.history, gold.question))}",
        f"  gold {gold.status.value} {gold.reason or ''} {values} {gold.items} not {gold.forbidden}",
    ]
    if row.system != STOCK:
        lines += [
            f"  draft {line}"
            for one, _ in drafted(asked.exchanges)
            for line in _told(judge(one, case))
        ]
    shown = grader.judged_answer(answer, case, by_model)
    for sentence, judged in zip(answer.sentences, shown, strict=True):
        mark = "model" if sentence.text in by_model else "ours "
        lines += [f"  {mark} {line} {list(sentence.citations)[:6]}" for line in _told(judged)]
    return "\n".join(lines)


def _told(judged: Judged) -> Iterator[str]:
    faults = [*(f"no ground: {n}" for n in judged.without_ground)]
    faults += [f"against gold: {n}" for n in judged.against_gold]
    faults += [f"city: {city}" for city in judged.cities]
    if judged.unsupported and not faults:
        faults.append("words not there")
    yield f"{judged.said.text}{' <<< ' + '; '.join(faults) if faults else ''}"
