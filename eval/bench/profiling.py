"""Where indexing spends its processor time, by part of the house."""

from __future__ import annotations

import cProfile
import pstats
import re
from collections import defaultdict
from collections.abc import Callable, Mapping

from eval.bench.figures import ProfileRow

Function = tuple[str, int, str]
Times = tuple[int, int, float, float]
Stats = Mapping[Function, tuple[int, int, float, float, Mapping[Function, Times]]]
Shares = dict[str, float]
_PARTS = (
    (r"assistant/documents/loaders", "读取文件"),
    (r"assistant/documents/(table|annexes|shape)", "表格"),
    (r"assistant/documents", "结构与分段"),
    (r"assistant/indicators", "指标抽取"),
    (r"assistant/text/(numbers|measures|dates)", "数字与日期"),
    (r"assistant/text", "文本（匹配键、句、词）"),
    (r"assistant/embedding|assistant/library/embedders|tokenizers", "向量化"),
    (r"assistant/library/terms|tantivy", "词语索引（tantivy）"),
    (r"assistant/library/(feed|chroma|vectors)|chromadb|subprocess|select", "等待 Chroma 子进程"),
    (r"assistant/library|sqlite3", "目录库（SQLite）"),
)
_OTHER = "其他"


def profile(call: Callable[[], object]) -> tuple[ProfileRow, ...]:
    """Run ``call`` under cProfile and share its time out among the parts, largest first.

    What built-in functions and libraries take is charged to the part that called them.
    """
    profiler = cProfile.Profile()
    profiler.runcall(call)
    stats: Stats = pstats.Stats(profiler).stats  # type: ignore[attr-defined]
    times: defaultdict[str, float] = defaultdict(float)
    owners: dict[Function, Shares] = {}
    for function, (_, _, own, _, _) in stats.items():
        for part, share in _owners(function, stats, owners).items():
            times[part] += own * share
    total = sum(times.values()) or 1.0
    ordered = sorted(times.items(), key=lambda item: -item[1])
    return tuple(ProfileRow(part, took, took / total) for part, took in ordered)


def _owners(function: Function, stats: Stats, known: dict[Function, Shares]) -> Shares:
    """Return the parts that own a function's time, with shares that add up to 1.

    A caller that is itself called by ``function`` (a cycle) owns nothing.
    """
    if function in known:
        return known[function]
    if part := _part(function):
        known[function] = {part: 1.0}
        return known[function]
    known[function] = {}
    weights = {caller: times[2] for caller, times in stats[function][4].items()}
    total = sum(weights.values())
    shares: defaultdict[str, float] = defaultdict(float)
    for caller, weight in weights.items():
        of_caller = weight / total if total else 1 / len(weights)
        for name, share in _owners(caller, stats, known).items():
            shares[name] += share * of_caller
    owned = sum(shares.values())
    known[function] = {name: s / owned for name, s in shares.items()} if owned else {_OTHER: 1.0}
    return known[function]


def _part(function: Function) -> str:
    where = f"{function[0].replace(chr(92), '/')} {function[2]}"
    return next((name for pattern, name in _PARTS if re.search(pattern, where)), "")
