"""The report: extractive, with a model and checked, and the stock recipe with the same model, side by side."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.statistics import percentile
from eval.tables import table
from eval.written.definitions import DEFINITIONS
from eval.written.lines import HEADLINE, LINES, Line, Rows
from eval.written.rows import CHECKED, EXTRACTIVE, STOCK, SYSTEMS, WrittenRow, latest

NAMES = {
    EXTRACTIVE: "extractive",
    CHECKED: "with model, checked",
    STOCK: "LangChain recipe, same model",
}
_NAMES_ZH = {
    EXTRACTIVE: "不用模型",
    CHECKED: "用模型，逐句核对",
    STOCK: "LangChain 常用做法，同一模型",
}
_MARKED = re.compile(r"(<!-- model -->\n).*?(<!-- /model -->)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Run:
    """What a report is about: the split, its questions in all, the model, where and when it ran.

    ``note`` says what else a reader must know of the run.
    """

    split: str
    questions: int
    model: str
    machine: str
    when: str
    note: str = ""


def alone(rows: Iterable[WrittenRow], model: str) -> dict[str, Rows]:
    """Return each system's rows on all questions that it was asked."""
    written = tuple(rows)
    found = {system: list(latest(written, system, model).values()) for system in SYSTEMS}
    return {system: of for system, of in found.items() if of}


def compared(rows: Iterable[WrittenRow], model: str) -> dict[str, Rows]:
    """Return each system's rows on the questions that all systems with rows were asked."""
    asked = alone(rows, model)
    shared = (
        set.intersection(*({row.id for row in of} for of in asked.values())) if asked else set()
    )
    return {system: [row for row in of if row.id in shared] for system, of in asked.items()}


def write_report(rows: Iterable[WrittenRow], run: Run, directory: Path) -> Path:
    """Write ``model-{split}.md`` from the rows; return its path."""
    written = tuple(rows)
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / f"model-{run.split}.md"
    page = _page(compared(written, run.model), alone(written, run.model), run)
    path.write_text(page, encoding="utf-8")
    return path


def update_readme(path: Path, rows: Iterable[WrittenRow], run: Run) -> bool:
    """Put the short table between README's markers; say whether it has them."""
    text, systems = path.read_text("utf-8"), compared(rows, run.model)
    if not _MARKED.search(text):
        return False
    lines = [
        (chinese, *(say(of) for of in systems.values())) for _, chinese, say in LINES if chinese
    ]
    head = ("", *(_NAMES_ZH[system] for system in systems))
    body = f"{table(head, lines)}\n\n{_note_zh(systems, run)}\n"
    body = body.replace(" of ", " / ")
    path.write_text(_MARKED.sub(lambda m: m[1] + body + m[2], text), encoding="utf-8")
    return True


def _note_zh(systems: Mapping[str, Rows], run: Run) -> str:
    asked = len(next(iter(systems.values()), ()))
    return (
        f"`{run.split}` 的 {run.questions} 个问题中的 {asked} 个，模型 `{run.model}`，区间为 95 % 自助法；"
        f"测量时机器的平均负载为 {_load(systems):.1f}，用时只可互相比较；"
        f"{run.machine}，{run.when}。定义与全部数字见 [eval/results/model-{run.split}.md]"
        f"(eval/results/model-{run.split}.md)。"
    )


def _page(systems: Mapping[str, Rows], apart: Mapping[str, Rows], run: Run) -> str:
    asked = len(next(iter(systems.values()), ()))
    note = f"  \n{run.note}" if run.note else ""
    whole = "all of its" if asked == run.questions else f"{asked} of its {run.questions}"
    parts = (
        f"# Answers that a model writes: `{run.split}`, {asked} questions",
        f"Made {run.when} by `python -m eval --model … --split {run.split}` on {whole} questions"
        f"{'' if asked == run.questions else ', a sample stratified by type and drawn by seed'}.  \n"
        f"Model: `{run.model}`.  \nMachine: {run.machine}.  \n{_versions(systems)}.  \n{_loads(systems)}.{note}",
        "## Side by side",
        _side_by_side(systems, LINES),
        "## Each on all the questions that it was asked",
        _side_by_side(apart, HEADLINE),
        "## By question type",
        _by_type(systems),
        "## Definitions",
        DEFINITIONS,
    )
    return "\n\n".join(parts) + "\n"


def _side_by_side(systems: Mapping[str, Rows], lines: Sequence[Line]) -> str:
    return table(
        ("figure", *(NAMES[system] for system in systems)),
        ((label, *(say(of) for of in systems.values())) for label, _, say in lines),
    )


def _versions(systems: Mapping[str, Rows]) -> str:
    said = []
    for system, rows in systems.items():
        versions = Counter(row.version for row in rows)
        listed = ", ".join(f"`{version}` ({count})" for version, count in versions.items())
        said.append(f"{NAMES[system]}: {listed}")
    return "Version of what answers (questions): " + "; ".join(said)


def _loads(systems: Mapping[str, Rows]) -> str:
    """Say how busy the machine was: times are of that machine with other work on it."""
    said = (
        f"{NAMES[system]} {percentile([row.load for row in rows], 0.5):.1f}"
        for system, rows in systems.items()
    )
    return f"Load average of the machine while asking, median: {', '.join(said)}"


def _load(systems: Mapping[str, Rows]) -> float:
    return percentile([row.load for of in systems.values() for row in of], 0.5)


def _by_type(systems: Mapping[str, Rows]) -> str:
    types = list(dict.fromkeys(row.type for of in systems.values() for row in of))
    head = ("type", "n", *(f"right, {NAMES[system]}" for system in systems))
    rows = []
    for name in sorted(types):
        of_type = {
            system: [row for row in of if row.type == name] for system, of in systems.items()
        }
        count = len(next(iter(of_type.values())))
        rows.append((name, str(count), *(_right(of) for of in of_type.values())))
    return table(head, rows)


def _right(rows: Rows) -> str:
    got = [row.refused_right if row.correct is None else row.correct for row in rows]
    return f"{sum(score or 0 for score in got):.0f}"
