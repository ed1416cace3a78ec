"""The report's plots; labels in English, so that no Chinese font is needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.gates import Gate
from eval.rows import MEASURES
from eval.statistics import Estimate

OURS = "Cewen"
_COLOURS = ("#1f5f8b", "#c8963e", "#8a8a8a")
_DPI = 110


def _axes(width: float, height: float) -> tuple[Any, Any]:
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(figsize=(width, height), layout="constrained")
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", alpha=0.25)
    axes.set_axisbelow(True)
    return figure, axes


def _save(figure: Any, path: Path) -> Path:
    import matplotlib.pyplot as plt

    figure.savefig(path, dpi=_DPI, metadata={"Software": None})
    plt.close(figure)
    return path


def _whiskers(estimates: Sequence[Estimate], scale: float = 100) -> list[list[float]]:
    return [
        [(e.mean - e.low) * scale for e in estimates],
        [(e.high - e.mean) * scale for e in estimates],
    ]


def plot_systems(
    systems: Mapping[str, Mapping[str, Estimate]], measures: Sequence[str], path: Path
) -> Path:
    """Draw the systems side by side for each measure, with 95 % intervals."""
    figure, axes = _axes(8, 3.6)
    width = 0.8 / len(systems)
    for index, (name, figures) in enumerate(systems.items()):
        shown = [figures[measure] for measure in measures]
        places = [
            place + (index - (len(systems) - 1) / 2) * width for place in range(len(measures))
        ]
        heights = [e.mean * 100 for e in shown]
        axes.bar(places, heights, width, label=name, color=_COLOURS[index % len(_COLOURS)])
        axes.errorbar(places, heights, _whiskers(shown), fmt="none", ecolor="#333333", lw=1)
    axes.set_xticks(range(len(measures)), [MEASURES[measure][0] for measure in measures])
    axes.set(ylim=(0, 100), ylabel="%")
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, 1.16), ncols=len(systems), frameon=False)
    return _save(figure, path)


def plot_gates(figures: Mapping[str, Estimate], gates: Sequence[Gate], path: Path) -> Path:
    """Draw each gated figure with its interval, and the bound that it must keep."""
    figure, axes = _axes(8, 0.42 * len(gates) + 0.9)
    axes.grid(axis="y", visible=False)
    axes.grid(axis="x", alpha=0.25)
    rows = range(len(gates))
    shown = [figures[gate.figure] for gate in gates]
    means = [e.mean * 100 for e in shown]
    axes.errorbar(means, rows, xerr=_whiskers(shown), fmt="o", color=_COLOURS[0], capsize=3)
    bounds = [gate.bound * 100 for gate in gates]
    axes.scatter(bounds, rows, marker="|", s=260, color="#b03030", label="gate", zorder=3)
    labels = [f"{MEASURES[gate.figure][0]} ({gate})" for gate in gates]
    axes.set_yticks(rows, labels)
    axes.invert_yaxis()
    axes.set(xlim=(-2, 103), xlabel="%")
    axes.legend(loc="center", frameon=False)
    return _save(figure, path)


def plot_types(by_type: Mapping[str, tuple[Estimate, str]], path: Path) -> Path:
    """Draw, for each question type, the share of questions got right, with its interval."""
    figure, axes = _axes(8, 3.2)
    names = list(by_type)
    shown = [by_type[name][0] for name in names]
    heights = [e.mean * 100 for e in shown]
    axes.bar(range(len(names)), heights, 0.65, color=_COLOURS[0])
    axes.errorbar(range(len(names)), heights, _whiskers(shown), fmt="none", ecolor="#333333", lw=1)
    axes.set_xticks(range(len(names)), [f"{name}\n{by_type[name][1]}" for name in names])
    axes.set(ylim=(0, 104), ylabel="% got right")
    return _save(figure, path)


def plot_latency(times: Mapping[str, Sequence[float]], path: Path) -> Path:
    """Draw, for each system, the share of questions answered within so many milliseconds."""
    figure, axes = _axes(8, 3.2)
    for index, (name, values) in enumerate(times.items()):
        ordered = sorted(values)
        shares = [100 * (rank + 1) / len(ordered) for rank in range(len(ordered))]
        axes.step(ordered, shares, where="post", label=name, color=_COLOURS[index % len(_COLOURS)])
    axes.set(xscale="log", xlabel="milliseconds (log)", ylabel="% of questions", ylim=(0, 101))
    axes.legend(frameon=False)
    return _save(figure, path)
