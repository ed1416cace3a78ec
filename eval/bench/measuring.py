"""The measurements, one function a size of library; each returns figures."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import LibraryMismatchError, LibraryMissingError
from assistant.library import Library
from assistant.settings import Settings, load_settings
from eval.bench import processes
from eval.bench.asking import WarmTimes, adding, warm_times
from eval.bench.clock import ROOT, assistant_command, run_seconds
from eval.bench.corpus import Quarry, quarry, recombine, write_corpus
from eval.bench.figures import Figure, ProfileRow
from eval.bench.profiling import profile
from eval.questions import load_questions
from eval.statistics import median, percentile

Stock = Mapping[str, float]
_SAMPLED_DOCUMENTS = 30


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured: passages of the large library, of the one built anew, and runs."""

    large: int
    built: int
    runs: int
    rounds: int


FULL = Plan(large=100_000, built=5_000, runs=5, rounds=3)
QUICK = Plan(large=2_000, built=500, runs=2, rounds=1)


def small_library(work: Path) -> tuple[Path, Settings]:
    """Build (or bring up to date) the library of the corpus."""
    settings = load_settings(library=work / "library-corpus")
    Library.build(settings.library, settings)
    return settings.library, settings


def stone_of(directory: Path, settings: Settings) -> Quarry:
    """Cut the corpus's documents into what larger ones are made of."""
    with Library.open(directory, settings) as library:
        return quarry(library.document(card.id) for card in library.documents())


def stock_figures(folders: list[Path], chroma: Path) -> Stock:
    """Build and ask the stock recipe in a process of its own."""
    command = [sys.executable, "-m", "eval.bench.stock_process", "measure"]
    command += [os.pathsep.join(map(str, folders)), str(chroma)]
    output = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout
    figures: Stock = json.loads(output.splitlines()[-1])
    return figures


def measure_small(directory: Path, settings: Settings, plan: Plan) -> list[Figure]:
    """Measure the library of the corpus: cold, page, warm, memory."""
    texts = settings.corpus / "documents"
    with tempfile.TemporaryDirectory(prefix="stock-", ignore_cleanup_errors=True) as folder:
        chroma = Path(folder) / "chroma"
        stock = stock_figures([texts], chroma)
        cold_stock = median(processes.cold_stock_seconds(texts, chroma, plan.runs))
    cold = median(processes.cold_ask_seconds(directory, plan.runs))
    ready, page_mb = processes.page_ready(directory, min(plan.runs, 3))
    with Library.open(directory, settings) as library:
        times = warm_times(library, load_questions("dev"), plan.rounds)
    asking_mb = processes.asking_resident_mb(directory)
    return [
        Figure("cold_ask", "命令行提问，从敲下到答完", cold, "s", 2.5, stock=cold_stock),
        Figure("page_ready", "网页可用", median(ready), "s", 8),
        *_warm(times, stock, "five", "5 份文件", (15, 40)),
        Figure(
            "memory_ask", "常驻内存：提问的进程", asking_mb, "MB", 500, stock=stock["resident_mb"]
        ),
        Figure("memory_page", "常驻内存：网页服务（含子进程）", page_mb, "MB", 500),
    ]


def _warm(
    times: WarmTimes, stock: Stock, key: str, where: str, targets: tuple[float | None, float | None]
) -> list[Figure]:
    return [
        Figure(
            f"{kind}_{key}_p{share * 100:.0f}",
            f"{name}，{where}，p{share * 100:.0f}",
            percentile(values, share),
            "ms",
            target,
            stock=stock[f"p{share * 100:.0f}_ms"],
        )
        for kind, name, values in (("ask", "提问", times.ask), ("search", "检索", times.search))
        for share, target in zip((0.5, 0.95), targets, strict=True)
    ]


def measure_indexing(
    work: Path, stone: Quarry, plan: Plan
) -> tuple[list[Figure], tuple[ProfileRow, ...]]:
    """Index generated documents anew, once timed and once under the profiler."""
    with tempfile.TemporaryDirectory(dir=work, prefix="anew-") as folder:
        new = Path(folder)
        count = documents_for(plan.built, stone, work)
        write_corpus(new / "texts", stone, count)
        settings = load_settings(library=new / "library")
        report = Library.build(settings.library, settings, [new / "texts"])
        whole = index_seconds(new / "texts", new / "whole")
        stock = stock_figures([new / "texts"], new / "chroma")
        profiled = load_settings(library=new / "profiled")
        rows = profile(lambda: Library.build(profiled.library, profiled, [new / "texts"]))
    speeds = (
        ("index_speed", "建立索引", report.seconds),
        ("index_speed_process", "命令行建立索引，含启动", whole),
    )
    figures = [
        Figure(
            key,
            f"{name}（{report.passages:,} 段，从文件到可查）",
            report.passages / took,
            "段/s",
            500,
            upper=False,
            stock=stock["chunks"] / stock["build_seconds"],
        )
        for key, name, took in speeds
    ]
    return figures, rows


def index_seconds(texts: Path, library: Path) -> float:
    """Time ``assistant index`` on a new library, from the shell to its end."""
    return run_seconds([*assistant_command(), "index", str(texts), "--library", str(library)])


def documents_for(passages: int, stone: Quarry, work: Path) -> int:
    """Return how many generated documents make about ``passages`` passages, by a sample."""
    from assistant.documents import load, parse, split

    settings = load_settings()
    with tempfile.TemporaryDirectory(dir=work) as folder:
        sample = write_corpus(Path(folder), stone, _SAMPLED_DOCUMENTS)
        cut = [
            len(
                split(
                    parse(load(path, max_bytes=10_000_000), source=path.name),
                    max_chars=settings.max_chars,
                )
            )
            for path in sample
        ]
    return -(-passages * len(cut) // max(1, sum(cut)))


def large_library(
    work: Path, stone: Quarry, plan: Plan
) -> tuple[Path, Settings, Path, Figure | None]:
    """Build the large library, or open the one built before; the corpus is part of it.

    One of another version is built anew: to put new documents in the place of old ones takes longer.
    Also returns the folder of its texts and, where it was built now, the speed.
    """
    folder = work / f"texts-{plan.large}"
    settings = load_settings(library=work / f"library-{plan.large}")
    write_corpus(folder, stone, documents_for(plan.large, stone, work))
    if _is_of_another_version(settings):
        shutil.rmtree(settings.library)
    report = Library.build(settings.library, settings, [settings.corpus / "documents", folder])
    if report.unchanged or not report.added + report.changed:
        return settings.library, settings, folder, None
    speed = Figure(
        "index_speed_large",
        f"建立索引（{report.passages:,} 段）",
        report.passages / report.seconds,
        "段/s",
        500,
        upper=False,
    )
    return settings.library, settings, folder, speed


def _is_of_another_version(settings: Settings) -> bool:
    try:
        Library.open(settings.library, settings).close()
    except LibraryMismatchError:
        return True
    except LibraryMissingError:
        return False
    return False


def measure_large(work: Path, stone: Quarry, plan: Plan) -> list[Figure]:
    """Measure the large library: warm, adding a document, memory."""
    import random

    directory, settings, folder, speed = large_library(work, stone, plan)
    with tempfile.TemporaryDirectory(dir=work, prefix="stock-") as chroma:
        stock = stock_figures([settings.corpus / "documents", folder], Path(chroma) / "chroma")
    questions = load_questions("dev")
    with tempfile.TemporaryDirectory(dir=work) as extra:
        path = Path(extra) / "one-more.txt"
        path.write_text(recombine(stone, random.Random(7), 7), "utf-8")
        with Library.open(directory, settings) as library:
            count = library.status().passages
            times = warm_times(library, questions, plan.rounds)
            added = adding(library, path, questions)
    cold = median(processes.cold_ask_seconds(directory, plan.runs))
    memory = processes.asking_resident_mb(directory)
    where = f"{count:,} 段"
    return [
        *_warm(times, stock, "large", where, (60, None)),
        *([speed] if speed else []),
        Figure(
            "add_document",
            f"加入一份文件，{where}",
            added.seconds,
            "s",
            2,
            stock=stock["add_seconds"],
        ),
        Figure("stall", f"其间回答最多多等，{where}", added.longest_stall_ms, "ms", 200),
        Figure("cold_ask_large", f"命令行提问，{where}", cold, "s"),
        Figure(
            "memory_large",
            f"常驻内存：提问的进程，{where}",
            memory,
            "MB",
            stock=stock["resident_mb"],
        ),
    ]
