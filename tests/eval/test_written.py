"""Answers by a model measured from outside: the relay, the order, the rows, the report, a whole run."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from model_server import Reply, serving

from assistant.library import Library
from assistant.settings import load_settings
from eval.__main__ import main
from eval.questions import load_questions
from eval.written.command import model_served
from eval.written.drafts import drafted
from eval.written.relay import Exchange, relaying
from eval.written.report import Run, compared, update_readme, write_report
from eval.written.rows import CHECKED, EXTRACTIVE, STOCK, WrittenRow, append_row, done, read_rows
from eval.written.sample import stratified

ROW = WrittenRow(
    system=CHECKED,
    id="test-001",
    type="value",
    model="tiny",
    version="abc",
    status="answered",
    correct=1.0,
    complete=1.0,
    false_refusal=0.0,
    refused_right=None,
    forbidden=0.0,
    citation_precision=1.0,
    citation_recall=0.5,
    draft_sentences=3,
    draft_unmarked=1,
    draft_unsupported=1,
    draft_numbers=4,
    draft_numbers_wrong=1,
    draft_against=1,
    draft_cities_wrong=0,
    shown_sentences=2,
    shown_unsupported=0,
    shown_numbers=3,
    shown_numbers_wrong=0,
    shown_against=0,
    shown_cities_wrong=0,
    by_model=1,
    calls=2,
    tokens_in=900,
    tokens_out=80,
    first_ms=1500.0,
    total_ms=2500.0,
    load=1.5,
)
RUN = Run("test", 130, "tiny", "2 cores", "2026-11-21 22:00 UTC")


def _event(**said: object) -> bytes:
    return f"data: {json.dumps(said, ensure_ascii=False)}\n\n".encode()


def _usage_stream(text: str) -> bytes:
    pieces = [_event(choices=[{"index": 0, "delta": {"content": char}}]) for char in text]
    usage = {"prompt_tokens": 321, "completion_tokens": 12}
    return b"".join([*pieces, _event(choices=[], usage=usage), b"data: [DONE]\n\n"])


def _post(url: str, **body: object) -> str:
    import httpx

    asked = {"messages": [{"role": "user", "content": "问"}], **body}
    headers = {"Authorization": "Bearer sk-secret"}
    return httpx.post(f"{url}/chat/completions", json=asked, headers=headers).text


def test_the_relay_passes_all_on_and_keeps_text_and_tokens_but_no_key() -> None:
    with serving(Reply(raw=_usage_stream("达到19%。[1]"))) as served, relaying(served.url) as relay:
        seen = _post(relay.url, stream=True)
        (exchange,) = relay.take()
    assert "[DONE]" in seen and "321" not in seen
    assert (exchange.prompt, exchange.reply) == ("问", "达到19%。[1]")
    assert (exchange.tokens_in, exchange.tokens_out) == (321, 12)
    assert served.keys == ["Bearer sk-secret"]
    assert "sk-secret" not in repr(exchange)
    assert relay.take() == ()


def test_the_relay_passes_a_refusal_of_the_service_on() -> None:
    with serving(Reply(status=429)) as served, relaying(served.url) as relay:
        assert "quota" in _post(relay.url, stream=True)
        assert relay.take()[0].reply == ""


def test_the_relay_survives_a_service_that_is_not_there() -> None:
    import httpx

    with relaying("http://127.0.0.1:9/v1") as relay:
        with pytest.raises(httpx.HTTPError):
            _post(relay.url, stream=True)
        assert len(relay.take()) == 1


def test_every_beginning_of_the_order_has_the_types_in_proportion() -> None:
    questions = load_questions("dev")
    ordered = stratified(questions)
    assert sorted(q.id for q in ordered) == sorted(q.id for q in questions)
    assert ordered == stratified(questions) != stratified(questions, seed=1)
    whole = Counter(q.type for q in questions)
    for asked in (30, 70, 140):
        begun = Counter(q.type for q in ordered[:asked])
        for type_, count in whole.items():
            assert abs(begun[type_] - asked * count / len(questions)) <= 1


def test_a_draft_rests_on_the_passages_that_its_marks_name() -> None:
    prompt = (
        "段落：\n段落[1]（湖州）\n达到19%。\n\n段落[2]（广元）\n达到20%。\n\n问题：多少？注明 [n]"
    )
    said = drafted([Exchange(prompt, reply="湖州达到19%。[1]广元达到20%。")])
    assert [(one.text, marked) for one, marked in said] == [
        ("湖州达到19%。", True),
        ("广元达到20%。", False),
    ]
    assert "20%" not in said[0][0].words
    assert "20%" in said[1][0].words and "19%" in said[1][0].words
    assert drafted([]) == ()


def test_rows_are_kept_as_they_come_and_a_cut_line_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    rows = (ROW, replace(ROW, system=STOCK, tokens_in=None, first_ms=None, refused_right=1.0))
    for row in rows:
        append_row(row, path)
    assert read_rows(path) == rows
    with path.open("a", encoding="utf-8") as file:
        file.write("checked,test-002,val")
    assert read_rows(path) == rows


def test_only_what_the_same_version_answered_is_not_asked_again() -> None:
    rows = (
        ROW,
        replace(ROW, id="test-002", version="def"),
        replace(ROW, id="test-003", version="a+"),
    )
    assert done(rows, CHECKED, "tiny", "abc") == {"test-001"}
    assert done(rows, CHECKED, "other", "abc") == done(rows, STOCK, "tiny", "abc") == set()
    assert done(rows, CHECKED, "tiny", "a+") == set()


def test_the_report_compares_the_questions_that_all_were_asked(tmp_path: Path) -> None:
    wrong = replace(
        ROW, system=STOCK, correct=0.0, shown_numbers_wrong=2, shown_cities_wrong=1, version="def"
    )
    other = replace(ROW, id="test-002")
    rows = (ROW, other, wrong, replace(ROW, system=EXTRACTIVE, draft_sentences=0, calls=0))
    assert {system: len(of) for system, of in compared(rows, "tiny").items()} == {
        EXTRACTIVE: 1,
        CHECKED: 1,
        STOCK: 1,
    }
    text = write_report(rows, RUN, tmp_path).read_text("utf-8")
    assert "`test`, 1 questions" in text and "a sample stratified by type" in text
    line = next(line for line in text.splitlines() if line.startswith("| wrong numbers that"))
    assert line.split("|")[2:5] == [" 0 of 3 ", " 0 of 3 ", " 2 of 3 "]
    assert "test-001" not in text
    apart = text.partition("## Each on all")[2]
    assert next(line for line in apart.splitlines() if line.startswith("| questions |")) == (
        "| questions | 1 | 2 | 1 |"
    )


def test_the_readme_gets_the_table_between_its_markers(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("前\n<!-- model -->\n旧\n<!-- /model -->\n后\n", "utf-8")
    assert update_readme(readme, [ROW], RUN)
    text = readme.read_text("utf-8")
    assert "旧" not in text and text.startswith("前\n") and text.endswith("后\n")
    assert "130 个问题中的 1 个" in text
    (tmp_path / "bare.md").write_text("无", "utf-8")
    assert not update_readme(tmp_path / "bare.md", [ROW], RUN)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus as a library."""
    directory = tmp_path_factory.mktemp("written") / "library"
    Library.build(directory, load_settings())
    return directory


def test_a_run_asks_grades_reports_and_resumes(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eval.__main__._WORK", tmp_path)

    def answer(prompt: str) -> Reply:
        return Reply(tuple("到2031年，各市共建成4321家医院。[1]"))

    with serving(answer) as served:
        given = ["--model", served.url, "--model-name", "tiny", "--library", str(library)]
        assert main([*given, "--limit", "4", "--part", "1/2"]) == 0
        assert len(read_rows(tmp_path / "model-dev-rows.csv")) == 6
        assert main([*given, "--limit", "4", "--part", "2/2"]) == 0
        asked = len(served.requests)
        rows = read_rows(tmp_path / "model-dev-rows.csv")
        assert main([*given, "--limit", "4", "--system", "extractive"]) == 0
    assert Counter(row.system for row in rows) == {EXTRACTIVE: 4, CHECKED: 4, STOCK: 4}
    assert asked >= 4 and not any(row.calls for row in rows if row.system == EXTRACTIVE)
    stock = [row for row in rows if row.system == STOCK]
    assert all(row.shown_numbers_wrong >= 2 for row in stock)
    for row in rows:
        if row.system == CHECKED:
            assert row.shown_numbers_wrong == row.shown_cities_wrong == row.by_model == 0
    assert any(row.draft_numbers_wrong >= 2 for row in rows if row.system == CHECKED)
    page = (tmp_path / "model-dev.md").read_text("utf-8")
    assert "| wrong numbers that reached the reader |" in page


def test_without_a_model_nothing_is_asked_of_one(library: Path) -> None:
    with serving(Reply(("好。",))) as served:
        assert main(["--quick", "--library", str(library)]) == 0
        assert served.requests == []


def test_a_service_that_names_no_model_is_an_error_in_words(
    capsys: pytest.CaptureFixture[str], library: Path
) -> None:
    given = ["--model", "http://127.0.0.1:9/v1", "--library", str(library)]
    assert main(given) == 2
    assert re.search("--model-name", capsys.readouterr().err)


def test_a_service_says_which_model_it_serves() -> None:
    from http.server import BaseHTTPRequestHandler, HTTPServer
    from threading import Thread

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"data": [{"id": "/models/tiny.gguf"}]}')

        def log_message(self, *args: object) -> None:
            """Keep quiet."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        assert model_served(f"http://127.0.0.1:{server.server_port}/v1") == "tiny.gguf"
    finally:
        server.shutdown()
        server.server_close()
