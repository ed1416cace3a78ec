"""The lines of the report's table: what each says of a system's rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from eval.statistics import Estimate, estimate, percentile
from eval.tables import shown
from eval.written.rows import WrittenRow, mean_of

_NOTHING = "–"

Rows = Sequence[WrittenRow]
Line = tuple[str, str, Callable[[Rows], str]]
"""A line of the table: its label in English and in Chinese, and what it says of a system's rows."""


def _each(field: str) -> Callable[[Rows], str]:
    return lambda rows: shown(_estimate(rows, lambda row: getattr(row, field)))


def _estimate(rows: Rows, score: Callable[[WrittenRow], float | None]) -> Estimate:
    return estimate([value for row in rows if (value := score(row)) is not None])


def _count(wrong: str, whole: str) -> Callable[[Rows], str]:
    """Say how many of how many, with an interval over questions for their ratio."""

    def said(rows: Rows) -> str:
        bad, total = _sum(rows, wrong), _sum(rows, whole)
        return f"{bad} of {total}" if total else _NOTHING

    return said


def _sum(rows: Rows, field: str) -> int:
    return sum(getattr(row, field) for row in rows)


def _questions_with(*fields: str) -> Callable[[Rows], str]:
    """Say in how many questions something is wrong; where in none, how many it may be at most."""

    def said(rows: Rows) -> str:
        bad = sum(any(getattr(row, field) for field in fields) for row in rows)
        if not bad:
            return f"0 of {len(rows)} (≤ {300 / len(rows):.1f} %)"
        found = _estimate(rows, lambda row: float(any(getattr(row, field) for field in fields)))
        return f"{bad} of {len(rows)}: {shown(found)}"

    return said


def _before(line: Callable[[Rows], str]) -> Callable[[Rows], str]:
    """Leave out what only a system with a model has."""
    return lambda rows: line(rows) if _sum(rows, "draft_sentences") else _NOTHING


def _seconds(field: str, share: float) -> Callable[[Rows], str]:
    def said(rows: Rows) -> str:
        times = [value for row in rows if (value := getattr(row, field)) is not None]
        return f"{percentile(times, share) / 1000:.2f} s" if times else _NOTHING

    return said


def _mean(field: str) -> Callable[[Rows], str]:
    def said(rows: Rows) -> str:
        mean = mean_of(rows, field)
        return f"{mean:.0f}" if mean else _NOTHING

    return said


_WRONG = ("shown_numbers_wrong", "shown_cities_wrong")
LINES: tuple[Line, ...] = (
    ("wrong numbers that reached the reader", "到读者面前的错误数字", _count("shown_numbers_wrong", "shown_numbers")),
    ("– of these against the gold", "", _count("shown_against", "shown_numbers")),
    ("wrong cities that reached the reader", "到读者面前的错误城市", _count("shown_cities_wrong", "shown_sentences")),
    ("questions with a wrong number or city", "有错误数字或城市的问题", _questions_with(*_WRONG)),
    ("wrong numbers before checking", "核对之前的错误数字", _before(_count("draft_numbers_wrong", "draft_numbers"))),
    ("wrong cities before checking", "核对之前的错误城市", _before(_count("draft_cities_wrong", "draft_sentences"))),
    ("unsupported sentences before checking", "核对之前没有依据的句子", _before(_count("draft_unsupported", "draft_sentences"))),
    ("unsupported sentences that reached the reader", "到读者面前的没有依据的句子", _count("shown_unsupported", "shown_sentences")),
    ("sentences without a citation mark, before", "", _before(_count("draft_unmarked", "draft_sentences"))),
    ("answer correctness", "答案正确率", _each("correct")),
    ("values and items stated", "", _each("complete")),
    ("something forbidden said", "", _questions_with("forbidden")),
    ("citation precision", "引文准确率", _each("citation_precision")),
    ("citation recall", "引文召回率", _each("citation_recall")),
    ("false refusals", "不该拒答而拒答", _each("false_refusal")),
    ("refusal recall", "该拒答而拒答", _each("refused_right")),
    ("sentences shown that the model wrote", "", _before(_count("by_model", "shown_sentences"))),
    ("first sentence, p50", "第一句，中位", _seconds("first_ms", 0.5)),
    ("first sentence, p95", "", _seconds("first_ms", 0.95)),
    ("whole answer, p50", "全部，中位", _seconds("total_ms", 0.5)),
    ("whole answer, p95", "", _seconds("total_ms", 0.95)),
    ("tokens in, mean a question", "", _mean("tokens_in")),
    ("tokens out, mean a question", "", _mean("tokens_out")),
)  # fmt: skip
HEADLINE: tuple[Line, ...] = (
    ("questions", "", lambda rows: str(len(rows))),
    *(line for line in LINES if line[0].startswith(("wrong", "questions", "answer", "refusal"))),
)
