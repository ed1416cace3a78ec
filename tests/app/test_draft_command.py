"""``assistant draft``: its JSON names, its files, its errors."""

from __future__ import annotations

import io
import zipfile
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
    assert found["addressee"] == "张三委员" and found["model"] == ""
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
        (("--city", "广州", "--category", "D"), "办理类别"),
        (("--city", "广州", "--disclosure", "公开"), "依申请公开"),
        (("--city", "广州", "--pin", "段落"), "段落"),
        (("--city", "广州", "--pin", "d0:0-5@二"), "@2"),
    ],
)
def test_errors(cli: Cli, library_dir: Path, proposal: Path, options: Any, told: str) -> None:
    ran = cli("--library", library_dir, "draft", proposal, *options)
    assert ran.code == 2 and told in ran.err and ran.out == ""


def test_every_part_of_the_form(cli: Cli, library_dir: Path, proposal: Path) -> None:
    options = (
        "--city", "广州", "--body", "市卫生健康委", "--to", "李四", "--number", "1048",
        "--session", "市政协十四届三次会议", "--with", "市医保局", "--with", "市财政局",
        "--signatory", "王五", "--date", "2026年5月8日", "--disclosure", "主动公开",
        "--category", "b", "--contact", "赵六，020-1234", "--json",
    )  # fmt: skip
    found = cli("--library", library_dir, "draft", proposal, *options).json
    assert found["title"] == "广州市卫生健康委关于市政协十四届三次会议第1048号提案答复的函"
    assert found["addressee"] == "李四委员" and found["date"] == "2026年5月8日"
    assert found["remarks"] == [
        "公开属性：主动公开", "办理类别：B", "签发人：王五", "联系人及电话：赵六，020-1234",
    ]  # fmt: skip
    assert "经会同市医保局、市财政局认真研究办理" in found["sections"][0]["paragraphs"][0]["text"]
    assert found["request"]["co_bodies"] == ["市医保局", "市财政局"]
    assert found["notices"] == [] and not any("届次" in mark for mark in found["placeholders"])


def test_a_pinned_passage_and_one_left_out(cli: Cli, library_dir: Path, proposal: Path) -> None:
    run = ("--library", library_dir, "draft", proposal, "--city", "广州", "--json")
    first = cli(*run).json
    said = [s for part in first["sections"] for p in part["paragraphs"] for s in p["sentences"]]
    numbers = [s["citations"][0] for s in said if s["citations"]]
    left, pinned = (first["citations"][number - 1] for number in (numbers[0], numbers[-1]))
    places = {
        word: f"{one['document_id']}:{one['start']}-{one['end']}"
        for word, one in (("left", left), ("pinned", pinned))
    }
    ran = cli(*run, "--exclude", places["left"], "--pin", f"{places['pinned']}@2")
    quotes = [citation["quote"] for citation in ran.json["citations"]]
    assert left["quote"] not in quotes and pinned["quote"] in quotes
    numbers = {c["number"] for c in ran.json["citations"] if c["quote"] == pinned["quote"]}
    second = [s for p in ran.json["sections"][2]["paragraphs"] for s in p["sentences"]]
    assert any(numbers & set(sentence["citations"]) for sentence in second)


@pytest.mark.parametrize("way", ["endnotes", "list", "none"])
def test_sources_in_word(
    cli: Cli, library_dir: Path, proposal: Path, tmp_path: Path, way: str
) -> None:
    path = tmp_path / "答复.docx"
    options = ("--city", "广州", "--extractive", "--sources", way, "--out", path)
    assert cli("--library", library_dir, "draft", proposal, *options).code == 0
    with zipfile.ZipFile(path) as package:
        assert ("word/endnotes.xml" in package.namelist()) is (way == "endnotes")
        assert ("附：引文来源" in package.read("word/document.xml").decode()) is (way != "none")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_standard_input_is_read_as_documents_are(
    cli: Cli, stdin: Callable[[bytes], None], library_dir: Path, encoding: str
) -> None:
    stdin(PROPOSAL.encode(encoding))
    found = cli("--library", library_dir, "draft", "-", "--city", "广州", "--json").json
    assert found["addressee"] == "张三委员" and len(found["points"]) == 2


def test_standard_input_that_is_no_text_is_said_so(
    cli: Cli, stdin: Callable[[bytes], None], library_dir: Path
) -> None:
    stdin(b"\xff\xd8\x00\x01\x80")
    ran = cli("--library", library_dir, "draft", "-", "--city", "广州")
    assert (ran.code, ran.out) == (2, "") and "标准输入" in ran.err


@pytest.mark.parametrize("command", [("draft",), ("targets",)])
def test_a_kind_of_file_that_is_none_is_said_before_any_work(
    cli: Cli, tmp_path: Path, proposal: Path, command: tuple[str, ...]
) -> None:
    asked = (*command, proposal) if command == ("draft",) else command
    ran = cli("--library", tmp_path / "no library", *asked, "--out", tmp_path / "x.pdf")
    assert (ran.code, ran.out) == (2, "") and "「.pdf」" in ran.err


def test_a_megabyte_is_a_million_bytes(
    cli: Cli, library_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_MAX_FILE_MB", "1")
    path = tmp_path / "长.txt"
    path.write_bytes(b"a" * 1_000_001)
    ran = cli("--library", library_dir, "draft", path, "--city", "广州")
    assert ran.code == 2 and "1 MB" in ran.err
