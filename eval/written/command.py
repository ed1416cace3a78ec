"""``python -m eval --model URL``: ask three systems the questions, keep each row, write the report."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import httpx

from assistant.answering import Assistant
from assistant.errors import AssistantError
from assistant.library import Library
from assistant.library.embedders import make_embedder
from assistant.settings import Settings, load_settings
from eval.measure import texts_of
from eval.questions import GoldQuestion, load_questions
from eval.report import RESULTS, now
from eval.stock import LangChainRecipe
from eval.written.asking import Asked, ask_ours, ask_stock
from eval.written.grading import Grader
from eval.written.keeping import Keeper
from eval.written.recipe import Recipe
from eval.written.relay import Relay, relaying
from eval.written.report import Run, update_readme, write_report
from eval.written.rows import (
    EXTRACTIVE,
    ROOT,
    STOCK,
    SYSTEMS,
    append_row,
    done,
    read_rows,
    version_of,
)
from eval.written.sample import stratified
from eval.written.telling import tell

PATIENCE_S = 300.0
"""How long a model may take, in seconds: a small one on two cores is measured, not cut off."""


class ModelServiceError(AssistantError):
    """The service does not say which model it serves."""


@dataclass
class Contest:
    """The three systems over one library, with the model of one service."""

    library: Library
    settings: Settings
    relay: Relay
    folder: Path

    @cached_property
    def grader(self) -> Grader:
        """What grades the answers."""
        return Grader(self.library)

    @cached_property
    def assistant(self) -> Assistant:
        """Ours, with the model and without."""
        return Assistant(self.library)

    @cached_property
    def recipe(self) -> Recipe:
        """The stock recipe, built at first use."""
        stock = LangChainRecipe(
            texts_of(self.library), make_embedder(self.settings), self.folder / "chroma"
        )
        return Recipe(stock, self.settings)

    def ask(self, system: str, gold: GoldQuestion) -> Asked:
        """Put a question to a system."""
        if system == STOCK:
            return ask_stock(gold, self.recipe, self.relay, self.grader.ids)
        return ask_ours(gold, self.assistant, self.relay, extractive=system == EXTRACTIVE)


def run(options: argparse.Namespace, library: Path, results: Path = RESULTS) -> int:
    """Measure ``options.system`` on ``options.split`` in ``library`` and write the report; returns 0.

    Questions that have a row of the same model and version of what answers are passed over; with
    ``options.again`` they are judged again, from what was kept.
    """
    questions = load_questions(options.split)
    name = options.model_name or model_served(options.model)
    path = results / f"model-{options.split}-rows.csv"
    with relaying(options.model) as relay, tempfile.TemporaryDirectory(prefix="stock-") as folder:
        settings = load_settings(
            library=library, model=relay.url, model_name=name, model_timeout=PATIENCE_S
        )
        with Library.open(settings.library, settings) as opened:
            contest = Contest(opened, settings, relay, Path(folder))
            part, parts = options.part
            chosen = stratified(questions)[: options.limit][part - 1 :: parts]
            for system in options.system or SYSTEMS:
                _measure(contest, system, chosen, path, options)
    about = Run(options.split, len(questions), name, machine(), now(), options.note)
    print(f"report: {write_report(read_rows(path), about, results)}", file=sys.stderr)
    if options.readme:
        update_readme(ROOT / "README.md", read_rows(path), about)
    return 0


def _measure(
    contest: Contest,
    system: str,
    chosen: Iterable[GoldQuestion],
    path: Path,
    options: argparse.Namespace,
) -> None:
    model, version = contest.settings.model_name, version_of(system)
    keeper = Keeper(path.parent / "work" / "answers", system, model, version)
    asked_before = set() if options.again else done(read_rows(path), system, model, version)
    for gold in chosen:
        if gold.id in asked_before:
            continue
        # Also warms what is loaded at the first question, so that no system pays for it alone.
        understood = contest.assistant.ask(gold.question, gold.history, extractive=True).question
        asked = keeper.get(gold.id)
        if asked is None:
            asked = contest.ask(system, gold)
            keeper.put(gold.id, asked)
        case = contest.grader.case(gold, understood)
        row = contest.grader.row(gold, asked, case, system, model, version)
        append_row(row, path)
        print(f"{system} {gold.id} {row.total_ms / 1000:.1f} s", file=sys.stderr)
        if options.failures:
            print(tell(gold, asked, case, contest.grader, row))


def model_served(service: str) -> str:
    """Ask a service for the name of its first model. Raises ModelServiceError."""
    try:
        listed = httpx.get(f"{service.rstrip('/')}/models", timeout=10).raise_for_status().json()
        return Path(str(listed["data"][0]["id"])).name
    except (httpx.HTTPError, KeyError, IndexError, ValueError) as error:
        raise ModelServiceError(
            f"{service} 没有说明它的模型。请用 --model-name 写明模型的名称。"
        ) from error


def machine() -> str:
    """Name the machine: cores and architecture."""
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
