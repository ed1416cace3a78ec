"""Answers and comparisons as files: Word that LibreOffice opens, Markdown and text that run nothing."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.shared import Mm
from test_targets_command import VALUE

from assistant.answering import Assistant
from assistant.app.exports.answers import answer_report
from assistant.app.exports.comparison import CITIES_ACROSS, MOST_ROWS, comparison_report
from assistant.app.exports.files import report_bytes
from assistant.app.exports.report import Grid, Line, Report, Source
from assistant.app.exports.report_text import report_markdown, report_plain
from assistant.app.exports.report_word import report_docx
from assistant.indicators import build_matrix
from assistant.library import Library
from assistant.types import Answer, Sentence, Span, Status

Cli = Callable[..., Any]
OFFICE = shutil.which("soffice")
QUESTION = "湖州市2025年三级公立医院CMI值的目标是多少？"
HOSTILE = "<script>alert(1)</script> [点](http://e) **粗** | `x` \x00\x1b[31m\ud800 =1+1"


@pytest.fixture(scope="module")
def answer(library: Library) -> Answer:
    """An answer with a citation."""
    return Assistant(library).ask(QUESTION)


def words_of(content: bytes) -> str:
    """Return all words of a .docx, tables and links too."""
    from docx.oxml.ns import qn

    body = docx.Document(io.BytesIO(content)).element.body
    return "\n".join(
        "".join(text.text or "" for text in paragraph.iter(qn("w:t")))
        for paragraph in body.iter(qn("w:p"))
    )


def test_an_answer_has_question_marks_and_sources_in_every_kind_of_file(
    answer: Answer, library: Library
) -> None:
    report = answer_report(answer, library)
    written = [words_of(report_docx(report)), report_markdown(report), report_plain(report)]
    for words in written:
        assert QUESTION in words and "1.1[1]" in words.replace("。[1]", "[1]")
        assert "湖政办发〔2023〕54号" in words and "2023年" in words
        assert all(
            "".join(c.quote.split())[:12] in "".join(words.split()) for c in answer.citations
        )


def test_every_mark_leads_to_its_source(answer: Answer, library: Library) -> None:
    from docx.oxml.ns import qn

    body = docx.Document(io.BytesIO(report_docx(answer_report(answer, library)))).element.body
    aims = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))}
    names = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    assert aims and aims <= names


def test_a_refusal_says_so(library: Library) -> None:
    refused = Assistant(library).ask("杭州市2025年CMI值的目标是多少？")
    assert refused.status is Status.REFUSED
    report = answer_report(refused, library)
    for words in (words_of(report_docx(report)), report_markdown(report), report_plain(report)):
        assert "未作答：文件库中没有该市的文件" in words
    assert report.sources_head != "出处"


def test_an_unsupported_sentence_is_marked(answer: Answer, library: Library) -> None:
    doubted = replace(answer, sentences=(Sentence("增长了9%。", (1,), "引文中没有数字 9"),))
    assert "（未经核实：引文中没有数字 9）" in report_plain(answer_report(doubted, library))


def test_the_comparison_cites_every_value(library: Library) -> None:
    values = library.indicator_values(indicators=["病例组合指数"])
    matrix = build_matrix(values, library.cities())
    report = comparison_report(matrix, library)
    cited = {n for part in report.body for n in _numbers(part)}
    assert cited == {source.number for source in report.sources} and len(cited) >= 3
    assert any("2025年" in source.said and "1.10" in source.said for source in report.sources)
    words = words_of(report_docx(report))
    assert "2025年：1.1" in words and "未设定" in words
    assert "各市口径不同" in report_markdown(report)


def _numbers(part: Line | Grid) -> list[int]:
    assert isinstance(part, Grid)
    return [n for row in part.rows for cell in row for line in cell for n in line.citations]


def test_many_cities_make_several_tables_and_many_rows_are_counted(library: Library) -> None:
    cities = tuple(f"城{n}" for n in range(CITIES_ACROSS + 1))
    values = [replace(VALUE, city=city) for city in cities]
    values += [replace(VALUE, city=cities[0], indicator=f"指标{n}") for n in range(MOST_ROWS + 6)]
    report = comparison_report(build_matrix(values, cities), library)
    assert [len(part.heads) for part in report.body if isinstance(part, Grid)] == [5, 2]
    assert "另有 7 个指标未列出" in " ".join(report.notes)


def test_nothing_to_compare_says_so(library: Library) -> None:
    report = comparison_report(build_matrix([], ()), library)
    assert "没有符合条件" in report_plain(report) and report_docx(report)


def test_words_from_documents_run_nothing_and_break_nothing() -> None:
    source = Source(1, HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    grid = Grid((HOSTILE, "二"), (((Line(HOSTILE, (1,), HOSTILE),), (Line(HOSTILE),)),))
    report = Report(HOSTILE, (HOSTILE,), (Line(HOSTILE, (1,)), grid), HOSTILE, (source,))
    markdown = report_markdown(report)
    assert "<script>" not in markdown and "[点](" not in markdown and "**粗**" not in markdown
    table = [line for line in markdown.splitlines() if line.startswith("|")]
    assert {line.replace("\\|", "").count("|") for line in table} == {3}
    assert "<script>" in words_of(report_docx(report))
    for ending in (".docx", ".md", ".txt"):
        content = report_bytes(report, ending)
        assert b"\x1b" not in content or ending == ".docx"


@pytest.mark.parametrize("line", ["1. 一", "- 二", "+ 三", "=== ", "# 四", "~~~", "    五"])
def test_a_line_of_a_document_is_no_list_heading_or_code(line: str) -> None:
    report = Report("题", (), (Line(f"首行\n{line}"),), "出处", ())
    body = report_markdown(report).split("\n\n", 1)[1]
    last = body.rstrip("\n").splitlines()[-1]
    assert last.startswith("\\") or last[:2] in ("1\\", "五")


@pytest.mark.skipif(OFFICE is None, reason="没有安装 LibreOffice")
def test_libreoffice_opens_both(answer: Answer, library: Library, tmp_path: Path) -> None:
    import pdfplumber

    matrix = build_matrix(library.indicator_values(), library.cities())
    reports = {
        "answer": answer_report(answer, library),
        "table": comparison_report(matrix, library),
    }
    for name, report in reports.items():
        (tmp_path / f"{name}.docx").write_bytes(report_docx(report))
    command = [str(OFFICE), f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(tmp_path)]
    files = [str(tmp_path / f"{name}.docx") for name in reports]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=240)
    with pdfplumber.open(tmp_path / "answer.pdf") as pdf:
        text = "".join((pdf.pages[0].extract_text() or "").split())
        assert pdf.pages[0].width < pdf.pages[0].height
        assert "CMI值的目标" in text and "出处" in text and "湖政办发" in text
    with pdfplumber.open(tmp_path / "table.pdf") as pdf:
        assert pdf.pages[0].width > pdf.pages[0].height
        heads = ["".join((page.extract_text() or "").split()) for page in pdf.pages[:2]]
        assert all("指标" in head and "湖州" in head for head in heads)


def test_the_paper_is_that_of_the_letter(answer: Answer, library: Library) -> None:
    document = docx.Document(io.BytesIO(report_docx(answer_report(answer, library))))
    section = document.sections[0]
    for got, wanted in ((section.page_width, 210), (section.top_margin, 37)):
        assert abs(got - Mm(wanted)) < Mm(0.1)
    assert document.core_properties.created.year >= 2024


@pytest.mark.parametrize("name", ["回答.docx", "回答.md", "回答.TXT"])
def test_ask_writes_a_file(cli: Cli, library_dir: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    ran = cli("--library", library_dir, "ask", QUESTION, "--out", path)
    assert ran.code == 0 and ran.out == "" and "已写入" in ran.err and path.stat().st_size > 100


@pytest.mark.parametrize("name", ["对照.docx", "对照.md", "对照.txt"])
def test_targets_writes_a_file(cli: Cli, library_dir: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    ran = cli("--library", library_dir, "targets", "--indicator", "CMI", "--out", path)
    assert ran.code == 0 and ran.out == "" and path.stat().st_size > 100


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("ask", QUESTION, "--out", "回答.exe"), ".exe"),
        (("ask", "--batch", "问题.jsonl", "--out", "回答.docx"), "--batch"),
        (("targets", "--out", "对照"), "没有扩展名"),
        (("targets", "--out", "没有的目录/对照.md"), "无法写入"),
    ],
)
def test_errors(cli: Cli, library_dir: Path, arguments: tuple[str, ...], told: str) -> None:
    ran = cli("--library", library_dir, *arguments)
    assert ran.code == 2 and told in ran.err and ran.out == ""


def test_a_place_without_its_document_is_named_by_its_id(answer: Answer, library: Library) -> None:
    gone = replace(answer.citations[0], document_id="d-gone", span=Span(0, 1))
    assert "d-gone" in report_plain(answer_report(replace(answer, citations=(gone,)), library))
