"""The benchmark's figures as JSON, as a Markdown page, and as README's table."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from eval.bench.figures import Figure, ProfileRow
from eval.tables import table

_MARKED = re.compile(r"(<!-- bench -->\n).*?(<!-- /bench -->)", re.DOTALL)


def write_json(
    path: Path, made: dict[str, str], figures: Sequence[Figure], rows: Sequence[ProfileRow]
) -> None:
    """Write all figures, with what made them."""
    content = {
        "made": made,
        "figures": [asdict(one) | {"holds": one.holds, "ratio": one.ratio} for one in figures],
        "profile": [asdict(row) for row in rows],
    }
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def figures_table(figures: Sequence[Figure]) -> str:
    """Return the table that README shows."""
    return table(
        ("项目", "实测", "目标", "达到", "LangChain 常用做法", "倍数"),
        (
            (
                figure.name,
                written(figure.value, figure.unit),
                _target(figure),
                {True: "是", False: "**否**", None: ""}[figure.holds],
                written(figure.stock, figure.unit) if figure.stock is not None else "",
                f"{figure.ratio:.1f}×" if figure.ratio else "",
            )
            for figure in figures
        ),
    )


def profile_table(rows: Sequence[ProfileRow]) -> str:
    """Return where indexing spends its time."""
    return table(
        ("部分", "处理器时间", "占比"),
        ((row.part, f"{row.seconds:.2f} s", f"{row.share * 100:.1f} %") for row in rows),
    )


def written(value: float, unit: str) -> str:
    """Write a figure with as many digits as mean something."""
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:,.{digits}f} {unit}"


def _target(figure: Figure) -> str:
    if figure.target is None:
        return ""
    return f"{'≤' if figure.upper else '≥'} {figure.target:g} {figure.unit}"


def write_page(
    path: Path, made: dict[str, str], figures: Sequence[Figure], rows: Sequence[ProfileRow]
) -> None:
    """Write the benchmark's page."""
    parts = (
        "# 性能",
        "  \n".join(f"{key}：{value}" for key, value in made.items()),
        figures_table(figures),
        "同一次运行、同一台机器。中位数为多次运行的中位数；p50/p95 取全部 dev 问题的热态用时。"
        "“LangChain 常用做法”指递归切分、Chroma、jieba 的 BM25Retriever 与 EnsembleRetriever，"
        "向量模型与本项目相同；它只返回最相关的片段，不作答、不核对。"
        "十万段的文件库由五份真实文件的章节重组而成（地名、数字、句子均有变动），五份原件也在其中。"
        "“其间回答最多多等”是同一进程内边加入文件边提问时，一次回答比同一问题平时最慢的一次多出的时间，取最大。",
        "## 建立索引的时间花在哪里",
        "主进程在 cProfile 下的处理器时间（绝对值因测量而偏大，看占比）；写 Chroma 的子进程另算，主进程只等它收尾。",
        profile_table(rows),
    )
    path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def update_readme(path: Path, figures: Sequence[Figure], note: str) -> bool:
    """Put the table between README's markers; say whether it has them."""
    text = path.read_text("utf-8")
    if not _MARKED.search(text):
        return False
    body = f"{figures_table(figures)}\n\n{note}\n"
    path.write_text(_MARKED.sub(lambda m: m[1] + body + m[2], text), encoding="utf-8")
    return True
