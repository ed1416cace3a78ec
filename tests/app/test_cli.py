"""The command line: what it prints where, its JSON contract, its exit codes, its help."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from answering.model_server import Reply, serving

from assistant.app.cli import app
from assistant.library import Library

VALUE_QUESTION = "湖州市2025年三级公立医院CMI值的目标是多少？"
COMMANDS = ("ask", "search", "targets", "draft", "index", "status", "show", "remove", "serve")
ANSWER_KEYS = [
    "id",
    "question",
    "standalone_question",
    "status",
    "reason",
    "text",
    "sentences",
    "citations",
    "indicator_values",
    "model",
    "timings_ms",
]
CITATION_KEYS = [
    "number",
    "document_id",
    "title",
    "city",
    "number_of_document",
    "issued",
    "heading_path",
    "quote",
    "passage",
    "start",
    "end",
]
SMALL = """青禾市人民政府办公室关于印发青禾市社区食堂建设方案的通知

青政办发〔2024〕7号

一、总体目标

到2026年，全市建成社区食堂120家，覆盖率达到85%以上。

二、保障措施

市民政局牵头，市财政局按每家8万元给予补助。
"""


@pytest.fixture
def own(tmp_path: Path, cli: Callable) -> Path:
    """A library of one small document, to be changed at will."""
    source = tmp_path / "青禾方案.txt"
    source.write_text(SMALL, encoding="utf-8")
    assert cli("--library", tmp_path / "own", "index", source).code == 0
    return tmp_path / "own"


# --- ask ---------------------------------------------------------------------------------------


def test_ask_json_has_the_names_of_the_contract(cli, library_dir):
    answer = cli("ask", VALUE_QUESTION, "--json", "--library", library_dir).json
    assert list(answer) == ANSWER_KEYS
    assert answer["id"] is None
    assert answer["question"] == VALUE_QUESTION
    assert (answer["status"], answer["reason"]) == ("answered", None)
    assert list(answer["timings_ms"]) == ["understand", "retrieve", "answer", "total"]
    assert all(list(citation) == CITATION_KEYS for citation in answer["citations"])
    assert all(set(s) == {"text", "citations", "support"} for s in answer["sentences"])
    assert [c["number"] for c in answer["citations"]] == [*range(1, len(answer["citations"]) + 1)]


def test_a_citation_quotes_the_document_at_its_offsets(cli, library_dir, library: Library):
    answer = cli("ask", VALUE_QUESTION, "--json", "--library", library_dir).json
    assert answer["citations"]
    for citation in answer["citations"]:
        text = library.document(citation["document_id"]).text
        assert text[citation["start"] : citation["end"]] == citation["quote"]
        assert citation["city"] == "湖州"
        assert citation["number_of_document"] == "湖政办发〔2023〕54号"
        assert re.fullmatch(r"2023-10-\d\d", citation["issued"])


def test_values_are_decimal_strings(cli, library_dir):
    values = cli("ask", VALUE_QUESTION, "--json", "--library", library_dir).json["indicator_values"]
    assert values
    assert all(isinstance(value["value"], str | None) for value in values)
    assert any(value["value"] in ("1.1", "1.10") and value["year"] == 2025 for value in values)


def test_ask_prints_the_answer_and_numbered_sources(cli, library_dir):
    ran = cli("--library", library_dir, "ask", VALUE_QUESTION)
    assert (ran.code, ran.err) == (0, "")
    assert "[1]" in ran.out.split("出处：")[0]
    assert "[1] 《" in ran.out.split("出处：")[1]
    assert "湖政办发〔2023〕54号" in ran.out


def test_a_refusal_is_told_apart_and_is_no_error(cli, library_dir):
    ran = cli("--library", library_dir, "ask", "明天天气怎么样")
    assert ran.code == 0
    assert ran.out.startswith("【未作答 · ")


def test_history_makes_a_standalone_question_that_is_shown(cli, library_dir):
    history = ("--history", VALUE_QUESTION)
    answer = cli("--library", library_dir, "ask", "那广元呢？", *history, "--json").json
    assert "广元" in answer["standalone_question"]
    assert answer["standalone_question"] != answer["question"]
    assert "（理解为：" in cli("--library", library_dir, "ask", "那广元呢？", *history).out


def test_words_of_a_question_need_no_quotes(cli, library_dir):
    answer = cli("--library", library_dir, "ask", "湖州", "CMI", "目标", "--json").json
    assert answer["question"] == "湖州 CMI 目标"


@pytest.mark.parametrize("place", ["before", "after"])
def test_no_library_names_the_command_to_run(cli, tmp_path, place):
    option = ("--library", tmp_path / "none")
    ran = cli(*option, "ask", "问") if place == "before" else cli("ask", "问", *option)
    assert (ran.code, ran.out) == (2, "")
    assert "assistant index" in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("arguments", [("ask",), ("ask", "  "), ("ask", "问", "--batch", "x")])
def test_a_question_or_a_batch_is_needed(cli, library_dir, arguments):
    ran = cli("--library", library_dir, *arguments)
    assert (ran.code, ran.out) == (2, "")


def test_a_question_that_is_too_long_is_refused(cli, library_dir):
    ran = cli("--library", library_dir, "ask", "问" * 5000)
    assert ran.code == 2
    assert "过上限" in ran.err


# --- batches -----------------------------------------------------------------------------------


def test_a_batch_answers_in_order_and_survives_bad_rows(cli, library_dir, tmp_path):
    rows = [
        json.dumps({"id": "a", "question": VALUE_QUESTION}, ensure_ascii=False),
        "{broken",
        json.dumps({"id": 7}),
        "",
        json.dumps({"id": "h", "question": "那广元呢？", "history": [VALUE_QUESTION]}),
        json.dumps({"id": "x", "question": "问", "history": "不是列表"}),
        json.dumps(["not", "an", "object"]),
        json.dumps({"id": "long", "question": "问" * 5000}),
        json.dumps({"id": "z", "question": "明天天气怎么样", "extra": 1}),
    ]
    path = tmp_path / "batch.jsonl"
    path.write_text("﻿" + "\n".join(rows), encoding="utf-8")
    ran = cli("--library", library_dir, "ask", "--batch", path, "--json")
    assert ran.code == 0
    assert [row["id"] for row in ran.rows] == ["a", None, 7, "h", "x", None, "long", "z"]
    told = {index for index, row in enumerate(ran.rows) if row.get("error")}
    assert told == {1, 2, 4, 5, 6}
    assert all(re.search("[一-鿿]", ran.rows[index]["error"]) for index in told)
    assert "广元" in ran.rows[3]["standalone_question"]
    assert ran.rows[7]["status"] == "refused"


def test_a_line_separator_inside_a_row_does_not_split_it(cli, library_dir, tmp_path):
    path = tmp_path / "batch.jsonl"
    row = {"id": "u", "question": "湖州\u2028CMI目标"}
    path.write_text(json.dumps(row, ensure_ascii=False) + "\r\n", encoding="utf-8")
    assert [r["id"] for r in cli("--library", library_dir, "ask", "--batch", path).rows] == ["u"]


@pytest.mark.parametrize("content", [None, "é".encode("latin-1")])
def test_a_batch_file_that_cannot_be_read_is_an_error(cli, library_dir, tmp_path, content):
    path = tmp_path / "batch.jsonl"
    if content is not None:
        path.write_bytes(content)
    ran = cli("--library", library_dir, "ask", "--batch", path)
    assert (ran.code, ran.out) == (2, "")
    assert "batch.jsonl" in ran.err


def test_a_batch_on_standard_input_is_read_as_a_file_is(cli, library_dir, stdin):
    row = json.dumps({"id": "u", "question": "湖州\u2028CMI目标"}, ensure_ascii=False)
    stdin(("\ufeff" + row + "\r\n").encode())
    rows = cli("--library", library_dir, "ask", "--batch", "-").rows
    assert [(row["id"], "error" in row) for row in rows] == [("u", False)]
    stdin("问".encode("gb18030"))
    ran = cli("--library", library_dir, "ask", "--batch", "-")
    assert (ran.code, ran.out) == (2, "") and "标准输入" in ran.err


@pytest.mark.parametrize(("command", "key"), [("ask", "question"), ("search", "query")])
def test_a_row_that_cannot_be_used_stops_no_other(cli, library_dir, tmp_path, command, key):
    rows = [
        json.dumps({"id": 1, key: "药学门诊\ud800"}),
        json.dumps({"id": 2, key: "问" * 1001}),
        "[" * 100_000,
        json.dumps({"id": "\udfff", key: "药学门诊"}),
    ]
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(rows), encoding="utf-8")
    ran = cli("--library", library_dir, command, "--batch", path)
    assert ran.code == 0
    assert [row["id"] for row in ran.rows] == [1, 2, None, "\udfff"]
    told = [row.get("error", "") for row in ran.rows]
    assert "不完整的字符" in told[0] and "上限" in told[1] and "嵌套" in told[2] and not told[3]


@pytest.mark.parametrize("broken", [("湖州\udcff",), ("湖州", "--city", "\udcff")])
@pytest.mark.parametrize("command", ["ask", "search"])
def test_half_a_character_is_an_error_in_words(cli, library_dir, command, broken):
    ran = cli("--library", library_dir, command, *broken)
    assert (ran.code, ran.out) == (2, "")
    assert "不完整的字符" in ran.err


def test_an_earlier_turn_too_long_for_a_question_is_passed_over(cli, library_dir):
    asked = ("--library", library_dir, "ask", "那广元呢？", "--json")
    alone = cli(*asked).json["standalone_question"]
    told = cli(*asked, "--history", VALUE_QUESTION).json["standalone_question"]
    much = cli(*asked, "--history", VALUE_QUESTION + "问" * 1000).json["standalone_question"]
    assert much == alone != told


# --- search ------------------------------------------------------------------------------------


def test_search_gives_hits_with_their_places(cli, library_dir, library: Library):
    hits = json.loads(
        cli("--library", library_dir, "search", "四级手术占比", "--k", 3, "--json").out
    )
    assert 0 < len(hits) <= 3
    assert [hit["rank"] for hit in hits] == [*range(1, len(hits) + 1)]
    for hit in hits:
        assert hit["source"].endswith(".txt")
        assert hit["legs"]
        text = library.document(hit["document_id"]).text
        assert hit["passage"].endswith(text[hit["start"] : hit["end"]])


def test_search_in_batches(cli, library_dir, tmp_path):
    path = tmp_path / "queries.jsonl"
    rows = [{"id": 1, "query": "药学门诊"}, {"id": 2}]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    first, second = cli("--library", library_dir, "search", "--batch", path, "--json").rows
    assert (first["id"], second["id"]) == (1, 2)
    assert first["hits"]
    assert "query" in second["error"]


def test_search_for_people(cli, library_dir):
    assert cli("--library", library_dir, "search", "药学门诊").out.startswith("1. ")


@pytest.mark.parametrize("command", ["ask", "search"])
@pytest.mark.parametrize(
    ("option", "said"),
    [
        (("--city", "北京市"), "没有「北京市」的文件。现有城市：天津、广元、广州、湖州"),
        (("--kind", "公文"), "没有「公文」这种文件。现有种类：报告、方案、答复"),
    ],
)
def test_a_filter_that_fits_nothing_is_an_error(cli, library_dir, tmp_path, command, option, said):
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"id": 1, "question": "CMI", "query": "CMI"}', encoding="utf-8")
    for asked in (("CMI",), ("--batch", rows, "--json")):
        ran = cli("--library", library_dir, command, *asked, *option)
        assert (ran.code, ran.out) == (2, "")
        assert said in ran.err and len(ran.err.splitlines()) == 1


def test_filters_take_a_city_as_people_write_it(cli, library_dir):
    for command in ("ask", "search"):
        asked = ("--library", library_dir, command, "四级手术占比的目标", "--city")
        found = cli(*asked, "湖州市").out
        assert found == cli(*asked, "湖州").out
        assert "湖州" in found and "广元" not in found


# --- index, status, show, remove ---------------------------------------------------------------


def test_index_reports_and_names_what_it_skipped(cli, tmp_path):
    folder = tmp_path / "new"
    folder.mkdir()
    (folder / "青禾.txt").write_text(SMALL, encoding="utf-8")
    (folder / "空.txt").write_text("", encoding="utf-8")
    (folder / "假.pdf").write_bytes(b"MZ\x00\x01not a pdf")
    ran = cli("--library", tmp_path / "own", "index", folder)
    assert ran.code == 0
    assert "新增 1" in ran.out and "跳过 2" in ran.out
    assert "「空.txt」：" in ran.out and "「假.pdf」：" in ran.out
    again = cli("--library", tmp_path / "own", "index", folder, "--json")
    assert (again.json["added"], again.json["unchanged"]) == (0, 1)
    assert {Path(s["path"]).name for s in again.json["skipped"]} == {"空.txt", "假.pdf"}
    assert all(s["reason"] and s["remedy"] for s in again.json["skipped"])


def test_a_path_that_is_not_there_is_named(cli, tmp_path):
    ran = cli("--library", tmp_path / "own", "index", tmp_path / "没有.txt")
    assert "没有.txt" in ran.out + ran.err


def test_status_counts_and_lists(cli, library_dir):
    told = cli("--library", library_dir, "status", "--json").json
    assert told["documents"] == len(told["document_list"]) == 5
    assert sum(card["passages"] for card in told["document_list"]) == told["passages"]
    for_people = cli("--library", library_dir, "status").out
    assert "文件 5 份" in for_people
    assert all(card["source"] in for_people for card in told["document_list"])


def test_show_prints_the_document_or_one_section(cli, own):
    whole = cli("--library", own, "show", "青禾方案.txt").out
    assert "文号：青政办发〔2024〕7号" in whole
    assert "社区食堂120家" in whole
    section = cli("--library", own, "show", "青禾", "--section", "保障措施").out
    assert "市民政局牵头" in section
    assert "120家" not in section
    assert cli("--library", own, "show", "青禾", "--json").json["text"] == SMALL


@pytest.mark.parametrize("arguments", [("没有这份",), ("青禾", "--section", "没有这节")])
def test_show_says_what_is_not_there(cli, own, arguments):
    ran = cli("--library", own, "show", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert "没有" in ran.err


def test_a_name_that_fits_several_documents_is_asked_back(cli, library_dir):
    ran = cli("--library", library_dir, "show", "医院")
    assert ran.code == 2
    assert "份文件" in ran.err


def test_remove_takes_a_document_out(cli, own):
    ran = cli("--library", own, "remove", "青禾", "--yes")
    assert (ran.code, ran.out) == (0, "")
    assert cli("--library", own, "status", "--json").json["documents"] == 0


def test_what_was_sent_to_the_page_goes_with_its_document(cli, tmp_path):
    """By the command line as by the page; a file of the user's stays."""
    own, mine = tmp_path / "own", tmp_path / "自己的.txt"
    sent = own / "uploads" / "青禾方案.txt"
    sent.parent.mkdir(parents=True)
    sent.write_text(SMALL, encoding="utf-8")
    mine.write_text(SMALL.replace("青禾", "丰泽"), encoding="utf-8")
    assert cli("--library", own, "index", sent, mine, "--json").json["added"] == 2
    for name in ("青禾", "丰泽"):
        assert cli("--library", own, "remove", name, "--yes").code == 0
    assert not sent.exists() and mine.exists()


def test_index_says_that_it_left_the_corpus_out(cli, own, library_dir, settings):
    ran = cli("--library", own, "index", "--json")
    assert ran.json["unchanged"] == 1
    assert (
        "没有更新语料目录" in ran.err
        and f"assistant index {settings.corpus / 'documents'}" in ran.err
    )
    assert "语料目录" not in cli("--library", library_dir, "index").err


@pytest.mark.parametrize("blank", ["", " ", "\u3000"])
def test_a_blank_name_removes_nothing(cli, own, blank):
    ran = cli("--library", own, "remove", blank, "--yes")
    assert (ran.code, ran.out) == (2, "")
    assert "文件名" in ran.err
    assert cli("--library", own, "status", "--json").json["documents"] == 1


@pytest.mark.parametrize("year", ["99999999999999999999", "-1"])
def test_a_year_that_is_none_is_a_user_s_error(cli, library_dir, year):
    ran = cli("--library", library_dir, "targets", "--year", year)
    assert (ran.code, ran.out) == (2, "")
    assert "年份" in ran.err or "--year" in ran.err


# --- help and usage ----------------------------------------------------------------------------


@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS)])
def test_help_is_chinese_with_examples(cli, command):
    ran = cli(*command, "--help")
    assert ran.code == 0
    assert "用法：assistant" in ran.out and "示例：" in ran.out
    english = r"Usage|Options|Arguments|Commands|Show this|default|required|TEXT|PATH|INTEGER"
    assert not re.search(english, ran.out)
    options = re.findall(r"^  (--[\w-]+(?: \S+)?)\s{2,}(.*)$", ran.out, re.MULTILINE)
    assert options and all(re.search("[一-鿿]", words) for _, words in options)


def test_every_command_is_listed_and_no_other():
    assert tuple(command.name for command in app.registered_commands) == COMMANDS


def test_without_a_command_the_help_is_shown(cli):
    assert "命令：" in cli().out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("serach", "x"), "search"),
        (("search", "x", "--k", "abc"), "--k"),
        (("search", "x", "--k", "0"), "1 到 200"),
        (("search", "x", "--foo"), "--foo"),
        (("search", "x", "--k"), "--k"),
        (("show",), "文件"),
        (("status", "多余"), "多余"),
        (("--foo",), "--foo"),
    ],
)
def test_a_usage_error_is_one_chinese_line(cli, arguments, told):
    ran = cli(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err
    assert ran.err.count("\n") == 1
    assert not re.search("Error|Usage|Missing|No such|Invalid|unexpected|Got", ran.err)


def test_a_wrong_setting_is_one_line(cli, library_dir, monkeypatch):
    monkeypatch.setenv("ASSISTANT_PORT", "99999999")
    ran = cli("--library", library_dir, "status")
    assert ran.code == 2
    assert "port" in ran.err
    assert ran.err.count("\n") == 1


# --- the process -------------------------------------------------------------------------------


def test_asking_loads_nothing_heavy_and_is_quick(library_dir):
    command = [sys.executable, "-X", "importtime", "-m", "assistant.app.cli"]
    arguments = ["--library", str(library_dir), "ask", VALUE_QUESTION, "--json"]
    began = time.monotonic()
    done = subprocess.run([*command, *arguments], capture_output=True, text=True, check=True)
    seconds = time.monotonic() - began
    loaded = {
        line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()
    }
    assert not loaded & {"torch", "transformers", "gradio", "chromadb", "sentence_transformers"}
    assert not loaded & {"fastapi", "uvicorn", "rich", "pandas", "matplotlib"}
    assert json.loads(done.stdout)["status"] == "answered"
    assert seconds < 30  # the promise is 2.5 s on an idle machine; make bench measures it


def test_help_loads_no_room_behind_the_shell():
    code = (
        "import sys; from assistant.app.cli import run; run(['--help']); "
        "print([m for m in sys.modules if m.startswith(('assistant.retrieval', 'langchain', "
        "'numpy', 'assistant.answering'))], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_a_taken_port_is_said_before_anything_starts(cli, library_dir):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ran = cli("--library", library_dir, "serve", "--port", port)
    assert (ran.code, ran.out) == (2, "")
    assert str(port) in ran.err and "--port" in ran.err


def test_a_reader_that_stops_reading_is_no_error(library_dir):
    command = f"{sys.executable} -m assistant.app.cli --library {library_dir} show 湖州 | head -1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True)
    assert "Traceback" not in done.stderr


def test_with_a_model_the_json_says_whose_each_sentence_is(cli, library_dir, monkeypatch):
    reply = Reply(("湖州市2025年三级公立医院CMI值达到9.9。[1]",))
    with serving(reply) as served:
        monkeypatch.setenv("ASSISTANT_MODEL", served.url)
        monkeypatch.setenv("ASSISTANT_MODEL_NAME", "tiny")
        way = ("ask", VALUE_QUESTION, "--library", library_dir)
        answer, text = cli(*way, "--json").json, cli(*way).out
        asked = len(served.requests)
        plain = cli(*way, "--extractive", "--json").json
        assert len(served.requests) == asked
    assert {s["mark"] for s in answer["sentences"]} == {"note", "quoted"}
    assert answer["writing"]["dropped"] == 1 and answer["model"] == ""
    assert "9.9" not in text and "直接摘录" in text
    assert list(plain) == ANSWER_KEYS
