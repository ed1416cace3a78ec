"""One row a question and system, written as it comes, so that a run can be stopped and resumed.

Like the rows of the other report they carry no words of questions or answers.
"""

from __future__ import annotations

import csv
import hashlib
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, get_type_hints

ROOT = Path(__file__).parents[2]
EXTRACTIVE, CHECKED, STOCK = "extractive", "checked", "stock"
SYSTEMS = (EXTRACTIVE, CHECKED, STOCK)
_OURS = ("assistant", "prompts", "corpus")
_MADE_OF = {
    EXTRACTIVE: _OURS,
    CHECKED: _OURS,
    STOCK: ("eval/stock.py", "eval/written/recipe.py", "assistant/embedding", "corpus"),
}


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """How one system did on one question.

    ``correct`` … ``reason_right`` and the citations' shares are as in ``eval.rows.Row``. ``draft_*``
    count the model's first draft, ``shown_*`` what the reader got: sentences, unsupported ones,
    numbers, wrong numbers (``…_against`` of them contradict the gold), wrong cities; ``draft_unmarked``
    sentences name no passage. ``by_model`` counts the sentences shown that the model wrote. ``first_ms``
    is until the first sentence stands before the reader (None: none came), ``total_ms`` until the end;
    ``load`` is the machine's load average of the minute before the end.
    """

    system: str
    id: str
    type: str
    model: str
    version: str
    status: str
    correct: float | None
    complete: float | None
    false_refusal: float | None
    refused_right: float | None
    forbidden: float
    citation_precision: float | None
    citation_recall: float | None
    draft_sentences: int
    draft_unmarked: int
    draft_unsupported: int
    draft_numbers: int
    draft_numbers_wrong: int
    draft_against: int
    draft_cities_wrong: int
    shown_sentences: int
    shown_unsupported: int
    shown_numbers: int
    shown_numbers_wrong: int
    shown_against: int
    shown_cities_wrong: int
    by_model: int
    calls: int
    tokens_in: int | None
    tokens_out: int | None
    first_ms: float | None
    total_ms: float
    load: float


def version_of(system: str) -> str:
    """Return a short hash of the files that answer, with ``+`` where some are changed since the commit.

    Unlike a commit it stays the same when other files change or history is rewritten.
    """
    paths = _MADE_OF[system]
    listed = _git("ls-tree", "-r", "HEAD", "--", *paths).splitlines()
    held = [line for line in listed if "\tassistant/app/" not in line]
    made = hashlib.sha256("\n".join(held).encode()).hexdigest()[:12] if held else ""
    return made + ("+" if _git("status", "--porcelain", "--", *paths) else "")


def _git(*command: str) -> str:
    try:
        ran = subprocess.run(
            ("git", *command), cwd=ROOT, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return ran.stdout.strip()


def append_row(row: WrittenRow, path: Path) -> None:
    """Add a row to the file at once; the first one brings the head."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = not path.exists() or not path.stat().st_size
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [f.name for f in fields(WrittenRow)], lineterminator="\n")
        if fresh:
            writer.writeheader()
        writer.writerow({name: _written(value) for name, value in asdict(row).items()})


def read_rows(path: Path) -> tuple[WrittenRow, ...]:
    """Read the rows; a last line that was cut off while it was written is passed over."""
    if not path.exists():
        return ()
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    whole = [line for line in lines if None not in line.values() and None not in line]
    return tuple(
        WrittenRow(**{name: _read(name, text) for name, text in line.items()}) for line in whole
    )


def latest(rows: Iterable[WrittenRow], system: str, model: str) -> dict[str, WrittenRow]:
    """Return a system's rows by question id, of several the one written last."""
    return {row.id: row for row in rows if row.system == system and row.model == model}


def done(rows: Iterable[WrittenRow], system: str, model: str, version: str) -> set[str]:
    """Return the ids of the questions that need not be asked again.

    What was asked of changed files (``+``) is: nobody knows which changes those were.
    """
    if not version or version.endswith("+"):
        return set()
    return {row.id for row in latest(rows, system, model).values() if row.version == version}


def mean_of(rows: Sequence[WrittenRow], field: str) -> float | None:
    """Return the mean of a field where it applies; None where it never does."""
    values = [value for row in rows if (value := getattr(row, field)) is not None]
    return sum(values) / len(values) if values else None


_TYPES = get_type_hints(WrittenRow)


def _written(value: object) -> object:
    if isinstance(value, float):
        return round(value, 4)
    return "" if value is None else value


def _read(name: str, text: str) -> Any:
    wanted = _TYPES[name]
    if wanted is str:
        return text
    if not text:
        return None
    return int(text) if wanted in (int, int | None) else float(text)
