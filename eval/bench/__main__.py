"""``python -m eval.bench``: measure speed and memory, beside the stock recipe, and write it down."""

from __future__ import annotations

import argparse
import platform
import sys
from collections.abc import Sequence

import psutil  # type: ignore[import-untyped]

from eval.bench.clock import ROOT
from eval.bench.measuring import (
    FULL,
    QUICK,
    measure_indexing,
    measure_large,
    measure_small,
    small_library,
    stone_of,
)
from eval.bench.writing import figures_table, profile_table, update_readme, write_json, write_page
from eval.report import RESULTS, commit, now

WORK = RESULTS / "work" / "bench"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; returns 0, or 1 where a target is missed (not for ``--quick``)."""
    parser = argparse.ArgumentParser("python -m eval.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a small run; writes nothing to keep")
    options = parser.parse_args(arguments)
    plan = QUICK if options.quick else FULL
    made = _made()
    if psutil.getloadavg()[0] > 1:
        _say(f"the machine is busy (load {psutil.getloadavg()[0]:.1f}): figures will be too slow")
    WORK.mkdir(parents=True, exist_ok=True)
    directory, settings = small_library(WORK)
    stone = stone_of(directory, settings)
    _say("the five documents …")
    figures = measure_small(directory, settings, plan)
    _say("indexing …")
    indexing, rows = measure_indexing(WORK, stone, plan)
    _say(f"{plan.large:,} passages …")
    figures += indexing + measure_large(WORK, stone, plan)
    folder = WORK if options.quick else RESULTS
    write_json(folder / "bench.json", made, figures, rows)
    write_page(folder / "bench.md", made, figures, rows)
    print(figures_table(figures), profile_table(rows), sep="\n\n")
    if options.quick:
        return 0
    note = f"由 `make bench` 于 {made['时间']} 测得（{made['机器']}，提交 {made['提交']}）。"
    if not update_readme(ROOT / "README.md", figures, note):
        _say("README.md has no <!-- bench --> markers")
    return int(any(figure.holds is False for figure in figures))


def _made() -> dict[str, str]:
    memory = psutil.virtual_memory().total / 1e9
    return {
        "时间": now(),
        "提交": commit(),
        "机器": f"{psutil.cpu_count()} 核，{memory:.0f} GB 内存，{platform.machine()}，"
        f"Python {platform.python_version()}",
        "开始时系统负载": f"{psutil.getloadavg()[0]:.1f}",
    }


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
