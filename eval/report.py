"""The report: a Markdown page with tables and plots, and what made it."""

from __future__ import annotations

import platform
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assistant.library import Library
from eval.baselines import BaselineRow, baseline_figures
from eval.gates import Gate
from eval.plots import OURS, plot_gates, plot_latency, plot_systems, plot_types
from eval.rows import Row, figures, write_rows
from eval.statistics import Estimate
from eval.tables import (
    by_type,
    figures_table,
    gates_table,
    got_right,
    missed,
    systems_table,
    types_table,
)

RESULTS = Path(__file__).parent / "results"
_DEFINITIONS = """\
- **Evidence hit@k**: the share of a question's facts that a passage in the first k of the answer's hits
  touches, averaged over questions; a fact may stand in several places. MRR: of the first passage that touches
  any fact. Questions to be refused count only where the damaged place must be shown. `search` alone: the
  same for `assistant search` with the standalone question.
- **Answer correctness**: over questions that have an answer: answered; every value stated in a sentence, equal as
  a decimal (97500万元 is 9.75亿元), with its unit, year and city in that sentence or under its citations (a bare number
  where a gold place has it bare); every item contained; nothing forbidden said.
- **Citation precision**: the share of an answer's citations that touch a gold place; **recall**: the share of facts that a
  citation touches (0 where the question was refused).
- **Number support**: the share of numbers in all sentences, refusals included, that stand under their sentence's citations
  (quote, passage with column heads and heading path, the document's title, number and dates).
- **Refusal recall**: refused and nothing forbidden said. **False refusals**: refused though there is an answer.
- **Swap test**: each citation of each answered sentence replaced by the best-ranked passage that touches no gold place,
  no citation and does not hold the same words; the checker must reject it. Accepted: the same with the true citation.
- Intervals: 95 %, percentile bootstrap over questions (over numbers and citations for the last two), 2,000 resamples, seeded.
- Stock systems: the answer is the top chunk; right if it holds all values and items (year and city are let pass). History is
  given as one query."""


@dataclass(frozen=True, slots=True)
class Made:
    """What made a report."""

    library: str
    embedder: str
    commit: str
    when: str
    machine: str


def made_by(library: Library) -> Made:
    """Name the library, its embedder, the commit and the machine."""
    status = library.status()
    fingerprint = ", ".join(f"{key} {value}" for key, value in status.fingerprint)
    return Made(
        library=f"{status.documents} documents, {status.passages} passages, {status.values} values; {fingerprint}",
        embedder=f"{status.embedder} ({status.dimensions} dimensions)",
        commit=commit(),
        when=now(),
        machine=f"{platform.machine()}, Python {platform.python_version()}",
    )


def now() -> str:
    """Return the time to the minute, UTC."""
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")


def commit() -> str:
    """Return the commit, with ``+`` when files that matter were changed since."""
    root = Path(__file__).parent.parent
    commands = (
        ("rev-parse", "--short=12", "HEAD"),
        ("status", "--porcelain", "--", "assistant", "corpus", "eval/*.py", "eval/questions"),
    )
    try:
        commit, changes = (
            subprocess.run(
                ("git", *command), cwd=root, capture_output=True, text=True, check=True
            ).stdout.strip()
            for command in commands
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown (no git)"
    return commit + ("+" if changes else "")


def write_report(
    split: str,
    rows: Sequence[Row],
    baselines: Mapping[str, Sequence[BaselineRow]],
    gates: Sequence[Gate],
    made: Made,
    directory: Path = RESULTS,
) -> Path:
    """Write ``{split}.md``, its plots and ``{split}-rows.csv``; return the page's path."""
    directory.mkdir(parents=True, exist_ok=True)
    write_rows(rows, directory / f"{split}-rows.csv")
    ours = figures(rows)
    systems = {OURS: ours} | {name: baseline_figures(of) for name, of in baselines.items()}
    times = {OURS: [row.milliseconds for row in rows]}
    times |= {name: [row.milliseconds for row in of] for name, of in baselines.items()}
    _plot(split, rows, systems, times, gates, directory)
    path = directory / f"{split}.md"
    path.write_text(_page(split, rows, systems, times, gates, made), encoding="utf-8")
    return path


def _plot(
    split: str,
    rows: Sequence[Row],
    systems: Mapping[str, Mapping[str, Estimate]],
    times: Mapping[str, Sequence[float]],
    gates: Sequence[Gate],
    directory: Path,
) -> None:
    plot_gates(systems[OURS], gates, directory / f"{split}-gates.png")
    compared = ("hit_1", "hit_5", "hit_10", "mrr", "correct")
    plot_systems(systems, compared, directory / f"{split}-systems.png")
    types = {name: (got_right(of), f"n={len(of)}") for name, of in by_type(rows).items()}
    plot_types(types, directory / f"{split}-types.png")
    plot_latency(times, directory / f"{split}-latency.png")


def _page(
    split: str,
    rows: Sequence[Row],
    systems: Mapping[str, Mapping[str, Estimate]],
    times: Mapping[str, Sequence[float]],
    gates: Sequence[Gate],
    made: Made,
) -> str:
    ours = systems[OURS]
    swapped = sum(row.swaps for row in rows)
    parts = (
        f"# Evaluation: `{split}` ({len(rows)} questions)",
        f"Made {made.when} by `python -m eval --split {split}` at commit `{made.commit}`.  \n"
        f"Library: {made.library}.  \nEmbedder: {made.embedder}.  \nMachine: {made.machine}.",
        "## Gates" + ("" if split == "test" else " (they count on `test`; shown for orientation)"),
        gates_table(ours, gates),
        f"![gates]({split}-gates.png)",
        "## Beside the stock systems",
        systems_table(systems, times),
        f"![systems]({split}-systems.png)",
        "## By question type",
        types_table(rows),
        f"![types]({split}-types.png)",
        "## All figures",
        figures_table(ours),
        f"Numbers checked: {sum(row.numbers for row in rows)}; citations swapped: {swapped}; an answer has "
        f"{_mean_of(rows, 'sentences'):.1f} sentences and {_mean_of(rows, 'chars'):.0f} characters on average.",
        f"![latency]({split}-latency.png)",
        "## Not got right",
        missed(rows),
        "## Definitions",
        _DEFINITIONS,
    )
    return "\n\n".join(parts) + "\n"


def _mean_of(rows: Sequence[Row], field: str) -> float:
    answered = [getattr(row, field) for row in rows if row.status == "answered"]
    return sum(answered) / len(answered) if answered else 0.0
