"""The report shows figures and ids, and for the test half no words of its questions."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from eval.__main__ import main
from eval.baselines import BaselineRow
from eval.gates import load_gates
from eval.questions import load_questions
from eval.report import Made, write_report
from eval.rows import Row, figures

RIGHT = Row(
    id="test-001",
    type="value",
    expected="answered",
    status="answered",
    reason="",
    correct=1.0,
    complete=1.0,
    qualifiers_kept=None,
    false_refusal=0.0,
    refused_right=None,
    refused=None,
    reason_right=None,
    forbidden=0.0,
    hit_1=1.0,
    hit_5=1.0,
    hit_10=1.0,
    reciprocal_rank=1.0,
    search_hit_5=1.0,
    citation_precision=1.0,
    citation_recall=1.0,
    numbers=3,
    numbers_unsupported=0,
    swaps=1,
    swaps_rejected=1,
    swaps_accepted=1,
    sentences=1,
    chars=40,
    milliseconds=5.0,
)
WRONG = replace(
    RIGHT, id="test-002", correct=0.0, hit_1=0.0, numbers_unsupported=1, swaps=0, swaps_rejected=0
)
REFUSED = replace(
    RIGHT,
    id="test-003",
    type="refuse",
    expected="refused",
    status="refused",
    correct=None,
    complete=None,
    false_refusal=None,
    refused_right=1.0,
    refused=1.0,
    reason_right=1.0,
    hit_1=None,
    hit_5=None,
    hit_10=None,
    reciprocal_rank=None,
    search_hit_5=None,
    citation_precision=None,
    citation_recall=None,
    numbers=0,
    swaps=0,
    swaps_rejected=0,
)
ROWS = (RIGHT, WRONG, REFUSED)
STOCK = (BaselineRow("test-001", "value", 1.0, 1.0, 1.0, 1.0, 0.0, 2.0),)
MADE = Made("5 documents", "static", "abc", "2026-11-21", "here")


def test_figures_count_only_what_applies() -> None:
    found = figures(ROWS)
    assert (found["correct"].mean, found["correct"].count) == (0.5, 2)
    assert (found["refusal_recall"].mean, found["refusal_recall"].count) == (1.0, 1)
    assert found["numbers_supported"].mean == pytest.approx(5 / 6)
    assert (found["swaps_rejected"].mean, found["swaps_rejected"].count) == (1.0, 1)


def test_the_report_has_tables_plots_and_a_row_a_question(tmp_path: Path) -> None:
    page = write_report("test", ROWS, {"BM25 alone": STOCK}, load_gates(), MADE, tmp_path)
    text = page.read_text("utf-8")
    for plot in ("gates", "systems", "types", "latency"):
        assert f"(test-{plot}.png)" in text
        assert (tmp_path / f"test-{plot}.png").stat().st_size > 5000
    assert "test-002 (value): answer not right, a number without support" in text
    assert "**NOT REACHED**" in text
    rows = list(csv.DictReader((tmp_path / "test-rows.csv").open(encoding="utf-8")))
    assert [row["id"] for row in rows] == ["test-001", "test-002", "test-003"]
    assert rows[2]["hit_5"] == ""


def test_the_test_half_is_shown_to_nobody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--split", "test", "--failures"]) == 2
    model = ["--model", "http://127.0.0.1:9/v1", "--model-name", "tiny"]
    assert main(["--split", "test", "--failures", *model]) == 2
    written = Path(__file__).parents[2] / "eval" / "results"
    pages = (*written.glob("test*"), *written.glob("model-test*"))
    shown = [path.read_text("utf-8") for path in pages if path.suffix != ".png"]
    shown.append(capsys.readouterr().out)
    for question in load_questions("test"):
        assert not any(question.question in text for text in shown), question.id
