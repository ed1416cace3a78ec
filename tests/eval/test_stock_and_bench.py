"""The stock systems find real sentences; the benchmark's corpus and tables are what they say."""

from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path

import pytest
from memory_shelf import GUANGYUAN, HUZHOU

from assistant.library.embedders import make_embedder
from assistant.settings import load_settings
from eval.bench.corpus import Quarry, Section, recombine, write_corpus
from eval.bench.figures import Figure
from eval.bench.profiling import profile
from eval.bench.writing import figures_table, update_readme
from eval.stock import CHUNK_CHARS, Bm25, LangChainRecipe, Stock, plain_chunks

TEXTS = {
    "gy.txt": GUANGYUAN,
    "hz.txt": HUZHOU,
    "more.txt": "各县（区）人民政府按职责分工负责。" * 40,
}
STONE = Quarry(
    tuple(
        Section(
            f"加强第{number}项工作",
            (f"湖州市建成{number}0个中心。", f"到2025年达到{number}5%。"),
            "湖州",
        )
        for number in range(1, 20)
    ),
    ("附件1\n\n指标\n\n2025年\n\n三级公立医院占比(%)\n\n50",),
)


@pytest.mark.parametrize("name", ["bm25", "langchain"])
def test_a_stock_system_finds_the_sentence_and_where_it_stands(name: str, tmp_path: Path) -> None:
    stock: Stock = (
        Bm25(TEXTS)
        if name == "bm25"
        else LangChainRecipe(TEXTS, make_embedder(load_settings()), tmp_path / "chroma")
    )
    best = stock.search("湖州2024年度资金使用计划多少万元", 5)[0]
    assert best.place.document == "hz.txt"
    assert "40957万元" in best.text
    assert best.place.span.of(HUZHOU) == best.text


def test_plain_chunks_cover_every_character_once() -> None:
    chunks = list(plain_chunks(TEXTS))
    for name, text in TEXTS.items():
        own = [chunk for chunk in chunks if chunk.place.document == name]
        assert "".join(chunk.text for chunk in own) == text
        assert all(a.place.span.end == b.place.span.start for a, b in pairwise(own))
        assert all(len(chunk.text) <= CHUNK_CHARS for chunk in own)


def test_generated_documents_are_repeatable_and_do_not_repeat(tmp_path: Path) -> None:
    first = write_corpus(tmp_path / "a", STONE, 6)
    again = write_corpus(tmp_path / "b", STONE, 6)
    texts = [path.read_text("utf-8") for path in first]
    assert texts == [path.read_text("utf-8") for path in again]
    assert len(set(texts)) == 6
    assert "湖州" not in recombine(STONE, random.Random(1), 1)


def test_a_figure_knows_its_target_and_its_ratio() -> None:
    slow = Figure("ask", "提问", 20.0, "ms", 15, stock=40.0)
    fast = Figure("index", "索引", 600.0, "段/s", 500, upper=False, stock=200.0)
    assert (slow.holds, slow.ratio) == (False, 2.0)
    assert (fast.holds, fast.ratio) == (True, 3.0)
    shown = figures_table([slow, fast])
    assert "| 提问 | 20.0 ms | ≤ 15 ms | **否** | 40.0 ms | 2.0× |" in shown
    assert "| 索引 | 600 段/s | ≥ 500 段/s | 是 | 200 段/s | 3.0× |" in shown


def test_only_what_stands_between_the_markers_of_the_readme_changes(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("前\n<!-- bench -->\n旧\n<!-- /bench -->\n后\n", "utf-8")
    figure = Figure("ask", "提问", 10.0, "ms", 15)
    assert update_readme(readme, [figure], "测得。")
    assert update_readme(readme, [figure], "测得。")
    text = readme.read_text("utf-8")
    assert text.startswith("前\n<!-- bench -->\n| 项目 ")
    assert text.endswith("测得。\n<!-- /bench -->\n后\n")
    assert "旧" not in text
    readme.write_text("没有标记", "utf-8")
    assert not update_readme(readme, [figure], "")


def test_the_profile_shares_out_all_time() -> None:
    rows = profile(lambda: Bm25(TEXTS))
    assert sum(row.share for row in rows) == pytest.approx(1.0)
