"""``assistant draft``: its JSON names, its files, its errors."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest

Cli = Callable[..., Any]
PROPOSAL = """关于加快医联体建设的提案
提案人：张三
建议：
1.加快医联体建设。
2.增设电动自行车充电桩。
"""


@pytest.fixture
def proposal(tmp_path: Path) -> Path:
    """A proposal as a text file."""
    path = tmp_path / "提案.txt"
    path.write_text(PROPOSAL, "utf-8")
    return path


def test_json_names(cli: Cli, library_dir: Path, proposal: Path) -> None:
    options = ("--city", "广州", "--body", "市卫生健康委", "--json")
    found = cli("--library", library_dir, "draft", proposal, *options).json
    assert {"title", "addressee", "sections", "points", "citations", "placeholders"} <= set(found)
    assert found["addressee"] == "张三" and found["model"] == ""
    numbers = {citation["number"] for citation in found["citations"]}
    for section in found["sections"]:
        for paragraph in section["paragraphs"]:
            assert paragraph["text"] == "".join(s["text"] for s in paragraph["sentences"])
            for sentence in paragraph["sentences"]:
                assert set(sentence["citations"]) <= numbers
    assert [p["coverage"] for p in found["points"]][1] == "not_in_documents"
    assert found["timings_ms"]["total"] > 0


@pytest.mark.parametrize("name", ["答复.docx", "答复.md", "答复.txt"])
def test_files(cli: Cli, library_dir: Path, proposal: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    ran = cli("--library", library_dir, "draft", proposal, "--city", "广州市", "--out", path)
    assert ran.code == 0 and "待补充" in ran.err and ran.out == ""
    if path.suffix == ".docx":
        assert docx.Document(io.BytesIO(path.read_bytes())).paragraphs


def test_text_for_people(cli: Cli, library_dir: Path, proposal: Path) -> None:
    said = cli("--library", library_dir, "draft", proposal, "--city", "广州").out
    assert "文件中没有  增设电动自行车充电桩" in said and "[1]" in said


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--city", "杭州"), "杭州"),
        (("--city", "广州", "--exclude", "d0"), "d0"),
        (("--city", "广州", "--out", "a.exe"), ".exe"),
        (("--city", "广州", "--sources", "脚注"), "脚注"),
    ],
)
def test_errors(cli: Cli, library_dir: Path, proposal: Path, options: Any, told: str) -> None:
    ran = cli("--library", library_dir, "draft", proposal, *options)
    assert ran.code == 2 and told in ran.err and ran.out == ""
