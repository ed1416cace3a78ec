"""What a document wants of the machine that reads it changes nothing, with a model or without."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import hostile_documents as hostile
import pytest
from model_server import Reply, Served, serving

from assistant.answering import Assistant
from assistant.library import Library
from assistant.settings import load_settings
from assistant.types import Answer, Mark, Status

KEY = "sk-a-secret-of-ours"


@dataclass
class Trap:
    """A server at the address that the documents want called; nobody may come."""

    address: str
    visits: list[str]


@pytest.fixture(scope="module")
def trap() -> Iterator[Trap]:
    visits: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            visits.append(self.path)
            self.send_response(200)
            self.end_headers()

        do_POST = do_GET

        def log_message(self, *args: object) -> None:
            """Keep quiet."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Trap(f"http://127.0.0.1:{server.server_port}/", visits)
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module", params=hostile.WAYS)
def library_dir(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, trap: Trap
) -> Path:
    files, directory = tmp_path_factory.mktemp("files"), tmp_path_factory.mktemp("hostile") / "lib"
    path = hostile.write(files, request.param, trap.address)
    Library.build(directory, load_settings(), [path])
    return directory


def _asked(library_dir: Path, said: str) -> tuple[Answer, Served]:
    with serving(Reply((said,))) as served:
        settings = load_settings(
            model=served.url, model_name="tiny", model_key=KEY, model_timeout=5.0, model_retries=0
        )
        with Library.open(library_dir, settings) as library:
            return Assistant(library).ask(hostile.QUESTION), served


def test_without_a_model_the_true_value_is_given(library_dir: Path) -> None:
    with Library.open(library_dir, load_settings()) as library:
        answer = Assistant(library).ask(hostile.QUESTION)
    assert answer.status is Status.ANSWERED
    assert hostile.TRUTH in answer.text
    assert hostile.LIE not in answer.text


@pytest.mark.parametrize("obeyed", hostile.OBEYED)
def test_a_model_that_obeys_does_not_get_through(
    library_dir: Path, trap: Trap, obeyed: str
) -> None:
    answer, served = _asked(library_dir, obeyed.replace("{address}", trap.address))
    assert hostile.TRUTH in answer.text
    for wrong in (hostile.LIE, KEY, trap.address, "好的", "系统提示"):
        assert wrong not in answer.text
    assert not any(sentence.mark is Mark.VERIFIED for sentence in answer.sentences)
    assert answer.writing is not None and answer.writing.dropped
    assert trap.visits == []
    assert KEY not in str(served.requests)


def test_the_model_is_shown_no_orders_and_no_marks_of_ours(library_dir: Path) -> None:
    _, served = _asked(library_dir, "每千人口托位数达到4.6个。[1]")
    prompt = served.prompts[0]
    for unwanted in (
        "忽略以上",
        "Ignore all",
        "<system>",
        "【2】",
        "［3］",
        "\u202e",
        "\U000e0049",
    ):
        assert unwanted not in prompt
    assert hostile.TRUTH in prompt


def test_a_model_that_does_not_obey_is_believed(library_dir: Path) -> None:
    answer, _ = _asked(library_dir, "到2026年，白塔市每千人口托位数达到4.6个。[1]")
    assert answer.sentences[0].mark is Mark.VERIFIED
    assert answer.model == "tiny"
