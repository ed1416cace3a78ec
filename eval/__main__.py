"""``python -m eval``: ask every question, grade, report, and hold the gates."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant.answering import Assistant
from assistant.answering.verification import verify
from assistant.errors import AssistantError
from assistant.library import Library
from assistant.library.embedders import make_embedder
from assistant.settings import Settings, load_settings
from eval.baselines import BaselineRow, measure_baseline
from eval.failures import describe
from eval.gates import Gate, failed, load_gates
from eval.measure import Graded, measure, texts_of
from eval.questions import GoldQuestion, load_questions
from eval.report import RESULTS, made_by, write_report
from eval.rows import MEASURES, Row, figures
from eval.stock import Bm25, LangChainRecipe
from eval.tables import shown

_WORK = RESULTS / "work"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the evaluation; returns 0, 1 where a gate does not hold, 2 on an error of the user."""
    options = _parser().parse_args(arguments)
    if options.failures and options.split == "test":
        print("the test half is not shown to anybody who develops", file=sys.stderr)
        return 2
    settings = load_settings(library=options.library or _WORK / "library")
    try:
        if options.library is None:
            Library.build(settings.library, settings)
        if options.model:
            from eval.written.command import run

            return run(options, settings.library, RESULTS if options.library is None else _WORK)
        with Library.open(settings.library, settings) as library:
            return _evaluate(options, library, settings)
    except AssistantError as error:
        print(error, file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m eval", description=__doc__)
    parser.add_argument("--split", choices=("dev", "test"), default="dev")
    parser.add_argument("--gates", action="store_true", help="exit 1 where a gate is lost")
    parser.add_argument("--quick", action="store_true", help="no stock systems, no report")
    parser.add_argument("--failures", action="store_true", help="show what went wrong (dev only)")
    parser.add_argument(
        "--library", type=Path, help="measure this library instead of a fresh one of the corpus"
    )
    model = parser.add_argument_group("answers that a language model writes (a run of its own)")
    model.add_argument("--model", metavar="URL", help="an OpenAI-compatible service: …/v1")
    model.add_argument("--model-name", help="its model; the first that it lists, if not given")
    model.add_argument(
        "--limit", type=int, help="ask only so many, a sample by type; 0 writes the report only"
    )
    model.add_argument(
        "--part", type=_part, default=(1, 1), metavar="I/N", help="of N runs side by side, this one"
    )
    model.add_argument(
        "--system", action="append", choices=("extractive", "checked", "stock"), help="only this"
    )
    model.add_argument(
        "--again", action="store_true", help="judge kept answers again, by rules that have changed"
    )
    model.add_argument("--note", default="", help="what the report's reader must know of the run")
    model.add_argument("--readme", action="store_true", help="put the table into README.md")
    return parser


def _part(written: str) -> tuple[int, int]:
    part, parts = map(int, written.split("/"))
    if not 1 <= part <= parts:
        raise argparse.ArgumentTypeError("I/N: I from 1 to N")
    return part, parts


def _evaluate(options: argparse.Namespace, library: Library, settings: Settings) -> int:
    questions, gates = load_questions(options.split), load_gates()
    graded = measure(questions, Assistant(library), library, verify)
    rows = [one.row for one in graded]
    if not options.quick:
        baselines = _baselines(questions, texts_of(library), settings)
        directory = RESULTS if options.library is None else _WORK
        page = write_report(options.split, rows, baselines, gates, made_by(library), directory)
        print(f"report: {page}", file=sys.stderr)
    _print_figures(rows)
    if options.failures:
        _print_failures(graded)
    return _hold(gates, rows) if options.gates else 0


def _baselines(
    questions: Sequence[GoldQuestion], texts: Mapping[str, str], settings: Settings
) -> dict[str, tuple[BaselineRow, ...]]:
    with tempfile.TemporaryDirectory(prefix="stock-", ignore_cleanup_errors=True) as folder:
        recipe = LangChainRecipe(texts, make_embedder(settings), Path(folder) / "chroma")
        return {
            stock.name: measure_baseline(questions, stock, texts) for stock in (Bm25(texts), recipe)
        }


def _print_figures(rows: Sequence[Row]) -> None:
    for measured, value in figures(rows).items():
        print(f"{MEASURES[measured][0]:<32} {shown(value):<28} n={value.count}")


def _print_failures(graded: Sequence[Graded]) -> None:
    for one in graded:
        if told := describe(one):
            print("\n" + told)


def _hold(gates: Sequence[Gate], rows: Sequence[Row]) -> int:
    means = {measured: value.mean for measured, value in figures(rows).items()}
    broken = failed(tuple(gates), means)
    for gate in broken:
        lost = gate.is_lost(means[gate.figure])
        print(
            f"GATE {'LOST' if lost else 'not reached yet'}: {MEASURES[gate.figure][0]} "
            f"{means[gate.figure] * 100:.1f} % ({gate})",
            file=sys.stderr,
        )
    return 1 if any(gate.is_lost(means[gate.figure]) for gate in broken) else 0


if __name__ == "__main__":
    sys.exit(main())
