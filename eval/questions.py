"""The questions: one JSON object a line, read into frozen values and checked.

Half of them (``test``) is kept from everybody who develops: what goes wrong is named by the
question's id and the field, never by its words.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Literal

from assistant.types import Reason, Status

Split = Literal["dev", "test"]
QUESTIONS = Path(__file__).parent / "questions"
TYPES = (
    "value",
    "list",
    "who",
    "when",
    "how",
    "compare",
    "follow_up",
    "robust",
    "damaged",
    "refuse",
)
_FIELDS = {
    "id",
    "type",
    "question",
    "history",
    "status",
    "reason",
    "values",
    "items",
    "forbidden",
    "evidence",
    "note",
}


class QuestionFileError(ValueError):
    """A question file is not as its format says; the message lists every fault by question id."""


@dataclass(frozen=True, slots=True)
class GoldValue:
    """A value that a right answer must state; ``unit``, ``qualifier`` empty and ``year`` None: any."""

    city: str
    value: Decimal
    unit: str
    year: int | None
    qualifier: str


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """Words that stand verbatim in the file named ``document``."""

    document: str
    quote: str


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question with its right answer.

    ``evidence`` is a tuple of facts; each fact is a tuple of places, any one of which states it.
    """

    id: str
    type: str
    question: str
    history: tuple[str, ...]
    status: Status
    reason: Reason | None
    values: tuple[GoldValue, ...]
    items: tuple[str, ...]
    forbidden: tuple[str, ...]
    evidence: tuple[tuple[GoldQuote, ...], ...]

    @property
    def answerable(self) -> bool:
        """Say whether the right answer is an answer."""
        return self.status is Status.ANSWERED

    @property
    def evidence_due(self) -> bool:
        """Say whether a right reply must rest on the gold evidence.

        So for every answer, and for the refusal that shows the damaged place. What else a refusal
        may show is up to it.
        """
        return bool(self.evidence) and (self.answerable or self.reason is Reason.SOURCE_DAMAGED)


def load_questions(split: Split, directory: Path = QUESTIONS) -> tuple[GoldQuestion, ...]:
    """Read and check one half of the questions; raises QuestionFileError with all faults."""
    path = directory / f"{split}.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    faults = [fault for row in rows for fault in _faults(row)]
    faults += [f"{id_}: id used {count} times" for id_, count in _counts(rows).items() if count > 1]
    if faults:
        raise QuestionFileError(f"{path.name}: " + "; ".join(faults))
    return tuple(_question(row) for row in rows)


def _counts(rows: Iterable[Mapping[str, Any]]) -> Counter[str]:
    return Counter(str(row.get("id")) for row in rows)


def _faults(row: Mapping[str, Any]) -> list[str]:
    """Name what is wrong with a row, without its words."""
    name = str(row.get("id", "(no id)"))
    if missing := sorted(_FIELDS ^ set(row)):
        return [f"{name}: fields missing or unknown: {', '.join(missing)}"]
    refused = row["status"] == Status.REFUSED
    checks = {
        "type": row["type"] in TYPES,
        "question": bool(str(row["question"]).strip()),
        "history": all(isinstance(turn, str) for turn in row["history"]),
        "status": row["status"] in set(Status),
        "reason": (row["reason"] in set(Reason)) if refused else row["reason"] is None,
        "values": all(_is_value(value) for value in row["values"])
        and not (refused and row["values"]),
        "items": not (refused and row["items"]),
        "evidence": all(group and all(map(_is_quote, group)) for group in row["evidence"])
        and (refused or bool(row["evidence"])),
        "nothing to check": refused or bool(row["values"] or row["items"]),
    }
    return [f"{name}: {field}" for field, right in checks.items() if not right]


def _is_value(value: Mapping[str, Any]) -> bool:
    try:
        return Decimal(value["value"]).is_finite() and isinstance(value["year"], int | None)
    except (InvalidOperation, KeyError, TypeError):
        return False


def _is_quote(place: Mapping[str, Any]) -> bool:
    return bool(place.get("document")) and bool(str(place.get("quote", "")).strip())


def _question(row: Mapping[str, Any]) -> GoldQuestion:
    return GoldQuestion(
        id=row["id"],
        type=row["type"],
        question=row["question"],
        history=tuple(row["history"]),
        status=Status(row["status"]),
        reason=Reason(row["reason"]) if row["reason"] else None,
        values=tuple(_value(value) for value in row["values"]),
        items=tuple(row["items"]),
        forbidden=tuple(row["forbidden"]),
        evidence=tuple(
            tuple(GoldQuote(place["document"], place["quote"]) for place in group)
            for group in row["evidence"]
        ),
    )


def _value(row: Mapping[str, Any]) -> GoldValue:
    return GoldValue(
        row.get("city", ""),
        Decimal(row["value"]),
        row.get("unit", ""),
        row["year"],
        row.get("qualifier", ""),
    )
